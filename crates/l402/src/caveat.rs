//! Single caveats, `key=value`, and the values that the three known keys take.

use std::fmt;

use sha2::{Digest, Sha256};

/// One caveat as L402 writes them. The value may hold further `=`.
#[derive(Clone, PartialEq, Eq)]
pub struct Caveat {
    key: String,
    value: String,
}

impl Caveat {
    /// Splits at the first `=`. `None` for bytes that are not such a pair: they restrict in a language that L402 does
    /// not know, and unknown caveats are skipped.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, value) = std::str::from_utf8(bytes).ok()?.split_once('=')?;
        Some(Self {
            key: key.to_owned(),
            value: value.to_owned(),
        })
    }

    /// Good for this service alone.
    #[must_use]
    pub fn service(service: Service) -> Self {
        Self {
            key: Self::SERVICES.to_owned(),
            value: service.to_string(),
        }
    }

    /// Good for this service until then, that second included.
    #[must_use]
    pub fn valid_until(service: Service, at: UnixSeconds) -> Self {
        Self {
            key: Self::valid_until_key(service),
            value: at.to_string(),
        }
    }

    /// Good for this request alone.
    #[must_use]
    pub fn request(digest: RequestDigest) -> Self {
        Self {
            key: Self::REQUEST.to_owned(),
            value: digest.to_string(),
        }
    }

    /// What stands before the first `=`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What stands after it. Possibly a secret: paying clients append `preimage=`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The key under which services are listed as `name:tier,name:tier`.
    pub(crate) const SERVICES: &str = "services";

    /// Our own key, which other L402 software skips.
    pub(crate) const REQUEST: &str = "request_sha256";

    /// The key of a service's end of validity.
    pub(crate) fn valid_until_key(service: Service) -> String {
        format!("{}_valid_until", service.name)
    }
}

impl fmt::Display for Caveat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.key, self.value)
    }
}

impl fmt::Debug for Caveat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Caveat({}=…)", self.key)
    }
}

/// A service and the tier of it that was bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Service {
    name: &'static str,
    tier: u8,
}

impl Service {
    /// Names a service; made for constants.
    ///
    /// # Panics
    /// When the name holds anything but ASCII letters, digits, `-` and `_`, since it becomes part of a caveat. In a
    /// constant that is an error at compile time.
    #[must_use]
    pub const fn new(name: &'static str, tier: u8) -> Self {
        let bytes = name.as_bytes();
        assert!(!bytes.is_empty(), "a service needs a name");
        let mut at = 0;
        while at < bytes.len() {
            let fits = bytes[at].is_ascii_alphanumeric() || bytes[at] == b'-' || bytes[at] == b'_';
            assert!(fits, "a service's name is ASCII letters, digits, `-` and `_`");
            at += 1;
        }
        Self { name, tier }
    }

    /// The name, which also starts the key of its end of validity.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The tier.
    #[must_use]
    pub const fn tier(&self) -> u8 {
        self.tier
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.tier)
    }
}

/// A time, in seconds since 1970-01-01 UTC, as caveats write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(pub u64);

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The SHA-256 of a request in its canonical form: what a payment is bound to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestDigest(pub [u8; 32]);

impl RequestDigest {
    /// Digests a request. The caller makes it canonical, so that spelling does not matter and meaning does.
    #[must_use]
    pub fn of(canonical_request: &[u8]) -> Self {
        Self(Sha256::digest(canonical_request).into())
    }

    /// Reads 64 hexadecimal digits.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for RequestDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for RequestDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestDigest({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUSIC: Service = Service::new("music", 0);

    #[test]
    fn a_caveat_is_split_at_its_first_equals_sign() {
        let caveat = Caveat::from_bytes(b"note=a=b").unwrap();
        assert_eq!((caveat.key(), caveat.value()), ("note", "a=b"));
        assert_eq!(caveat.to_string(), "note=a=b");
    }

    #[test]
    fn bytes_without_equals_sign_or_outside_utf8_are_no_caveat() {
        assert!(Caveat::from_bytes(b"time").is_none());
        assert!(Caveat::from_bytes(b"\xff=1").is_none());
        assert!(Caveat::from_bytes(b"").is_none());
    }

    #[test]
    fn the_three_known_caveats_are_written_as_l402_writes_them() {
        assert_eq!(Caveat::service(MUSIC).to_string(), "services=music:0");
        assert_eq!(
            Caveat::valid_until(MUSIC, UnixSeconds(1_800_000_000)).to_string(),
            "music_valid_until=1800000000"
        );
        assert_eq!(
            Caveat::request(RequestDigest::of(b"{}")).to_string(),
            "request_sha256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }

    #[test]
    fn debug_output_hides_the_value_because_it_may_be_a_preimage() {
        let caveat = Caveat::from_bytes(b"preimage=abcdef").unwrap();
        assert_eq!(format!("{caveat:?}"), "Caveat(preimage=…)");
    }
}
