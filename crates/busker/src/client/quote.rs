//! A price, read from the invoice itself: what a body says about it is only talk.

use anyhow::{Context, bail};
use busker_core::amount::{Msats, Sats};
use busker_core::id::{PaymentHash, Preimage};
use busker_l402::{Challenge, Identifier};
use busker_lightning::Bolt11;
use reqwest::Url;
use serde_json::Value;

use super::http::Answer;
use super::purchase::{Purchase, Stage};

/// A challenge whose invoice was read and fits its macaroon.
pub(crate) struct Quote {
    pub(crate) challenge: Challenge,
    pub(crate) invoice: Bolt11,
    amount: Msats,
}

impl Quote {
    /// Reads the values of a `402` answer's `WWW-Authenticate` headers.
    pub(crate) fn read<S: AsRef<str>>(headers: &[S]) -> anyhow::Result<Self> {
        let challenge = Challenge::find(headers.iter().map(AsRef::as_ref))
            .context("the shop asks for a payment, but not by L402")?;
        let invoice = Bolt11::parse(challenge.invoice()).context("the shop's invoice cannot be read")?;
        let Some(amount) = invoice.amount() else {
            bail!("the shop's invoice names no amount, so it could ask for anything; nothing was paid");
        };
        if let Some(promised) = promised_hash(&challenge)
            && promised != invoice.payment_hash()
        {
            bail!("the shop's macaroon belongs to another invoice than the one it asks to pay; nothing was paid");
        }
        Ok(Self {
            challenge,
            invoice,
            amount,
        })
    }

    /// What is asked for, rounded up to whole sats.
    pub(crate) fn price(&self) -> Sats {
        Sats(self.amount.0.div_ceil(1000))
    }

    /// The payment's name.
    pub(crate) fn payment_hash(&self) -> PaymentHash {
        self.invoice.payment_hash()
    }

    /// The `Authorization` that opens the song.
    pub(crate) fn authorization(&self, preimage: Preimage) -> String {
        self.challenge.authorization(&busker_l402::Preimage::from(preimage.0))
    }
}

/// The payment to which the macaroon commits, if it is of the kind that does.
fn promised_hash(challenge: &Challenge) -> Option<PaymentHash> {
    let macaroon = challenge.macaroon().ok()?;
    Identifier::from_bytes(macaroon.identifier()).map(|identifier| PaymentHash(identifier.payment_hash.0))
}

/// What a `402` answer says beside the challenge.
pub(crate) struct Offer {
    pub(crate) quote: Quote,
    pub(crate) purchase: Purchase,
    /// What the shop wants the buyer to know.
    pub(crate) warnings: Vec<String>,
    /// Whether the shop says that its money is play money.
    pub(crate) sandbox: bool,
}

impl Offer {
    /// Reads a `402` answer to `body` at `url`.
    pub(crate) fn read(url: &Url, body: &str, answer: &Answer) -> anyhow::Result<Self> {
        let www_authenticate = answer.all(reqwest::header::WWW_AUTHENTICATE);
        let quote = Quote::read(&www_authenticate)?;
        let mut warnings: Vec<String> = strings(&answer.json["warnings"]);
        let claimed = ["price_sats", "amount_sats"]
            .iter()
            .find_map(|name| answer.json[name].as_u64());
        if let Some(claimed) = claimed.filter(|claimed| Sats(*claimed) != quote.price()) {
            let price = quote.price();
            warnings.push(format!(
                "the shop writes {claimed} sats, but its invoice is over {price}; the invoice counts"
            ));
        }
        let order_url = answer.json["order_url"].as_str().and_then(|order| url.join(order).ok());
        let purchase = Purchase {
            url: url.to_string(),
            body: body.to_owned(),
            www_authenticate,
            order_url: order_url.map(String::from),
            stage: Stage::Quoted,
        };
        Ok(Self {
            quote,
            purchase,
            warnings,
            sandbox: answer.json["sandbox"] == true,
        })
    }
}

fn strings(value: &Value) -> Vec<String> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use busker_core::amount::Sats;
    use busker_core::clock::SystemClock;
    use busker_core::wallet::Wallet;
    use busker_l402::{MasterKeys, PaymentHash, RequestDigest, Service, Terms, UnixSeconds};
    use busker_lightning::Sandbox;

    use super::Quote;

    async fn invoice(sats: u64) -> (String, PaymentHash) {
        let folder = tempfile::tempdir().unwrap();
        let wallet = Sandbox::open(folder.path(), Arc::new(SystemClock)).unwrap();
        let invoice = wallet
            .invoice(Sats(sats), "a song", Duration::from_secs(600))
            .await
            .unwrap();
        (invoice.bolt11, PaymentHash(invoice.payment_hash.0))
    }

    fn macaroon_for(hash: PaymentHash) -> String {
        let terms = Terms {
            service: Service::new("music", 0),
            valid_until: UnixSeconds(1_900_000_000),
            request: RequestDigest::of(b"{}"),
        };
        MasterKeys::ephemeral().unwrap().mint(hash, &terms).unwrap().to_base64()
    }

    #[tokio::test]
    async fn the_price_is_that_of_the_invoice() {
        let (invoice, hash) = invoice(300).await;
        let header = format!(r#"L402 macaroon="{}", invoice="{invoice}""#, macaroon_for(hash));
        let quote = Quote::read(&[header]).unwrap();
        assert_eq!((quote.price(), quote.payment_hash().0), (Sats(300), hash.0));
    }

    #[tokio::test]
    async fn a_macaroon_for_another_invoice_is_refused() {
        let (invoice, _) = invoice(300).await;
        let header = format!(
            r#"L402 macaroon="{}", invoice="{invoice}""#,
            macaroon_for(PaymentHash([1; 32]))
        );
        let refused = Quote::read(&[header]).err().unwrap();
        assert!(refused.to_string().contains("another invoice"), "{refused}");
    }

    #[tokio::test]
    async fn a_token_that_is_no_macaroon_promises_nothing_and_is_taken() {
        let (invoice, _) = invoice(21).await;
        let header = format!(r#"LSAT macaroon="eyJqc29uIjp0cnVlfQ", invoice="{invoice}""#);
        assert_eq!(Quote::read(&[header]).unwrap().price(), Sats(21));
    }

    #[test]
    fn a_challenge_without_a_readable_invoice_is_refused() {
        assert!(Quote::read(&[r#"L402 macaroon="bQ==", invoice="lnbc1broken""#]).is_err());
        assert!(Quote::read::<&str>(&[]).is_err());
    }
}
