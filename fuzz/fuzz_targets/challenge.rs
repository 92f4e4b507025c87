//! Law: a challenge found among any headers is written safely and found again. Input: one header value a line.
#![no_main]

use busker_l402::{Challenge, Preimage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|headers: &str| {
    let Ok(challenge) = Challenge::find(headers.lines()) else {
        return;
    };
    let header = challenge.to_string();
    assert!(
        header.chars().all(|c| c.is_ascii_graphic() || c == ' '),
        "a header of printable ASCII"
    );

    let again = Challenge::find([header.as_str()]).expect("what is written is found");
    assert_eq!(again.token(), challenge.token());
    assert_eq!(again.invoice(), challenge.invoice());

    let answer = challenge.authorization(&Preimage::from([7; 32]));
    assert_eq!(answer.split(' ').count(), 2, "one scheme, one credential");
});
