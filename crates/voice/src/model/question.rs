//! Questions about a phone's surroundings, made from patterns over label texts.
//!
//! A voice file asks by glob patterns that match the text of a full-context label, such as `*^ae-*`: "is the sound
//! before an ae?". Our labels vary in ten fields only; the rest is constant. So every pattern either names a value of one
//! field or was decided long ago, and a question becomes a set of accepted values for each field.

use super::context::{Features, NONE, SLOTS, Slot};
use super::sound::Sound;

/// A question, ready to be asked.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// Bit `v` of a slot's set: the answer is yes if that slot has the value `v`.
    accepted: [u64; SLOTS],
    /// The answer is yes for everything in a syllable, or for every pause, by a constant field.
    always_in_syllable: bool,
    always_in_pause: bool,
}

impl Question {
    /// Compiles a question from its patterns, any of which makes it true.
    pub(super) fn compile<'a>(patterns: impl Iterator<Item = &'a str>) -> Self {
        let mut question = Self::default();
        for pattern in patterns.map(Pattern::parse) {
            if let Some((slot, value)) = pattern.slot() {
                question.accepted[slot as usize] |= 1 << value;
            } else {
                question.always_in_syllable |= pattern.is_in(&IN_SYLLABLE);
                question.always_in_pause |= pattern.is_in(&IN_PAUSE);
            }
        }
        question
    }

    pub(super) fn accepts(&self, features: &Features) -> bool {
        let always = if features.in_syllable {
            self.always_in_syllable
        } else {
            self.always_in_pause
        };
        let mut fields = self.accepted.iter().zip(features.values);
        always || fields.any(|(set, value)| set >> value & 1 == 1)
    }
}

/// The text before and after each varying field.
const FIELDS: [(Slot, &str, &str); SLOTS] = [
    (Slot::SecondBefore, "", "^"),
    (Slot::Before, "^", "-"),
    (Slot::Sound, "-", "+"),
    (Slot::After, "+", "="),
    (Slot::SecondAfter, "=", "@"),
    (Slot::FromFront, "@", "_"),
    (Slot::FromBack, "_", "/A:"),
    (Slot::Stress, "/B:", "-"),
    (Slot::Size, "-", "@"),
    (Slot::Vowel, "|", "/C:"),
];

/// The constant rest of a label within a syllable, an unremarkable one within a long utterance.
const IN_SYLLABLE: [&str; 3] = [
    "/A:1_1_2/B:",
    "@1-1&3-4#1-2$1-2!1-1;1-1|",
    "/C:1+1+2/D:content_1/E:content+1@2+2&1+2#1+1/F:content_1/G:0_0/H:7=5^1=4|L-L%/I:0=0/J:30+21-4",
];

/// The same for a pause, which has no syllable.
const IN_PAUSE: [&str; 1] = ["@x_x/A:1_1_2/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x\
     /C:1+1+2/D:content_1/E:content+1@2+2&1+2#1+1/F:content_1/G:0_0/H:7=5^1=4|L-L%/I:0=0/J:30+21-4"];

/// A glob pattern of the kind that voice files use: text, `?` for any character, `*` at the ends only.
#[derive(Clone, Copy)]
struct Pattern<'a> {
    text: &'a str,
    open_start: bool,
    open_end: bool,
}

impl<'a> Pattern<'a> {
    fn parse(glob: &'a str) -> Self {
        let (text, open_start) = glob.strip_prefix('*').map_or((glob, false), |rest| (rest, true));
        let (text, open_end) = text.strip_suffix('*').map_or((text, false), |rest| (rest, true));
        Self {
            text,
            open_start,
            open_end,
        }
    }

    /// The field and the value that this asks for.
    fn slot(self) -> Option<(Slot, u8)> {
        FIELDS.iter().find_map(|&(slot, before, after)| {
            if self.open_start == before.is_empty() || !self.open_end {
                return None;
            }
            let text = self.text.strip_prefix(before)?.strip_suffix(after)?;
            let value = match slot {
                Slot::FromFront | Slot::FromBack | Slot::Stress | Slot::Size => text.parse().ok()?,
                _ => Sound::index_of(text)?,
            };
            (value < NONE).then_some((slot, value))
        })
    }

    /// Whether constant parts of a label, the last of which ends it, match.
    fn is_in(self, parts: &[&str]) -> bool {
        let wanted = self.text.as_bytes();
        let matches = |found: &[u8]| {
            let mut pairs = found.iter().zip(wanted);
            found.len() == wanted.len() && pairs.all(|(found, &wanted)| wanted == b'?' || *found == wanted)
        };
        // Every label starts with a sound, which varies.
        if !self.open_start || wanted.is_empty() {
            return false;
        }
        if self.open_end {
            return parts
                .iter()
                .any(|part| part.as_bytes().windows(wanted.len()).any(matches));
        }
        let end = parts.last().map_or("", |part| part).as_bytes();
        end.len()
            .checked_sub(wanted.len())
            .is_some_and(|start| matches(&end[start..]))
    }
}
