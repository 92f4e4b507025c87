//! The sounds the voice's labels name.

use crate::phone::Phone;

/// What the voice can utter: the phones, and silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sound {
    Pause,
    Phone(Phone),
}

/// The labels' names, in the order of [`Sound::index`].
const NAMES: [&str; 41] = [
    "pau", "ax", "aa", "ae", "ah", "ao", "aw", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw", "b", "ch",
    "d", "dh", "f", "g", "hh", "jh", "k", "l", "m", "n", "ng", "p", "r", "s", "sh", "t", "th", "v", "w", "y", "z",
    "zh",
];

impl Sound {
    /// A small number of its own for every sound.
    pub(super) fn index(self) -> u8 {
        match self {
            Self::Pause => 0,
            Self::Phone(phone) => 1 + phone as u8,
        }
    }

    /// The [`index`](Self::index) of the sound of that name. Labels know more sounds than this voice was taught.
    pub(super) fn index_of(name: &str) -> Option<u8> {
        let position = NAMES.iter().position(|&known| known == name)?;
        u8::try_from(position).ok()
    }

    /// The name in labels.
    #[cfg(test)]
    pub(super) fn name(self) -> &'static str {
        NAMES[usize::from(self.index())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::{CONSONANTS, VOWELS};

    #[test]
    fn every_phone_is_called_in_labels_as_in_the_dictionary() {
        for &phone in [Phone::AX].iter().chain(&VOWELS).chain(&CONSONANTS) {
            let sound = Sound::Phone(phone);
            assert_eq!(sound.name(), format!("{phone:?}").to_lowercase());
            assert_eq!(Sound::index_of(sound.name()), Some(sound.index()));
        }
        assert_eq!(Sound::index_of("axr"), None);
    }
}
