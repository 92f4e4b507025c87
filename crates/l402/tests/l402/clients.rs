//! Each client finds macaroon and invoice in its own way; these are their ways, run on our header.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use busker_l402::{Challenge, Credential, Macaroon, verify};
use regex::Regex;

use crate::shop;

/// Macaroon and invoice as captured by the two groups `macaroon` and `invoice`.
fn captured(pattern: &str, header: &str) -> (String, String) {
    let captures = Regex::new(pattern)
        .unwrap()
        .captures(header)
        .expect("the client finds nothing");
    (captures["macaroon"].to_owned(), captures["invoice"].to_owned())
}

fn offered() -> (Challenge, (String, String)) {
    let challenge = shop::challenge(&shop::keys());
    let parts = (challenge.token().to_owned(), challenge.invoice().to_owned());
    (challenge, parts)
}

#[test]
fn lnget_finds_macaroon_and_invoice_in_the_first_header_line() {
    let (challenge, parts) = offered();
    let header = challenge.to_string();
    assert!(header.to_lowercase().starts_with("l402 "));
    let pattern = r#"(?i)(LSAT|L402)\s+macaroon="(?<macaroon>[^"]+)",\s*invoice="(?<invoice>[^"]+)""#;
    assert_eq!(captured(pattern, &header), parts);
}

#[test]
fn apertures_client_finds_them_behind_exactly_one_space() {
    let (challenge, parts) = offered();
    let pattern = r#"(LSAT|L402) macaroon="(?<macaroon>.*?)", invoice="(?<invoice>.*?)""#;
    assert_eq!(captured(pattern, &challenge.to_string()), parts);
}

#[test]
fn l402_requests_finds_macaroon_first_and_invoice_next() {
    let (challenge, parts) = offered();
    let pattern = r#"(?:L402|LSAT)\s+macaroon="(?<macaroon>[^"]+)"\s*,\s*invoice="(?<invoice>[^"]+)""#;
    assert_eq!(captured(pattern, &challenge.to_string()), parts);
}

#[test]
fn albys_client_finds_the_token_after_removing_the_scheme_names_wherever_they_are() {
    let (challenge, (macaroon, invoice)) = offered();
    let header = challenge.to_string().replacen("L402", "", 1).replacen("LSAT", "", 1);
    let param = Regex::new(r#"(\w+)=("([^"]*)"|'([^']*)'|([^,]*))"#).unwrap();
    let value = |name: &str| {
        let found = param
            .captures_iter(&header)
            .find(|captures| &captures[1] == name)
            .unwrap();
        found[3].to_owned()
    };
    assert_eq!(value("token"), macaroon);
    assert_eq!(value("invoice"), invoice);
}

#[test]
fn fewsats_client_finds_each_by_the_lack_of_spaces() {
    let (challenge, (macaroon, invoice)) = offered();
    let first = |pattern: &str| Regex::new(pattern).unwrap().captures(&challenge.to_string()).unwrap()[1].to_owned();
    assert_eq!(first(r#"macaroon="([^ ]+)""#), macaroon);
    assert_eq!(first(r#"invoice="([^ ]+)""#), invoice);
}

#[test]
fn lsat_js_finds_them_by_splitting_at_commas() {
    let (challenge, (macaroon, invoice)) = offered();
    let header = challenge.to_string();
    let (_, params) = header.split_once(' ').unwrap();
    let part = |name: &str| {
        let prefix = format!("{name}=");
        let part = params
            .split(',')
            .map(str::trim)
            .find(|part| part.starts_with(&prefix))
            .unwrap();
        part[prefix.len()..].trim_matches('"').to_owned()
    };
    assert_eq!(part("macaroon"), macaroon);
    assert_eq!(part("invoice"), invoice);
}

#[test]
fn the_token_is_padded_standard_base64_of_a_v2_macaroon_with_a_version_0_identifier_first() {
    let (challenge, _) = offered();
    let bytes = STANDARD.decode(challenge.token()).unwrap();
    // Version, location field, then the identifier's tag, its length 66 and its version 0.
    assert_eq!(bytes[0], 2);
    let identifier = 1 + 2 + usize::from(bytes[2]);
    assert_eq!(bytes[identifier..identifier + 4], [2, 66, 0, 0]);
}

/// lnget and Aperture's client append the preimage to the macaroon and mirror the scheme's name.
#[test]
fn a_macaroon_with_the_preimage_appended_by_lnget_still_verifies() {
    let keys = shop::keys();
    let mut macaroon = shop::minted(&keys);
    let hex = shop::preimage().to_hex();
    macaroon.add_caveat(format!("preimage={}", *hex)).unwrap();
    let header = format!("LSAT {}:{}", macaroon.to_base64(), *hex);

    let verified = verify(&keys, &Credential::parse(&header).unwrap()).unwrap();
    assert_eq!(verified.payment_hash, shop::preimage().payment_hash());
    assert_eq!(verified.check(&shop::demand()), Ok(()));
    assert!(
        !format!("{verified:?}").contains(hex.as_str()),
        "the preimage must not be printed"
    );
}

#[test]
fn a_thousand_tokens_are_free_of_the_words_that_albys_client_removes() {
    let keys = shop::keys();
    for n in 0..1_000_u16 {
        let mut hash = [0; 32];
        hash[..2].copy_from_slice(&n.to_be_bytes());
        let token: Macaroon = keys.mint(hash.into(), &shop::terms()).unwrap();
        let text = token.to_base64();
        assert!(!text.contains("L402") && !text.contains("LSAT"), "{text}");
    }
}
