//! Law: a credential that was read, written and read again is the same, and `Debug` never shows its preimage.
#![no_main]

use busker_l402::{Credential, MAX_CREDENTIAL_BYTES, Macaroon};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|header: &str| {
    let Ok(credential) = Credential::parse(header) else {
        return;
    };
    assert!(!credential.macaroons().is_empty());
    assert!(!format!("{credential:?}").contains(credential.preimage().to_hex().as_str()));

    let written = credential.to_header();
    if written.len() > MAX_CREDENTIAL_BYTES {
        return; // it was accepted without the padding that is written
    }
    let again = Credential::parse(&written).expect("what is written is read");
    assert_eq!(again.scheme(), credential.scheme());
    assert_eq!(again.preimage().as_bytes(), credential.preimage().as_bytes());
    assert!(bytes(&again).eq(bytes(&credential)));
});

fn bytes(credential: &Credential) -> impl Iterator<Item = Vec<u8>> {
    credential.macaroons().iter().map(Macaroon::to_bytes)
}
