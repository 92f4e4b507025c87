//! Compiled questions held against the label texts they stand for.

use proptest::prelude::*;

use super::spoken::sounds;
use crate::model::file::VoiceFile;
use crate::model::question::Question;
use crate::model::sound::Sound;
use crate::model::{Context, Place, VOICE};

/// The full-context label of a phone: what varies, and what is constant, written out.
pub(super) fn label(context: &Context) -> String {
    let [p1, p2] = context.before.map(Sound::name);
    let [p4, p5] = context.after.map(Sound::name);
    let p3 = context.sound.name();
    let (place, syllable) = match context.place {
        Some(place) => {
            let (stress, size, vowel) = (u8::from(place.stressed), place.size, place.vowel.name());
            (
                format!("{}_{}", place.from_front, place.from_back),
                format!("{stress}-{stress}-{size}@1-1&3-4#1-2$1-2!1-1;1-1|{vowel}"),
            )
        }
        None => ("x_x".into(), "x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x".into()),
    };
    format!(
        "{p1}^{p2}-{p3}+{p4}={p5}@{place}/A:1_1_2/B:{syllable}/C:1+1+2/D:content_1/E:content+1@2+2&1+2#1+1\
         /F:content_1/G:0_0/H:7=5^1=4|L-L%/I:0=0/J:30+21-4"
    )
}

/// Whether a glob of `*` and `?` matches.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => (0..=text.len()).any(|start| glob(rest, &text[start..])),
        [sign, rest @ ..] => {
            matches!(text, [first, after @ ..] if (sign == first || *sign == b'?') && glob(rest, after))
        }
    }
}

pub(super) fn any_context() -> impl Strategy<Value = Context> {
    let sound = || prop::sample::select(sounds().collect::<Vec<_>>());
    let place = (1..=9u8, 1..=9u8, any::<bool>(), sound());
    (prop::array::uniform5(sound()), prop::option::of(place)).prop_map(|(sounds, place)| {
        let [first, second, sound, fourth, fifth] = sounds;
        Context {
            before: [first, second],
            sound,
            after: [fourth, fifth],
            place: place.map(|(from_front, from_back, stressed, vowel)| Place {
                from_front,
                from_back,
                stressed,
                size: from_front + from_back - 1,
                vowel,
            }),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_question_of_the_voice_answers_as_its_patterns_match_the_label(context in any_context()) {
        let file = VoiceFile::read(VOICE).unwrap();
        let (label, features) = (label(&context), context.features());
        let mut asked = 0;
        for tree in ["DURATION_TREE", "STREAM_TREE[MCP]"] {
            for line in file.text(tree).unwrap().lines().filter(|line| line.starts_with("QS ")) {
                let patterns = || line.split('"').skip(1).step_by(2);
                let matches = patterns().any(|pattern| glob(pattern.as_bytes(), label.as_bytes()));
                prop_assert_eq!(Question::compile(patterns()).accepts(&features), matches, "{} of {}", line, label);
                asked += 1;
            }
        }
        prop_assert_eq!(asked, 501 + 245);
    }
}
