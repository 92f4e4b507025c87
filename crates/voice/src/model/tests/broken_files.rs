//! Files that are not what they should be.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::model::{Model, VOICE};

#[test]
fn the_bundled_voice_is_the_published_one() {
    let digest = Sha256::digest(VOICE);
    let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(
        digest,
        "04475446a92233deabaad85fa52a1e2df562cb269cf4acf463752644d6e4ce2e"
    );
    assert!(include_str!("../../../assets/README.md").contains(&digest));
}

#[test]
fn the_bundled_voice_can_be_read() {
    let model = Model::read(VOICE).unwrap();
    assert!(model.global_variance.iter().all(|variance| *variance > 0.0));
}

#[test]
fn a_broken_file_says_what_to_do() {
    let error = Model::read(&VOICE[..VOICE.len() / 2]).err().unwrap();
    assert!(error.to_string().contains("assets/README.md"), "{error}");
}

/// Where the parts that are read end: what is cut off after that is of other streams.
const USED: usize = 1_588_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_truncated_file_is_an_error(length in 0..USED) {
        prop_assert!(Model::read(&VOICE[..length]).is_err());
    }

    #[test]
    fn a_garbled_file_is_read_or_refused_but_never_a_panic(
        changes in prop::collection::vec((0..VOICE.len(), any::<u8>()), 1..40), header in prop::collection::vec((0..1000usize, any::<u8>()), 0..2),
    ) {
        let mut bytes = VOICE.to_vec();
        for (at, byte) in changes.into_iter().chain(header) {
            bytes[at] = byte;
        }
        if let Ok(model) = Model::read(&bytes) {
            for context in super::spoken::contexts("'s-t-r-eh-ng-th-s | ax") {
                let unit = model.unit(&context);
                prop_assert!(unit.states.iter().all(|state| state.mean.iter().all(|mean| mean.is_finite())));
            }
        }
    }
}
