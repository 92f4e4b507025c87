//! Laws that hold for every input.

use busker_l402::{Caveats, Challenge, Credential, Demand, Macaroon, Preimage, UnixSeconds, verify};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::shop;

fn macaroons() -> impl Strategy<Value = (Vec<u8>, Macaroon)> {
    let parts = (
        vec(any::<u8>(), 0..80),
        vec(any::<u8>(), 0..200),
        any::<Option<Vec<u8>>>(),
    );
    (parts, vec(vec(any::<u8>(), 0..200), 0..8)).prop_map(|((root_key, identifier, location), caveats)| {
        let mut macaroon = Macaroon::new(&root_key, &identifier, location.as_deref()).unwrap();
        for caveat in caveats {
            macaroon.add_caveat(caveat).unwrap();
        }
        (root_key, macaroon)
    })
}

/// Caveats as a cunning client might append them: known keys with good, bad and greedy values, and noise.
fn appended_caveats() -> impl Strategy<Value = Vec<String>> {
    let greedy = prop_oneof![
        any::<u64>().prop_map(|at| format!("music_valid_until={at}")),
        (0_u8..3).prop_map(|tier| format!("services=music:{tier}")),
        Just("services=music:0,video:0".to_owned()),
        any::<[u8; 32]>().prop_map(|digest| format!("request_sha256={}", hex::encode(digest))),
        "(services|music_valid_until|request_sha256|preimage)=?[ -~]{0,20}",
        "\\PC{0,20}",
    ];
    vec(greedy, 0..5)
}

/// One of the spellings in which clients send a macaroon.
fn respelled(base64: &str, url_alphabet: bool, padded: bool) -> String {
    let text = if url_alphabet {
        base64.replace('+', "-").replace('/', "_")
    } else {
        base64.to_owned()
    };
    if padded {
        text
    } else {
        text.trim_end_matches('=').to_owned()
    }
}

proptest! {
    #[test]
    fn reading_what_was_written_gives_the_same_macaroon((root_key, macaroon) in macaroons()) {
        let read = Macaroon::from_bytes(&macaroon.to_bytes()).unwrap();
        prop_assert_eq!(read.to_bytes(), macaroon.to_bytes());
        prop_assert!(read.caveats().eq(macaroon.caveats()));
        prop_assert!(read.is_signed_by(&root_key));
    }

    #[test]
    fn whatever_is_read_is_written_back_byte_for_byte(
        (_, macaroon) in macaroons(),
        at in any::<Index>(),
        byte: u8,
    ) {
        let mut bytes = macaroon.to_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Macaroon::from_bytes(&bytes) {
            prop_assert_eq!(read.to_bytes(), bytes);
        }
    }

    #[test]
    fn no_bytes_make_the_macaroon_reader_panic(mut bytes in vec(any::<u8>(), 0..300)) {
        let _ = Macaroon::from_bytes(&bytes);
        if let Some(first) = bytes.first_mut() {
            *first = 2;
        }
        let _ = Macaroon::from_bytes(&bytes);
    }

    #[test]
    fn no_text_makes_the_header_readers_panic(text in "\\PC{0,200}", structured in "[ ,:=\"'\\\\aL402=A]{0,80}") {
        for text in [text, structured] {
            for header in [text.clone(), format!("L402 {text}"), format!("L402 macaroon=\"{text}")] {
                let _ = Credential::parse(&header);
                let _ = Challenge::find([header.as_str(), text.as_str()]);
            }
        }
    }

    #[test]
    fn a_flipped_bit_outside_the_location_never_verifies(at in any::<Index>(), bit in 0_u8..8) {
        let keys = shop::keys();
        let macaroon = shop::minted(&keys);
        let mut bytes = macaroon.to_bytes();
        let location = 3..3 + macaroon.location().unwrap().len();
        let at = at.index(bytes.len());
        prop_assume!(!location.contains(&at));
        bytes[at] ^= 1 << bit;
        if let Ok(altered) = Macaroon::from_bytes(&bytes) {
            prop_assert!(verify(&keys, &Credential::new(altered, shop::preimage())).is_err());
        }
    }

    #[test]
    fn a_flipped_bit_of_the_preimage_never_verifies(at in 0_usize..32, bit in 0_u8..8) {
        let keys = shop::keys();
        let mut preimage = *shop::preimage().as_bytes();
        preimage[at] ^= 1 << bit;
        prop_assert!(verify(&keys, &Credential::new(shop::minted(&keys), Preimage::from(preimage))).is_err());
    }

    #[test]
    fn appended_caveats_verify_and_never_widen(appended in appended_caveats(), now: u64, request: [u8; 32]) {
        let keys = shop::keys();
        let minted = shop::minted(&keys);
        let mut restricted = minted.clone();
        for caveat in &appended {
            restricted.add_caveat(caveat).unwrap();
        }
        let verified = verify(&keys, &Credential::new(restricted, shop::preimage())).unwrap();

        let right = shop::demand();
        let wrong_request = busker_l402::RequestDigest(request);
        for demand in [
            right,
            Demand { now: UnixSeconds(now), ..right },
            Demand { request: wrong_request, ..right },
            Demand { service: busker_l402::Service::new("video", 0), ..right },
            Demand { service: busker_l402::Service::new("music", 1), ..right },
        ] {
            let allowed_before = Caveats::of(&minted).check(&demand).is_ok();
            prop_assert!(allowed_before || verified.check(&demand).is_err(), "{appended:?} allowed {demand:?}");
        }
    }

    #[test]
    fn a_credential_survives_every_spelling(
        (_, one) in macaroons(),
        (_, two) in macaroons(),
        preimage: [u8; 32],
        scheme in "[lL]402|[lL][sS][aA][tT]",
        space in "[ \t]{1,3}",
        url_alphabet: bool,
        padded: bool,
        upper: bool,
    ) {
        let texts = [&one, &two].map(|macaroon| respelled(&macaroon.to_base64(), url_alphabet, padded));
        let hex = hex::encode(preimage);
        let hex = if upper { hex.to_uppercase() } else { hex };
        let header = format!("{space}{scheme}{space}{}{space}:{hex}{space}", texts.join(","));
        let read = Credential::parse(&header).unwrap();
        prop_assert_eq!(read.preimage().as_bytes(), &preimage);
        let bytes: Vec<_> = read.macaroons().iter().map(Macaroon::to_bytes).collect();
        prop_assert_eq!(bytes, [one.to_bytes(), two.to_bytes()]);
        prop_assert!(read.scheme().as_str().eq_ignore_ascii_case(&scheme));
    }

    #[test]
    fn a_challenge_survives_every_spelling(
        token in "[A-Za-z0-9+/_-]{1,80}={0,2}",
        invoice in "lnbc[0-9a-z]{1,80}",
        scheme in "[lL]402|[lL][sS][aA][tT]",
        token_name in "token|macaroon|Macaroon",
        quote in "[\"']?",
        equals in "=| = ",
        before in "(Payment id=\"a, b\", |Bearer, )?",
        after in "(, Payment request=\"eyJ9\", token=\"x\")?",
        version in "(, version=\"0\"|, version=0)?",
        invoice_first: bool,
    ) {
        let param = |name: &str, value: &str| format!("{name}{equals}{quote}{value}{quote}");
        let mut params = [param(&token_name, &token), param("invoice", &invoice)];
        if invoice_first {
            params.reverse();
        }
        let header = format!("{before}{scheme} {}{version}{after}", params.join(", "));
        let read = Challenge::find([header.as_str()]).unwrap();
        prop_assert_eq!(read.token(), token);
        prop_assert_eq!(read.invoice(), invoice);
    }

    #[test]
    fn a_challenge_written_here_is_read_back((_, macaroon) in macaroons(), invoice in "ln[0-9a-z]{1,80}") {
        let challenge = Challenge::new(&macaroon, &invoice).unwrap();
        let header = challenge.to_string();
        prop_assert_eq!(Challenge::find([header.as_str()]).unwrap(), challenge);
    }
}
