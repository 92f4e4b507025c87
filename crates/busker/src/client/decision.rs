//! What to do next, from what is kept: the rule that no order is ever paid twice, in one place.

use super::purchase::{Purchase, Stage};

/// What the buyer wants of an earlier purchase of the very same song.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// Use it: finish what was begun, download again what was bought.
    Use,
    /// Finish what was begun, but buy anew what was finished.
    BuyAnother,
    /// Buy anew, whatever there was. For play money only.
    Ignore,
}

/// The next step of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Ask for a price; what was kept, if anything, is set aside.
    Quote,
    /// Pay the invoice that is kept.
    Pay,
    /// Ask the wallet what became of a payment before anything else.
    AskWallet,
    /// Show the proof and get the song.
    Redeem,
}

/// The next step for what is kept. `payable` tells whether its invoice can still be paid.
pub(crate) fn next_step(kept: Option<&Purchase>, payable: bool, earlier: Earlier) -> Step {
    let Some(purchase) = kept.filter(|_| earlier != Earlier::Ignore) else {
        return Step::Quote;
    };
    match purchase.stage {
        Stage::Quoted if payable => Step::Pay,
        Stage::Quoted => Step::Quote,
        Stage::Paying => Step::AskWallet,
        Stage::Paid { .. } => Step::Redeem,
        Stage::Downloaded { .. } | Stage::Closed { .. } if earlier == Earlier::BuyAnother => Step::Quote,
        Stage::Downloaded { .. } | Stage::Closed { .. } => Step::Redeem,
    }
}

#[cfg(test)]
mod tests {
    use busker_core::id::Preimage;

    use super::super::purchase::tests::purchase;
    use super::{Earlier, Stage, Step, next_step};

    const PREIMAGE: Preimage = Preimage([7; 32]);

    fn step(stage: Stage, payable: bool, earlier: Earlier) -> Step {
        next_step(Some(&purchase(stage)), payable, earlier)
    }

    #[test]
    fn nothing_kept_begins_with_a_price() {
        assert_eq!(next_step(None, true, Earlier::Use), Step::Quote);
    }

    #[test]
    fn an_unpaid_quote_is_paid_while_it_can_be_and_replaced_afterwards() {
        assert_eq!(step(Stage::Quoted, true, Earlier::Use), Step::Pay);
        assert_eq!(step(Stage::Quoted, false, Earlier::Use), Step::Quote);
    }

    #[test]
    fn a_payment_in_doubt_is_looked_up_even_when_another_song_is_wanted_or_the_invoice_expired() {
        for payable in [true, false] {
            for earlier in [Earlier::Use, Earlier::BuyAnother] {
                assert_eq!(step(Stage::Paying, payable, earlier), Step::AskWallet);
            }
        }
    }

    #[test]
    fn what_was_paid_is_fetched_before_anything_is_bought_again() {
        for earlier in [Earlier::Use, Earlier::BuyAnother] {
            assert_eq!(step(Stage::Paid { preimage: PREIMAGE }, false, earlier), Step::Redeem);
        }
    }

    #[test]
    fn a_finished_purchase_is_fetched_again_unless_another_is_wanted() {
        let finished = Stage::Downloaded {
            preimage: PREIMAGE,
            file: "song.mp3".to_owned(),
        };
        let closed = Stage::Closed {
            preimage: PREIMAGE,
            reason: "sent back".to_owned(),
        };
        for stage in [finished, closed] {
            assert_eq!(step(stage.clone(), false, Earlier::Use), Step::Redeem);
            assert_eq!(step(stage, false, Earlier::BuyAnother), Step::Quote);
        }
    }

    #[test]
    fn what_should_be_ignored_is() {
        assert_eq!(
            step(Stage::Paid { preimage: PREIMAGE }, true, Earlier::Ignore),
            Step::Quote
        );
    }
}
