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

/// The first place where the file says `text`.
fn place(text: &str) -> usize {
    let mut windows = VOICE.windows(text.len());
    windows.position(|window| window == text.as_bytes()).expect(text)
}

#[test]
fn a_file_that_says_something_impossible_is_refused() {
    let cases = [
        (
            "SAMPLING_FREQUENCY:32000",
            "SAMPLING_FREQUENCY:48000",
            "another kind of voice",
        ),
        ("NUM_STATES:5", "NUM_STATES:7", "another kind of voice"),
        ("ALPHA=0.45", "ALPHA=0.42", "another kind of voice"),
        ("GV_PDF[MCP]", "GV_PDF[MGC]", "lacks a line"),
        ("1587057-1587780", "9587057-9587780", "beyond the file"),
        ("1587057-1587780", "1587780-1587057", "beyond the file"),
        ("3 -0.5 0.0 0.5", "3 -0.7 0.0 0.7", "other windows"),
        (" -9      \n", " -0      \n", "leads nowhere"),
        (" -9      \n", " -999999 \n", "leads nowhere"),
        ("\"mcep_s6_163\"", "\"mcep_s6_999\"", "leads nowhere"),
        ("\"mcep_s6_163\"", "\"mcep_s6_000\"", "unknown form"),
        ("   0 C-silences ", "   0 C-noises   ", "unknown form"),
        ("  -2 Seg_Fw<=1 ", "  -7 Seg_Fw<=1 ", "unknown form"),
        ("{*}[2]", "{ }   ", "outside a tree"),
        ("{*}[6]", "      ", "unknown form"),
        ("QS LL-Vowel {", "QS_LL-Vowel {", "outside a tree"),
    ];
    for (said, instead, problem) in cases {
        let (mut bytes, at) = (VOICE.to_vec(), place(said));
        bytes[at..at + said.len()].copy_from_slice(instead.as_bytes());
        let error = Model::read(&bytes)
            .err()
            .unwrap_or_else(|| panic!("{instead:?} was read"));
        assert!(error.to_string().contains(problem), "{instead:?}: {error}");
    }
}

#[test]
fn a_distribution_that_cannot_be_is_refused() {
    // The durations come first: how many leaves there are, then of each five means and five variances.
    let durations = place("[DATA]\n") + 7;
    let cases = [
        (1, f32::NAN.to_le_bytes(), "value that cannot be"),
        (1, f32::INFINITY.to_le_bytes(), "value that cannot be"),
        (6, 0.0_f32.to_le_bytes(), "value that cannot be"),
        (6, (-1.0_f32).to_le_bytes(), "value that cannot be"),
        (0, 1028_u32.to_le_bytes(), "length it speaks of"),
        (0, u32::MAX.to_le_bytes(), "length it speaks of"),
    ];
    for (word, instead, problem) in cases {
        let (mut bytes, at) = (VOICE.to_vec(), durations + 4 * word);
        bytes[at..at + 4].copy_from_slice(&instead);
        let error = Model::read(&bytes)
            .err()
            .unwrap_or_else(|| panic!("{instead:?} was read"));
        assert!(error.to_string().contains(problem), "{instead:?}: {error}");
    }
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
