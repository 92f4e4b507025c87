//! Macaroons minted by other implementations; `vectors/README.md` says how they were made.

use busker_l402::Macaroon;
use serde_json::Value;

/// One entry of `vectors.json`.
struct Case {
    name: String,
    root_key: Vec<u8>,
    location: String,
    identifier: Vec<u8>,
    caveats: Vec<String>,
    /// Who minted it, and the V2 binary form.
    minted: Vec<(String, Vec<u8>)>,
}

fn cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    file.as_array().unwrap().iter().map(Case::read).collect()
}

impl Case {
    fn read(case: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let bytes = |value: &Value| hex::decode(value.as_str().unwrap()).unwrap();
        let minted = case["minted"].as_object().unwrap();
        Self {
            name: text(&case["name"]),
            root_key: bytes(&case["root_key"]),
            location: text(&case["location"]),
            identifier: bytes(&case["identifier"]),
            caveats: case["caveats"].as_array().unwrap().iter().map(text).collect(),
            minted: minted
                .iter()
                .map(|(who, macaroon)| (who.clone(), bytes(macaroon)))
                .collect(),
        }
    }

    fn mint(&self, location: Option<&[u8]>) -> Vec<u8> {
        let mut macaroon = Macaroon::new(&self.root_key, &self.identifier, location).unwrap();
        for caveat in &self.caveats {
            macaroon.add_caveat(caveat).unwrap();
        }
        macaroon.to_bytes()
    }
}

#[test]
fn what_go_javascript_and_python_mint_is_read_verified_and_written_back_byte_for_byte() {
    for case in cases() {
        assert!(case.minted.len() >= 2, "{}", case.name);
        for (who, bytes) in &case.minted {
            let macaroon = Macaroon::from_bytes(bytes).unwrap();
            assert!(macaroon.is_signed_by(&case.root_key), "{} by {who}", case.name);
            assert!(!macaroon.is_signed_by(b"another key"), "{} by {who}", case.name);
            assert_eq!(macaroon.identifier(), case.identifier);
            assert!(
                macaroon.caveats().eq(case.caveats.iter().map(String::as_bytes)),
                "{} by {who}",
                case.name
            );
            assert_eq!(macaroon.location().unwrap_or_default(), case.location.as_bytes());
            assert_eq!(macaroon.to_bytes(), *bytes, "{} by {who}", case.name);
        }
    }
}

#[test]
fn what_is_minted_here_is_what_go_javascript_and_python_mint() {
    for case in cases() {
        for (who, bytes) in &case.minted {
            // pymacaroons writes an empty location, the others none.
            let none = case.location.is_empty() && !who.contains("pymacaroons");
            let location = (!none).then_some(case.location.as_bytes());
            assert_eq!(case.mint(location), *bytes, "{} by {who}", case.name);
        }
    }
}
