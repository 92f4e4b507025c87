//! Names of things, as types that cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

/// A hexadecimal name could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} hexadecimal characters")]
pub struct BadHex {
    /// How many characters there should be.
    pub expected: usize,
}

macro_rules! hex_name {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $bytes]);

        impl FromStr for $name {
            type Err = BadHex;
            fn from_str(text: &str) -> Result<Self, BadHex> {
                let mut bytes = [0; $bytes];
                hex::decode_to_slice(text, &mut bytes).map_err(|_| BadHex { expected: $bytes * 2 })?;
                Ok(Self(bytes))
            }
        }

        impl $name {
            /// Lower-case hexadecimal.
            pub fn to_hex(self) -> String {
                hex::encode(self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_hex())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

macro_rules! shown_as_hex {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.to_hex())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

macro_rules! never_shown {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(…)", stringify!($name))
            }
        }
    };
}

hex_name! {
    /// Names an order inside the shop and in its logs. It gives no right to anything.
    OrderId, 16
}
hex_name! {
    /// The right to see an order, in its URL: 128 random bits. Never logged.
    OrderKey, 16
}
hex_name! {
    /// SHA-256 of the preimage: the name of a Lightning payment. Public.
    PaymentHash, 32
}
hex_name! {
    /// Proof of payment. Never logged.
    Preimage, 32
}
hex_name! {
    /// SHA-256 of a canonical song request (RFC 8785 JSON).
    RequestDigest, 32
}
hex_name! {
    /// Names a finished song's files: 128 random bits, so that a link cannot be guessed.
    AudioKey, 16
}
hex_name! {
    /// SHA-256 of a stored file.
    FileDigest, 32
}

shown_as_hex!(OrderId);
shown_as_hex!(PaymentHash);
shown_as_hex!(RequestDigest);
shown_as_hex!(FileDigest);
never_shown!(OrderKey);
never_shown!(Preimage);
never_shown!(AudioKey);

impl Preimage {
    /// The payment this preimage proves.
    pub fn payment_hash(&self) -> PaymentHash {
        PaymentHash(Sha256::digest(self.0).into())
    }
}

/// Numbers the tries at one order, 1 the first. A worker that lost its order cannot deliver with an old number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attempt(pub u32);

#[cfg(test)]
mod tests {
    use super::{OrderKey, PaymentHash, Preimage};

    #[test]
    fn secrets_do_not_show_themselves() {
        assert_eq!(
            format!("{:?} {:?}", OrderKey([7; 16]), Preimage([9; 32])),
            "OrderKey(…) Preimage(…)"
        );
    }

    #[test]
    fn a_hash_reads_back_what_it_wrote_and_refuses_the_rest() {
        let hash = Preimage([1; 32]).payment_hash();
        assert_eq!(hash.to_string().parse(), Ok(hash));
        for bad in ["", "00", &"g".repeat(64), &"0".repeat(66), &"é".repeat(32)] {
            assert!(bad.parse::<PaymentHash>().is_err(), "{bad}");
        }
    }
}
