//! Compares an invoice with what was asked for.
//!
//! A node that runs on another network, mixes up two requests or ignores the expiry it is given costs the shop or its
//! buyer money. All of these show in the invoice itself, so it is read before anybody sees it.

use std::time::Duration;

use busker_core::amount::{Msats, Sats};
use busker_core::clock::Timestamp;
use busker_core::id::PaymentHash;
use busker_core::wallet::{Invoice, Network};

use crate::bolt11::Bolt11;
use crate::error::LightningError;

/// An invoice may live this much longer than asked: some nodes have a fixed expiry of their own. The order takes its
/// expiry from the invoice, so a longer one only binds the price for longer.
pub const LONGER_BY_AT_MOST: Duration = Duration::from_secs(24 * 3600);

/// A node's clock may be this far behind ours. Never more than half of the expiry is forgiven.
pub const CLOCK_TOLERANCE: Duration = Duration::from_secs(60);

/// An invoice that the shop shall pay must be payable for this long yet, because a payment takes its time.
pub const TIME_TO_PAY: Duration = Duration::from_secs(60);

/// What was asked of a wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The configured network.
    pub network: Network,
    /// The price, exactly.
    pub amount: Sats,
    /// How long from now it should be payable.
    pub expiry: Duration,
    /// The payment the backend named beside the invoice, if it did.
    pub payment_hash: Option<PaymentHash>,
}

/// Reads `bolt11` and gives it back as an [`Invoice`] if it is what was asked for.
///
/// # Errors
/// [`LightningError`] names the first thing that is wrong: text, checksum or signature; network; amount; payment hash;
/// expiry.
pub fn check(bolt11: &str, expected: &Expected, now: Timestamp) -> Result<Invoice, LightningError> {
    let invoice = Bolt11::parse(bolt11)?;
    check_network(&invoice, expected.network)?;
    check_amount(&invoice, expected.amount.into())?;
    if let Some(hash) = expected.payment_hash {
        check_hash(&invoice, hash)?;
    }
    check_expiry(&invoice, expected.expiry, now)?;
    Ok(Invoice {
        bolt11: invoice.text().to_owned(),
        payment_hash: invoice.payment_hash(),
        expires_at: invoice.expires_at(),
    })
}

/// Reads an invoice that the shop is asked to pay, as for a refund of `amount`.
///
/// # Errors
/// [`LightningError`] names the first thing that is wrong: text, checksum or signature; network; amount; expiry.
pub fn check_payout(bolt11: &str, network: Network, amount: Sats, now: Timestamp) -> Result<Bolt11, LightningError> {
    let invoice = Bolt11::parse(bolt11)?;
    check_network(&invoice, network)?;
    check_amount(&invoice, amount.into())?;
    check_still_payable(&invoice, now)?;
    let (at, earliest) = (invoice.expires_at(), now.plus(TIME_TO_PAY));
    if at < earliest {
        return Err(LightningError::ExpiresTooSoon { at, earliest });
    }
    Ok(invoice)
}

pub(crate) fn check_network(invoice: &Bolt11, expected: Network) -> Result<(), LightningError> {
    if invoice.network() == expected {
        return Ok(());
    }
    Err(LightningError::OtherNetwork {
        found: invoice.network().name(),
        expected: expected.name(),
    })
}

fn check_amount(invoice: &Bolt11, expected: Msats) -> Result<(), LightningError> {
    let found = invoice.amount().ok_or(LightningError::NoAmount)?;
    if found == expected {
        return Ok(());
    }
    Err(LightningError::OtherAmount { found, expected })
}

fn check_hash(invoice: &Bolt11, expected: PaymentHash) -> Result<(), LightningError> {
    let found = invoice.payment_hash();
    if found == expected {
        return Ok(());
    }
    Err(LightningError::OtherHash { found, expected })
}

pub(crate) fn check_still_payable(invoice: &Bolt11, now: Timestamp) -> Result<(), LightningError> {
    if invoice.is_expired(now) {
        return Err(LightningError::Expired {
            at: invoice.expires_at(),
        });
    }
    Ok(())
}

fn check_expiry(invoice: &Bolt11, expiry: Duration, now: Timestamp) -> Result<(), LightningError> {
    check_still_payable(invoice, now)?;
    let at = invoice.expires_at();
    // BOLT11 counts whole seconds, so an invoice made this instant may be dated up to a second ago.
    let tolerance = CLOCK_TOLERANCE.min(expiry / 2).max(Duration::from_secs(1));
    let earliest = now.plus(expiry.saturating_sub(tolerance));
    if at < earliest {
        return Err(LightningError::ExpiresTooSoon { at, earliest });
    }
    let latest = now.plus(expiry.saturating_add(LONGER_BY_AT_MOST));
    if at > latest {
        return Err(LightningError::ExpiresTooLate { at, latest });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forge::Forged;

    fn asked() -> Expected {
        Expected {
            network: Network::Regtest,
            amount: Sats(300),
            expiry: Duration::from_secs(3600),
            payment_hash: Some(PaymentHash([0x77; 32])),
        }
    }

    fn check_now(forged: Forged) -> Result<Invoice, LightningError> {
        check(&forged.sign().unwrap(), &asked(), Forged::default().made_at)
    }

    #[test]
    fn the_right_invoice_passes_with_its_own_hash_and_expiry() {
        let text = Forged::default().sign().unwrap();
        let invoice = check(&text.to_uppercase(), &asked(), Forged::default().made_at).unwrap();
        assert_eq!(invoice.bolt11, text);
        assert_eq!(invoice.payment_hash, PaymentHash([0x77; 32]));
        assert_eq!(invoice.expires_at.unix_seconds(), 1_795_333_199 + 3600);
    }

    #[test]
    fn an_invoice_for_other_money_is_refused_on_every_other_network() {
        for network in [Network::Mainnet, Network::Testnet, Network::Signet] {
            let outcome = check_now(Forged {
                network,
                ..Forged::default()
            });
            let error = outcome.unwrap_err();
            assert!(
                matches!(error, LightningError::OtherNetwork { found, expected: "regtest" } if found == network.name()),
                "{error}"
            );
        }
    }

    #[test]
    fn one_thousandth_of_a_satoshi_too_much_or_no_amount_is_refused() {
        let outcome = check_now(Forged {
            amount: Some(Msats(300_001)),
            ..Forged::default()
        });
        assert!(matches!(
            outcome,
            Err(LightningError::OtherAmount {
                found: Msats(300_001),
                ..
            })
        ));
        let outcome = check_now(Forged {
            amount: None,
            ..Forged::default()
        });
        assert!(matches!(outcome, Err(LightningError::NoAmount)));
    }

    #[test]
    fn a_mixed_up_payment_is_refused() {
        let outcome = check_now(Forged {
            payment_hash: PaymentHash([0x78; 32]),
            ..Forged::default()
        });
        assert!(matches!(outcome, Err(LightningError::OtherHash { .. })));
    }

    #[test]
    fn expiry_is_held_to_what_was_asked() {
        let with_expiry = |seconds| {
            check_now(Forged {
                expiry: Duration::from_secs(seconds),
                ..Forged::default()
            })
        };
        assert!(matches!(with_expiry(0), Err(LightningError::Expired { .. })));
        assert!(matches!(with_expiry(3539), Err(LightningError::ExpiresTooSoon { .. })));
        assert!(with_expiry(3540).is_ok());
        assert!(with_expiry(90_000).is_ok());
        assert!(matches!(
            with_expiry(90_001),
            Err(LightningError::ExpiresTooLate { .. })
        ));
    }

    #[test]
    fn a_text_that_is_no_invoice_is_refused() {
        let outcome = check("lnbcrt1", &asked(), Timestamp(0));
        assert!(matches!(outcome, Err(LightningError::NotAnInvoice(_))));
    }

    #[test]
    fn a_payout_is_held_to_network_amount_and_time_left() {
        let (text, now) = (Forged::default().sign().unwrap(), Forged::default().made_at);
        let payable = check_payout(&text, Network::Regtest, Sats(300), now).unwrap();
        assert_eq!(payable.payment_hash(), PaymentHash([0x77; 32]));

        let wrong = check_payout(&text, Network::Mainnet, Sats(300), now);
        assert!(matches!(wrong, Err(LightningError::OtherNetwork { .. })));
        let wrong = check_payout(&text, Network::Regtest, Sats(299), now);
        assert!(matches!(wrong, Err(LightningError::OtherAmount { .. })));
        for (passed, soon) in [(3540, false), (3541, true)] {
            let then = now.plus(Duration::from_secs(passed));
            let outcome = check_payout(&text, Network::Regtest, Sats(300), then);
            assert_eq!(
                matches!(outcome, Err(LightningError::ExpiresTooSoon { .. })),
                soon,
                "{passed}"
            );
        }
        let late = check_payout(&text, Network::Regtest, Sats(300), now.plus(Duration::from_secs(3600)));
        assert!(matches!(late, Err(LightningError::Expired { .. })));
    }
}
