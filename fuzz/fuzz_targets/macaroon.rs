//! Law: what is read is written back byte for byte, and nobody's bytes are signed by our key.
#![no_main]

use busker_l402::Macaroon;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(macaroon) = Macaroon::from_bytes(bytes) else {
        return;
    };
    assert_eq!(macaroon.to_bytes(), bytes);
    assert!(!macaroon.is_signed_by(b"a key that the fuzzer cannot use"));

    let text = macaroon.to_base64();
    let unpadded = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    for spelling in [text, unpadded] {
        let read = Macaroon::from_base64(&spelling).expect("every spelling of a macaroon is read");
        assert_eq!(read.to_bytes(), bytes);
    }

    let mut restricted = macaroon;
    if restricted.add_caveat("a=b").is_ok() {
        let read = Macaroon::from_bytes(&restricted.to_bytes()).expect("a restricted macaroon is still a macaroon");
        assert_eq!(read.caveats().last(), Some(&b"a=b"[..]));
    }
});
