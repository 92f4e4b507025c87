use std::io;
use std::path::{Path, PathBuf};

use busker_core::amount::Msats;
use busker_core::clock::Timestamp;
use busker_core::id::PaymentHash;
use busker_core::wallet::WalletError;

/// What can be wrong with an invoice or with a wallet's own files.
#[derive(Debug, thiserror::Error)]
pub enum LightningError {
    /// The text cannot be read, or its checksum or signature does not fit.
    #[error("this is not a valid BOLT11 invoice ({0}); copy it whole, from `lnbc…` on")]
    NotAnInvoice(String),
    /// Money of another network.
    #[error("the invoice is on {found}, but this wallet is on {expected}")]
    OtherNetwork {
        /// The invoice's.
        found: &'static str,
        /// The wallet's.
        expected: &'static str,
    },
    /// The payer may choose the amount.
    #[error("the invoice names no amount; ask for one that does")]
    NoAmount,
    /// Not what was asked for.
    #[error("the invoice asks for {found} instead of {expected}")]
    OtherAmount {
        /// The invoice's.
        found: Msats,
        /// What was asked for.
        expected: Msats,
    },
    /// The invoice is for another payment than the backend said.
    #[error("the invoice's payment hash is {found} instead of {expected}")]
    OtherHash {
        /// The invoice's.
        found: PaymentHash,
        /// What the backend said.
        expected: PaymentHash,
    },
    /// Nobody can pay it any more.
    #[error("the invoice expired at {at}; ask for a new one")]
    Expired {
        /// When.
        at: Timestamp,
    },
    /// Whoever pays would have less time than is needed or was promised.
    #[error(
        "the invoice expires at {at}, sooner than {earliest}; ask for one that lasts longer, and are both clocks right?"
    )]
    ExpiresTooSoon {
        /// When it expires.
        at: Timestamp,
        /// When it should at the earliest.
        earliest: Timestamp,
    },
    /// The price would be bound for longer than the shop wants.
    #[error("the invoice expires at {at}, later than {latest}; does the node heed the expiry it is asked for?")]
    ExpiresTooLate {
        /// When it expires.
        at: Timestamp,
        /// When it should at the latest.
        latest: Timestamp,
    },
    /// An invoice that the sandbox did not sign.
    #[error(
        "this invoice was not made by the sandbox wallet of this data folder, which can pay none but its own; name the shop's data folder"
    )]
    NotOurs,
    /// The wallet was asked for an invoice that BOLT11 cannot hold.
    #[error("no invoice can be made: {0}")]
    CannotMake(String),
    /// There is no sandbox wallet in this folder.
    #[error("there is no sandbox wallet at {path}; is this the data folder of a busker that runs in sandbox mode?")]
    NoWallet {
        /// Its key file, if there were one.
        path: PathBuf,
    },
    /// The key file is damaged.
    #[error("{path} does not hold a key of 64 hexadecimal characters; restore it, or delete it to begin anew")]
    BadKey {
        /// Which file.
        path: PathBuf,
    },
    /// The settlement log lost what was already read.
    #[error("{path} is shorter than it was; was the folder replaced? restart busker")]
    LogShrank {
        /// Which file.
        path: PathBuf,
    },
    /// A settlement was written, but the disk did not confirm it.
    #[error("could not be sure that {path} is on the disk: {source}")]
    NotSynced {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A cursor of another wallet.
    #[error("`{0}` is not a cursor of this wallet")]
    BadCursor(String),
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers: {0}")]
    NoRandomness(getrandom::Error),
    /// A file operation failed.
    #[error("could not {action} {path}: {source}")]
    Io {
        /// "read", "write", …
        action: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The program is shutting down.
    #[error("the wallet is shutting down")]
    Stopping,
}

impl LightningError {
    /// Adds to an input or output error what was tried and where.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

impl From<LightningError> for WalletError {
    fn from(error: LightningError) -> Self {
        use LightningError::*;

        let text = error.to_string();
        match error {
            NotAnInvoice(_)
            | OtherNetwork { .. }
            | NoAmount
            | OtherAmount { .. }
            | OtherHash { .. }
            | Expired { .. }
            | ExpiresTooSoon { .. }
            | ExpiresTooLate { .. }
            | NotOurs => Self::WrongInvoice(text),
            Stopping => Self::Unreachable(text),
            _ => Self::Refused(text),
        }
    }
}
