//! What a singer is given: notes with syllables under them, in seconds from the start of the song.

use crate::phone::Phone;

/// The notes of one breath.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// In order of time. Notes that overlap are cut where the next begins.
    pub notes: Vec<Note>,
    /// Breathe in audibly before it, if there is time.
    pub breath: bool,
}

/// One note.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// When its vowel begins, seconds. The consonants before the vowel come earlier.
    pub start: f64,
    /// When it ends, seconds.
    pub end: f64,
    /// MIDI note number; fractions are sung as they are.
    pub pitch: f32,
    /// 0-1: how loud. 0.7 is ordinary.
    pub velocity: f32,
    /// What is sung on it. `None`: the syllable before is held on (a melisma).
    pub syllable: Option<Syllable>,
}

/// One syllable as it sounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Syllable {
    /// Exactly one vowel among them is wanted. Without one it is hummed on a neutral vowel; of several the first is held.
    pub phones: Vec<Phone>,
    /// 1 main stress, 0 none.
    pub stress: f32,
}
