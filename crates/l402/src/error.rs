//! What can go wrong, one type for each reader who acts on it.
//!
//! [`ParseError`], [`VerifyError`] and [`Refusal`] are read by the buyer, in this order of progress: the text could not
//! be read; it is not a paid credential of this server; it is, but not for this request. [`KeyError`] is read by the
//! operator and names paths, so it never goes into a response.

use std::io;
use std::path::PathBuf;

use crate::caveat::{RequestDigest, UnixSeconds};

/// Text or bytes from outside that are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Some other way to authorise; the request simply carries no L402 credential.
    #[error("the authorization scheme is not L402 (nor LSAT, its older name)")]
    OtherScheme,
    /// Refused before it is read any further.
    #[error("the {what} holds {found}; at most {limit} are accepted")]
    TooLarge {
        /// What is too large, with its unit.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much there may be.
        limit: usize,
    },
    /// The parts of `L402 <macaroon>:<preimage>` could not be told apart.
    #[error("expected `L402 <macaroon>:<preimage>`, but {problem}")]
    Credential {
        /// What is missing.
        problem: &'static str,
    },
    /// The part after the last colon is not a preimage.
    #[error("the preimage must be 64 hexadecimal digits, as the wallet shows it after paying")]
    Preimage,
    /// The macaroon's text was cut or altered on the way.
    #[error("the macaroon is not base64; send it exactly as the challenge gave it")]
    Base64(#[from] base64::DecodeError),
    /// A macaroon, but in one of the formats that L402 clients cannot exchange.
    #[error("the macaroon is in {found}; only the V2 binary format is accepted")]
    MacaroonFormat {
        /// The format it seems to be in.
        found: &'static str,
    },
    /// The macaroon's bytes do not follow the V2 layout.
    #[error("the macaroon is damaged at byte {at}: {problem}")]
    Macaroon {
        /// Offset of the offending field.
        at: usize,
        /// What was found there.
        problem: &'static str,
    },
    /// The server asked for no L402 payment, or in no form known.
    #[error("there is no L402 challenge among the `WWW-Authenticate` headers")]
    NoChallenge,
    /// A challenge that cannot be paid or answered.
    #[error("the L402 challenge gives no `{name}`")]
    MissingParameter {
        /// The parameter's name.
        name: &'static str,
    },
    /// A challenge of a future protocol version.
    #[error("the L402 challenge has version `{found}`; only version 0 is known")]
    ChallengeVersion {
        /// The version as given.
        found: String,
    },
    /// A value that would break the header it is put into.
    #[error("the {what} holds a character that has no place in a header")]
    HeaderUnsafe {
        /// Which value.
        what: &'static str,
    },
}

/// Why a well-formed credential is not one that this server issued and that was paid.
///
/// Ordered by how far the check got: of several macaroons' errors the greatest tells the buyer most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The identifier has another version or length than any macaroon minted here.
    #[error("the macaroon was issued by another server, or for another version of L402")]
    ForeignIdentifier,
    /// No master key here has the identifier's key id.
    #[error("the macaroon was issued by another server, or under a key no longer in use; ask for a new one")]
    UnknownKey,
    /// The signature does not follow from the identifier and the caveats.
    #[error("the macaroon's signature is wrong; send it exactly as it was issued")]
    Forged,
    /// Genuine, but the preimage belongs to another invoice, or was guessed.
    #[error("the preimage does not belong to the invoice that this macaroon was issued with")]
    WrongPreimage,
}

/// Why a genuine, paid credential does not cover what is asked for now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Every macaroon minted here names a service, an end and a request; this one does not.
    #[error("the macaroon has no `{key}` caveat")]
    Missing {
        /// The caveat's key.
        key: String,
    },
    /// A caveat that must be understood is not.
    #[error("the value of the macaroon's `{key}` caveat cannot be read")]
    Malformed {
        /// The caveat's key.
        key: String,
    },
    /// A later caveat claims more than an earlier one of the same key.
    #[error("a later `{key}` caveat allows more than an earlier one; caveats may only narrow")]
    Widened {
        /// The caveat's key.
        key: String,
    },
    /// Paid for, but for something else.
    #[error("the macaroon is not for the service `{wanted}`")]
    WrongService {
        /// The service asked for, as `name:tier`.
        wanted: String,
    },
    /// Too late.
    #[error("the macaroon was valid until unix time {at}; ask for a new one")]
    Expired {
        /// The last second at which it was valid.
        at: UnixSeconds,
    },
    /// Paid for with other parameters.
    #[error("the macaroon was bought for another request, with digest {macaroon_digest}; send that one")]
    WrongRequest {
        /// The digest of the request that was paid for.
        macaroon_digest: RequestDigest,
    },
}

/// What went wrong with the master keys or with minting from them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The file system refused.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Others on this machine could read the keys and mint paid macaroons.
    #[error("{path} has mode {mode:04o}, so others can read the keys; run `chmod 600 {path}`", path = .path.display())]
    TooOpen {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A line that is neither a key nor a comment. Its text is never shown: it may be most of a key.
    #[error("line {line} of {path} is no key: expected 64 hexadecimal digits or `# comment`", path = .path.display())]
    Line {
        /// The key file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// Creating a key here would silently invalidate what buyers have paid for, so it is left to the operator.
    #[error("{path} holds no key; restore a backup, or delete it to start with a new key", path = .path.display())]
    Empty {
        /// The key file.
        path: PathBuf,
    },
    /// Far too long for a key file; probably a wrong path.
    #[error("{path} is longer than {limit} bytes; is it the key file?", path = .path.display())]
    FileTooLong {
        /// The key file.
        path: PathBuf,
        /// The longest file that is read.
        limit: u64,
    },
    /// The system gave no random bytes; nothing was minted or created.
    #[error("the operating system gave no random bytes: {0}")]
    Randomness(#[from] getrandom::Error),
    /// The terms do not fit into a macaroon.
    #[error("cannot mint: {0}")]
    Terms(#[from] ParseError),
    /// Practically impossible; a new invoice has another payment hash and works.
    #[error("every macaroon for this payment hash spells `L402` or `LSAT` in base64; quote again with a new invoice")]
    NoCleanText,
}
