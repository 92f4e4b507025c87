//! Who sings what: singers, sung lines, and the voices behind the lead.

use busker_voice::phone::Phone;
use serde::{Deserialize, Serialize};

use super::{Score, Tick};

/// One voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Singer {
    /// The kind of voice, which also decides the range the melody is written in.
    pub voice: Voice,
    /// How it is sung.
    pub delivery: Delivery,
    /// Several people in unison rather than one.
    pub choir: bool,
}

/// Kinds of voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each name is the voice it stands for")]
pub enum Voice {
    Female,
    Male,
    Child,
}

/// Ways to sing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each name is the delivery it stands for")]
pub enum Delivery {
    #[default]
    Plain,
    Soft,
    Powerful,
    Whispered,
}

/// One sung line.
///
/// What stands in brackets is sung by a backing voice of the role [`BackingRole::Answer`], as a line without `singers`; where
/// the whole line does, that voice's line has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VocalLine {
    /// The line as written.
    pub text: String,
    /// Index into [`Score::sections`](super::Score::sections).
    pub section: usize,
    /// Indices into [`Score::singers`](super::Score::singers) of those who sing it. The first leads and sings the notes as
    /// written; in a duet's chorus the other joins in, with notes of its own among the backing voices.
    #[serde(default)]
    pub singers: Vec<usize>,
    /// Its notes in order, one or more a syllable.
    pub notes: Vec<SungNote>,
}

/// One note of a sung line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SungNote {
    /// The syllable's letters; empty when the syllable before is held on (a melisma).
    pub syllable: String,
    /// What is spoken, exactly one vowel among it; empty when the syllable before is held on.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Index of the word within the line.
    pub word: usize,
    /// Index of the syllable within the word.
    pub part: usize,
    /// 1 main stress, 0 none.
    pub stress: f32,
    /// Where it begins.
    pub start: Tick,
    /// How long it is held.
    pub length: Tick,
    /// MIDI note number.
    pub pitch: u8,
    /// 0-1: how loud.
    pub velocity: f32,
}

/// A voice behind or beside the lead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BackingVoice {
    /// Unique, lower-case, fit for a file name: "double-left", "harmony-above".
    pub name: String,
    /// What it is for; its level follows.
    pub role: BackingRole,
    /// The kind of voice.
    pub voice: Voice,
    /// How it is sung.
    pub delivery: Delivery,
    /// Which person of this kind: 0 is the one who leads, others differ from it in size and habit.
    pub colour: u8,
    /// Left -1 to right 1.
    pub pan: f32,
    /// Sung this much above the notes as written, cents: no two takes are in tune alike.
    pub cents: f32,
    /// Sung this much after the lead, milliseconds.
    pub late_ms: f32,
    /// What it sings, in order of time. Its lines do not overlap.
    pub lines: Vec<VocalLine>,
}

/// What a backing voice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackingRole {
    /// The other of a duet, in the lines that both sing.
    Partner,
    /// The lead once more, on one side.
    Double,
    /// Another tone of the chord, with the lead's words.
    Harmony,
    /// One of many who sing the lead's line.
    Choir,
    /// What is written in brackets, as an answer to the lead.
    Answer,
    /// Held vowels on the chords.
    Pad,
}

impl VocalLine {
    /// First tick of its first note and the tick after its last; `None` without notes.
    pub fn span(&self) -> Option<(Tick, Tick)> {
        let (first, last) = (self.notes.first()?, self.notes.last()?);
        Some((first.start, last.start + last.length))
    }
}

impl Score {
    /// Every line of the lyrics in order of time, whoever sings it.
    pub fn written_lines(&self) -> Vec<&VocalLine> {
        let answers = self.backing.iter().find(|voice| voice.role == BackingRole::Answer);
        let apart = answers.into_iter().flat_map(|voice| &voice.lines);
        let apart = apart.filter(|line| !line.singers.is_empty());
        let mut lines: Vec<&VocalLine> = self.vocals.iter().chain(apart).collect();
        lines.sort_by_key(|line| line.span());
        lines
    }
}
