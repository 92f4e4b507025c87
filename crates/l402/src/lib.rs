//! L402 on the wire: macaroons, caveats, challenges and credentials.
//!
//! A server answers `402` with a [`Challenge`]: an invoice and a [`Macaroon`] that commits to the invoice's payment
//! hash. The buyer pays, learns the preimage and comes back with a [`Credential`]. [`verify`] then proves, without any
//! stored secret, that this server minted the macaroon and that its invoice was paid, and [`Verified::check`] says
//! whether it covers what is asked for now. Clients use the same types from the other side.
//!
//! What must hold:
//! - No input makes anything here panic, and every size is bounded before it is read.
//! - Appending caveats never gives a macaroon more rights than it was minted with.
//! - Secrets (master keys, preimages, signatures) never appear in `Debug` output or in an error.
//!
//! Everything is strings in, strings out: no HTTP library, no clock, no network.
//!
//! ```
//! use busker_l402::*;
//!
//! const MUSIC: Service = Service::new("music", 0);
//! let request = RequestDigest::of(br#"{"prompt":"sea shanty"}"#);
//! # let preimage = Preimage::from([42; 32]);
//! # let payment_hash = preimage.payment_hash();
//! # let invoice = "lnbc3u1pexample";
//!
//! // The server quotes,
//! let keys = MasterKeys::ephemeral()?;
//! let terms = Terms { service: MUSIC, valid_until: UnixSeconds(1_800_000_000), request };
//! let header = Challenge::new(&keys.mint(payment_hash, &terms)?, invoice)?.to_string();
//!
//! // the client pays and answers,
//! let challenge = Challenge::find([header.as_str()])?;
//! let answer = challenge.authorization(&preimage);
//!
//! // and the server lets it in.
//! let verified = verify(&keys, &Credential::parse(&answer)?)?;
//! assert_eq!(verified.payment_hash, payment_hash);
//! verified.check(&Demand { service: MUSIC, now: UnixSeconds(1_799_999_999), request })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod auth_params;
mod caveat;
mod caveats;
mod chain;
mod challenge;
mod credential;
mod error;
mod identifier;
mod key_file;
mod keys;
mod macaroon;
mod mint;
mod payment;
mod scheme;
mod token_text;
mod verify;
mod wire;

pub use caveat::{Caveat, RequestDigest, Service, UnixSeconds};
pub use caveats::{Caveats, Demand};
pub use challenge::Challenge;
pub use credential::{Credential, MAX_CREDENTIAL_BYTES};
pub use error::{KeyError, ParseError, Refusal, VerifyError};
pub use identifier::{Identifier, KeyId, TokenId};
pub use keys::MasterKeys;
pub use macaroon::{MAX_CAVEATS, MAX_MACAROON_BYTES, Macaroon};
pub use mint::Terms;
pub use payment::{PaymentHash, Preimage};
pub use scheme::Scheme;
pub use verify::{Verified, verify};
