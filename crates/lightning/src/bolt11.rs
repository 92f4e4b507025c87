//! Reads BOLT11 invoices, the bills of the Lightning network (BOLT #11).

use std::time::Duration;

use bitcoin::hashes::Hash as _;
use bitcoin::secp256k1::PublicKey;
use busker_core::amount::Msats;
use busker_core::clock::Timestamp;
use busker_core::id::PaymentHash;
use busker_core::wallet::Network;
use lightning_invoice::{Bolt11Invoice, Currency, SignedRawBolt11Invoice};

use crate::error::LightningError;

/// An invoice that was read: its checksum and signature are right. Whether it is the one that was wanted is for
/// [`crate::check()`] to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bolt11 {
    invoice: Bolt11Invoice,
    network: Network,
    text: String,
}

impl Bolt11 {
    /// Reads an invoice as people hand it over: in either case, perhaps with `lightning:` before it and white space
    /// around it.
    ///
    /// # Errors
    /// [`LightningError::NotAnInvoice`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, LightningError> {
        let text = without_scheme(text.trim()).to_owned();
        let signed: SignedRawBolt11Invoice = text.parse().map_err(not_an_invoice)?;
        let raw = signed.raw_invoice();
        // An amount too large to count reads as no amount at all, which would let the payer choose.
        if raw.hrp.raw_amount.is_some() && raw.amount_pico_btc().is_none() {
            return Err(not_an_invoice("its amount is beyond all bitcoin"));
        }
        let network = network_of(&raw.currency())?;
        let invoice = Bolt11Invoice::from_signed(signed).map_err(not_an_invoice)?;
        Ok(Self {
            invoice,
            network,
            text: text.to_ascii_lowercase(),
        })
    }

    /// The invoice itself, in lower case.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where its money is.
    pub fn network(&self) -> Network {
        self.network
    }

    /// What it asks for; `None` leaves the amount to the payer.
    pub fn amount(&self) -> Option<Msats> {
        self.invoice.amount_milli_satoshis().map(Msats)
    }

    /// The payment's name.
    pub fn payment_hash(&self) -> PaymentHash {
        PaymentHash(self.invoice.payment_hash().to_byte_array())
    }

    /// From this moment on it cannot be paid.
    pub fn expires_at(&self) -> Timestamp {
        let since_epoch = self.invoice.expires_at().unwrap_or(Duration::MAX);
        Timestamp(0).plus(since_epoch)
    }

    /// Whether it cannot be paid any more at `now`.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at() <= now
    }

    /// What it says it is for; empty when it carries only a digest of that.
    pub fn memo(&self) -> String {
        use lightning_invoice::Bolt11InvoiceDescriptionRef::*;

        match self.invoice.description() {
            Direct(text) => text.to_string(),
            Hash(_) => String::new(),
        }
    }

    /// The node that signed it.
    pub(crate) fn payee(&self) -> PublicKey {
        self.invoice.get_payee_pub_key()
    }

    /// The number by which the payee knows its own invoice again.
    pub(crate) fn payment_secret(&self) -> [u8; 32] {
        self.invoice.payment_secret().0
    }
}

fn without_scheme(text: &str) -> &str {
    const SCHEME: &str = "lightning:";
    match text.get(..SCHEME.len()) {
        Some(start) if start.eq_ignore_ascii_case(SCHEME) => &text[SCHEME.len()..],
        _ => text,
    }
}

fn not_an_invoice(reason: impl ToString) -> LightningError {
    LightningError::NotAnInvoice(reason.to_string())
}

/// Simnet has the same rules as regtest but is nobody's money here: an invoice for it is a mistake.
fn network_of(currency: &Currency) -> Result<Network, LightningError> {
    match currency {
        Currency::Bitcoin => Ok(Network::Mainnet),
        Currency::BitcoinTestnet => Ok(Network::Testnet),
        Currency::Signet => Ok(Network::Signet),
        Currency::Regtest => Ok(Network::Regtest),
        Currency::Simnet => Err(not_an_invoice("it is on simnet, which busker does not know")),
    }
}

#[cfg(test)]
mod tests {
    use bech32::primitives::iter::Fe32IterExt;
    use bech32::{Fe32, Hrp};
    use busker_core::amount::Msats;
    use busker_core::wallet::Network;
    use lightning_invoice::{Bolt11Bech32, SignedRawBolt11Invoice};
    use proptest::prelude::*;

    use super::Bolt11;
    use crate::forge::Forged;

    /// "Please send $3 for a cup of coffee", an example of BOLT #11.
    const COFFEE: &str = "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w27kyke0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam30g4vgpfna3rh";

    #[test]
    fn the_specification_s_example_reads_as_the_specification_says() {
        let invoice = Bolt11::parse(COFFEE).unwrap();
        assert_eq!(invoice.network(), Network::Mainnet);
        assert_eq!(invoice.amount(), Some(Msats(250_000_000)));
        assert_eq!(invoice.memo(), "1 cup coffee");
        assert_eq!(
            invoice.payment_hash().to_string(),
            "0001020304050607080900010203040506070809000102030405060708090102"
        );
        assert_eq!(invoice.expires_at().unix_seconds(), 1_496_314_658 + 60);
        assert_eq!(
            hex::encode(invoice.payee().serialize()),
            "03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad"
        );
    }

    #[test]
    fn case_white_space_and_scheme_do_not_matter() {
        let expected = Bolt11::parse(COFFEE).unwrap();
        for text in [
            COFFEE.to_uppercase(),
            format!(" \n{COFFEE}\t"),
            format!("lightning:{COFFEE}"),
            format!("LIGHTNING:{}", COFFEE.to_uppercase()),
        ] {
            assert_eq!(Bolt11::parse(&text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn every_changed_character_is_noticed() {
        for index in 0..COFFEE.len() {
            let mut text = COFFEE.to_owned().into_bytes();
            text[index] = if text[index] == b'q' { b'p' } else { b'q' };
            let text = String::from_utf8(text).unwrap();
            assert!(Bolt11::parse(&text).is_err(), "character {index} changed");
        }
    }

    #[test]
    fn an_amount_too_large_to_count_is_not_read_as_no_amount() {
        let signed: SignedRawBolt11Invoice = Forged::default().sign().unwrap().parse().unwrap();
        let (mut raw, _, signature) = signed.into_parts();
        raw.hrp.raw_amount = Some(u64::MAX);
        raw.hrp.si_prefix = None;
        let inflated = raw.sign::<_, ()>(|_| Ok(signature.0)).unwrap().to_string();
        let error = Bolt11::parse(&inflated).unwrap_err().to_string();
        assert!(error.contains("beyond all bitcoin"), "{error}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,300}") {
            let _ = Bolt11::parse(&text);
        }

        #[test]
        fn no_damaged_invoice_makes_it_panic(at in 0..COFFEE.len(), junk in "[ -~]{0,40}", cut in 0..60usize) {
            let end = (at + cut).min(COFFEE.len());
            let text = format!("{}{junk}{}", &COFFEE[..at], &COFFEE[end..]);
            let _ = Bolt11::parse(&text);
        }

        /// With the right checksum, so that every field's reader is reached.
        #[test]
        fn no_content_makes_it_panic(
            prefix in "ln(bc|tb|bcrt|tbs|sb)([0-9]{0,22}[munp]?)",
            fields in proptest::collection::vec((0u8..32, 0usize..60), 0..8),
            junk in proptest::collection::vec(0u8..32, 111..400),
        ) {
            let mut data = junk;
            let mut at = 7; // behind the date
            for (tag, length) in fields {
                if at + 3 < data.len() {
                    (data[at], data[at + 1], data[at + 2]) = (tag, (length / 32) as u8, (length % 32) as u8);
                }
                at += 3 + length;
            }
            let symbols = data.into_iter().map(|symbol| Fe32::try_from(symbol).unwrap());
            let text: String = symbols.with_checksum::<Bolt11Bech32>(&Hrp::parse(&prefix).unwrap()).chars().collect();
            let _ = Bolt11::parse(&text);
        }
    }
}
