//! A server and a quote to test with.

use busker_l402::{Challenge, Demand, Macaroon, MasterKeys, Preimage, RequestDigest, Service, Terms, UnixSeconds};

pub(crate) const MUSIC: Service = Service::new("music", 0);
pub(crate) const VALID_UNTIL: UnixSeconds = UnixSeconds(1_800_000_000);
pub(crate) const REQUEST: &[u8] = br#"{"prompt":"sea shanty"}"#;
pub(crate) const INVOICE: &str = "lnbc3u1p5example";

pub(crate) fn keys() -> MasterKeys {
    MasterKeys::new([1; 32], [])
}

pub(crate) fn preimage() -> Preimage {
    Preimage::from([42; 32])
}

pub(crate) fn terms() -> Terms {
    Terms {
        service: MUSIC,
        valid_until: VALID_UNTIL,
        request: RequestDigest::of(REQUEST),
    }
}

/// What a buyer of `terms` asks for in time.
pub(crate) fn demand() -> Demand {
    Demand {
        service: MUSIC,
        now: UnixSeconds(1_799_999_999),
        request: RequestDigest::of(REQUEST),
    }
}

pub(crate) fn minted(keys: &MasterKeys) -> Macaroon {
    keys.mint(preimage().payment_hash(), &terms()).unwrap()
}

pub(crate) fn challenge(keys: &MasterKeys) -> Challenge {
    Challenge::new(&minted(keys), INVOICE).unwrap()
}
