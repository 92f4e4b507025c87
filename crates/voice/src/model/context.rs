//! The surroundings of a phone, as far as they change how it sounds.
//!
//! Full labels of the format also tell of words, phrases and the whole utterance. Those fields hardly change the leaf
//! that is found, and a song has no such structure anyway, so that they are held constant: see
//! [`question`](super::question).

use super::sound::Sound;

/// A phone and its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Context {
    /// The two sounds before, the farther first. Beyond the ends of a line there are pauses.
    pub(crate) before: [Sound; 2],
    pub(crate) sound: Sound,
    /// The two sounds after, the nearer first.
    pub(crate) after: [Sound; 2],
    /// Where in its syllable the phone is; a pause is in none.
    pub(crate) place: Option<Place>,
}

/// Where in its syllable a phone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Position in the syllable, 1 for its first phone.
    pub(crate) from_front: u8,
    /// The same from the end, 1 for its last phone.
    pub(crate) from_back: u8,
    /// Whether the syllable bears stress.
    pub(crate) stressed: bool,
    /// The phones of the syllable.
    pub(crate) size: u8,
    /// Its nucleus.
    pub(crate) vowel: Sound,
}

/// One field of a label that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    SecondBefore,
    Before,
    Sound,
    After,
    SecondAfter,
    FromFront,
    FromBack,
    Stress,
    Size,
    Vowel,
}

/// How many fields vary.
pub(super) const SLOTS: usize = 10;

/// What no question accepts: the value of a field that a pause does not have, or a number beyond all that are asked for.
pub(super) const NONE: u8 = 63;

/// The value of every [`Slot`], each below 64.
pub(super) struct Features {
    pub(super) values: [u8; SLOTS],
    pub(super) in_syllable: bool,
}

impl Context {
    pub(super) fn features(&self) -> Features {
        let [second_before, before] = self.before.map(Sound::index);
        let [after, second_after] = self.after.map(Sound::index);
        let place = match &self.place {
            Some(place) => [
                place.from_front.min(NONE),
                place.from_back.min(NONE),
                u8::from(place.stressed),
                place.size.min(NONE),
                place.vowel.index(),
            ],
            None => [NONE; 5],
        };
        let [front, back, stress, size, vowel] = place;
        let sound = self.sound.index();
        Features {
            values: [
                second_before,
                before,
                sound,
                after,
                second_after,
                front,
                back,
                stress,
                size,
                vowel,
            ],
            in_syllable: self.place.is_some(),
        }
    }
}
