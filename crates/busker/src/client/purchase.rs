//! What must survive a crash: what was asked for, what was demanded for it, and the proof that it was paid.

use busker_core::id::Preimage;
use serde::{Deserialize, Serialize};

/// One purchase, as it is kept in a file.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Purchase {
    /// Where the song is sold.
    pub(crate) url: String,
    /// The request, byte for byte as it was sent: a shop may bind the payment to it.
    pub(crate) body: String,
    /// The challenge, as the shop wrote it: its token must go back untouched.
    pub(crate) www_authenticate: Vec<String>,
    /// Where the order can be watched, if the shop said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) order_url: Option<String>,
    /// How far it has come.
    #[serde(flatten)]
    pub(crate) stage: Stage,
}

/// How far a purchase has come. Only ever forward, except that an unpaid one may be replaced by a fresh quote.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Stage {
    /// The price is known and nothing was paid.
    Quoted,
    /// The wallet was told to pay. Whether it did is unknown until it says so.
    Paying,
    /// Paid; the song is not here yet.
    Paid {
        /// The proof.
        preimage: Preimage,
    },
    /// Paid and saved.
    Downloaded {
        /// The proof opens the song again, for free.
        preimage: Preimage,
        /// Where it was saved.
        file: String,
    },
    /// Paid, but the shop gives no song for it: it sent the sats back, or does not know its own credential.
    Closed {
        /// The proof, for whoever argues with the shop.
        preimage: Preimage,
        /// What the shop said.
        reason: String,
    },
}

impl Purchase {
    /// The proof of payment, once there is one.
    pub(crate) fn preimage(&self) -> Option<Preimage> {
        match self.stage {
            Stage::Quoted | Stage::Paying => None,
            Stage::Paid { preimage } | Stage::Downloaded { preimage, .. } | Stage::Closed { preimage, .. } => {
                Some(preimage)
            }
        }
    }

    /// Where its song was saved last time.
    pub(crate) fn saved_file(&self) -> Option<&str> {
        match &self.stage {
            Stage::Downloaded { file, .. } => Some(file),
            _ => None,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Purchase, Stage};
    use busker_core::id::Preimage;

    pub(crate) fn purchase(stage: Stage) -> Purchase {
        Purchase {
            url: "http://shop.example/api".to_owned(),
            body: r#"{"prompt":"sea shanty"}"#.to_owned(),
            www_authenticate: vec![r#"L402 macaroon="bQ==", invoice="lnbc1""#.to_owned()],
            order_url: None,
            stage,
        }
    }

    #[test]
    fn every_stage_reads_back_what_it_wrote() {
        let preimage = Preimage([7; 32]);
        for stage in [
            Stage::Quoted,
            Stage::Paying,
            Stage::Paid { preimage },
            Stage::Downloaded {
                preimage,
                file: "song.mp3".to_owned(),
            },
            Stage::Closed {
                preimage,
                reason: "sent back".to_owned(),
            },
        ] {
            let written = serde_json::to_string(&purchase(stage.clone())).unwrap();
            let read: Purchase = serde_json::from_str(&written).unwrap();
            assert!(read == purchase(stage), "{written}");
        }
    }

    #[test]
    fn the_proof_is_known_from_the_payment_on() {
        assert!(purchase(Stage::Paying).preimage().is_none());
        assert_eq!(
            purchase(Stage::Paid {
                preimage: Preimage([7; 32])
            })
            .preimage(),
            Some(Preimage([7; 32]))
        );
    }
}
