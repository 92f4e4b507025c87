//! The song on paper: everything that is decided before a sound is made.
//!
//! Times are integer ticks, [`TICKS_PER_QUARTER`] a quarter note, so that exports (MIDI, LRC, JSON) and sound agree
//! exactly. A score is plain data: `compose` writes it, the instruments read it, nothing looks back.

mod vocals;
mod words;

use serde::{Deserialize, Serialize};

pub use vocals::{BackingRole, BackingVoice, Delivery, Singer, SungNote, VocalLine, Voice};
pub use words::TimedWord;

/// Ticks in one quarter note.
pub const TICKS_PER_QUARTER: u32 = 960;

/// A position or a length in ticks.
pub type Tick = u32;

/// The 14 section tags of the API, and `Drop`, which arrives like a hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name is the tag it stands for")]
pub enum Tag {
    Intro,
    Verse,
    PreChorus,
    Chorus,
    PostChorus,
    Hook,
    Drop,
    Bridge,
    Interlude,
    Transition,
    Break,
    BuildUp,
    Inst,
    Solo,
    Outro,
}

impl Tag {
    /// The tag as buyers write it, without brackets: "Pre Chorus".
    pub fn name(self) -> &'static str {
        match self {
            Self::Intro => "Intro",
            Self::Verse => "Verse",
            Self::PreChorus => "Pre Chorus",
            Self::Chorus => "Chorus",
            Self::PostChorus => "Post Chorus",
            Self::Hook => "Hook",
            Self::Drop => "Drop",
            Self::Bridge => "Bridge",
            Self::Interlude => "Interlude",
            Self::Transition => "Transition",
            Self::Break => "Break",
            Self::BuildUp => "Build Up",
            Self::Inst => "Inst",
            Self::Solo => "Solo",
            Self::Outro => "Outro",
        }
    }
}

/// A whole song on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// What the file is called and what the hook usually sings.
    pub title: String,
    /// The seed that made it.
    pub seed: u64,
    /// Quarter notes a minute as asked; the tempo map may slow down at the very end.
    pub tempo: f64,
    /// Changes of tempo in order; the first is at tick 0.
    pub tempo_map: Vec<TempoChange>,
    /// Tonic and mode.
    pub key: Key,
    /// Beats in a bar and what a beat is.
    pub meter: Meter,
    /// Names of the genre, or of the two that were blended, most important first.
    pub genres: Vec<String>,
    /// Sections in order, without gaps.
    pub sections: Vec<Section>,
    /// Chords in order, without gaps.
    pub chords: Vec<Chord>,
    /// Instruments, in a fixed order.
    pub tracks: Vec<Track>,
    /// Sung lines in order; empty for an instrumental.
    pub vocals: Vec<VocalLine>,
    /// Who sings, the leading voice first; empty for an instrumental.
    #[serde(default)]
    pub singers: Vec<Singer>,
    /// Voices behind and beside the lead: doubles, harmonies, choirs, answers.
    #[serde(default)]
    pub backing: Vec<BackingVoice>,
    /// How it should sound as a whole.
    pub mix: MixPlan,
    /// Why the song is as it is: each decision with the words of the prompt that caused it.
    pub decisions: Vec<Decision>,
    /// What the buyer should know ("the band wrote the lyrics").
    pub warnings: Vec<String>,
}

/// From `tick` on, `bpm` quarter notes a minute.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TempoChange {
    /// Where it takes effect.
    pub tick: Tick,
    /// Quarter notes a minute.
    pub bpm: f64,
}

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Pitch class of the tonic, 0 = C to 11 = B.
    pub tonic: u8,
    /// Scale on that tonic.
    pub mode: Mode,
    /// Spelled with flats ("Bb minor") rather than sharps.
    pub flats: bool,
}

/// Scales the band can play in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name is the mode it stands for")]
pub enum Mode {
    Major,
    Minor,
    Dorian,
    Phrygian,
    Lydian,
    Mixolydian,
}

/// A time signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    /// The upper number.
    pub beats: u8,
    /// The lower number: 4 or 8.
    pub unit: u8,
}

impl Meter {
    /// Length of one bar.
    pub fn bar_ticks(self) -> Tick {
        u32::from(self.beats) * TICKS_PER_QUARTER * 4 / u32::from(self.unit)
    }
}

/// One section of the form. It starts on a bar line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What it is.
    pub tag: Tag,
    /// As the buyer wrote it ("Verse 2"), or the tag's own name.
    pub label: String,
    /// First tick.
    pub start: Tick,
    /// Length in bars, at least 1.
    pub bars: u32,
    /// How much is going on, 0 (a breath) to 5 (the last chorus).
    pub energy: f32,
}

/// One chord and how long it lasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chord {
    /// Where it begins.
    pub start: Tick,
    /// How long it lasts.
    pub length: Tick,
    /// Pitch class of the root.
    pub root: u8,
    /// Semitones above the root, ascending, beginning with 0.
    pub intervals: Vec<u8>,
    /// Pitch class of the bass when it is not the root.
    pub bass: Option<u8>,
    /// As written in a lead sheet: "Em", "B7", "Cmaj7/E".
    pub name: String,
}

/// What a track is for in the mix. Levels follow the role, by measured loudness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The drum kit.
    Drums,
    /// Shakers, claps and the like beside the kit.
    Percussion,
    /// The bass.
    Bass,
    /// The melody, where no one sings it.
    Lead,
    /// The accompaniment the ear follows: the named guitar, the house piano.
    MainComp,
    /// Other accompaniment.
    Comp,
    /// Held chords behind everything.
    Pad,
    /// Short answers between the lines.
    Fill,
    /// Risers, impacts, sweeps.
    Effects,
}

/// One instrument's part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// Unique, lower-case, fit for a file name: "acoustic-guitar", "bass", "drums".
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Which sound plays it.
    pub instrument: Instrument,
    /// Left -1 to right 1.
    pub pan: f32,
    /// Share sent to the reverb, 0-1.
    pub reverb: f32,
    /// Share sent to the tempo delay, 0-1.
    pub delay: f32,
    /// How far the kick pushes it down, decibels (0 = not at all).
    pub sidechain: f32,
    /// Decibels against the role's usual level: a named instrument gets +2.
    pub trim: f32,
    /// Notes by start, then pitch.
    pub notes: Vec<Note>,
}

/// The sounds the band has. Drum kits read pitches as General MIDI drum numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each name is the instrument it stands for")]
pub enum Instrument {
    // Kits
    AcousticKit,
    BrushKit,
    ElectronicKit,
    BoomBapKit,
    HouseKit,
    TrapKit,
    GatedKit,
    OrchestralKit,
    LatinKit,
    // Basses
    ElectricBass,
    PickedBass,
    SlapBass,
    FretlessBass,
    UprightBass,
    SynthBass,
    ReeseBass,
    SubBass,
    Bass808,
    AcidBass,
    WobbleBass,
    // Plucked strings
    SteelGuitar,
    NylonGuitar,
    CleanGuitar,
    MutedGuitar,
    CrunchGuitar,
    DistortedGuitar,
    PedalSteel,
    Ukulele,
    Banjo,
    Mandolin,
    Harp,
    Sitar,
    Koto,
    Shamisen,
    // Keys
    #[default]
    Piano,
    HonkyTonk,
    FeltPiano,
    ElectricPiano,
    ReedPiano,
    Clavinet,
    Harpsichord,
    Organ,
    RockOrgan,
    PipeOrgan,
    Accordion,
    Harmonica,
    // Bowed, blown, sung
    Strings,
    TremoloStrings,
    Pizzicato,
    Violin,
    Viola,
    Cello,
    Erhu,
    Brass,
    Trumpet,
    MutedTrumpet,
    Trombone,
    FrenchHorn,
    Saxophone,
    AltoSaxophone,
    Clarinet,
    Oboe,
    Flute,
    PanFlute,
    Whistle,
    Choir,
    OohChoir,
    VocalChop,
    // Synthesizers
    WarmPad,
    GlassPad,
    SweepPad,
    SawLead,
    SquareLead,
    FmLead,
    Pluck,
    Arp,
    Supersaw,
    Bell,
    // Mallets and bells
    Vibraphone,
    Glockenspiel,
    Marimba,
    Xylophone,
    Kalimba,
    SteelDrum,
    TubularBells,
    Celesta,
    MusicBox,
    Timpani,
    // Noise
    Riser,
    Impact,
    CymbalSwell,
    VinylCrackle,
}

/// One note.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where it is written; the grid stays exact here.
    pub start: Tick,
    /// How long it is held.
    pub length: Tick,
    /// MIDI note number; for kits and effects a General MIDI drum number or unused.
    pub pitch: u8,
    /// 0-1: how hard.
    pub velocity: f32,
    /// Played this many milliseconds late (early when negative): strums, laid-back snares.
    pub nudge_ms: f32,
    /// The MIDI note it slides up or down from, for instruments that can: an 808, a fretless bass, a lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glide_from: Option<u8>,
}

/// How the whole should sound.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MixPlan {
    /// Reverb time in seconds (−60 dB).
    pub reverb_seconds: f32,
    /// Loudness of the room against the dry song, LU.
    pub reverb_level: f32,
    /// Delay time in beats (0.75 = dotted eighth).
    pub delay_beats: f32,
    /// Tilt of the tone, decibels at 8 kHz against the neutral target (negative is darker).
    pub brightness: f32,
    /// Target levels of the octaves 63, 125, 250, 500, 1k, 2k, 4k, 8k Hz against 1 kHz, decibels.
    pub octaves: [f32; 8],
    /// Loudness of the loudest section over the softest sung one, LU.
    pub dynamics: f32,
    /// Side to mid, decibels (−6 wide to −14 narrow).
    pub width: f32,
    /// How much of each repeat of the delay makes the next, 0-0.8.
    #[serde(default = "usual_feedback")]
    pub delay_feedback: f32,
    /// How much of a phrase's last backbeat is thrown into the delay, 0-1: dub.
    #[serde(default)]
    pub throws: f32,
    /// Loudness of the lead voice against the band while it sings, LU.
    #[serde(default)]
    pub voice: f32,
    /// How much of a voice's last word before a rest is thrown into the delay, 0-1.
    #[serde(default)]
    pub voice_throws: f32,
    /// How hard the song is driven onto tape, 0 (clean) to 1.
    #[serde(default)]
    pub saturation: f32,
    /// How far the tape's speed strays, percent of the pitch.
    #[serde(default)]
    pub wow: f32,
    /// Where the treble ends, hertz; 0: nowhere.
    #[serde(default)]
    pub low_pass: f32,
}

fn usual_feedback() -> f32 {
    0.36
}

/// One decision and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// "tempo", "key", "genre", "instrument", "singer", …
    pub what: String,
    /// What was decided: "90 BPM".
    pub value: String,
    /// The words of the prompt that caused it, or why the default was taken.
    pub because: String,
}

impl Score {
    /// The tick after the last bar.
    pub fn end(&self) -> Tick {
        self.sections
            .last()
            .map_or(0, |section| section.start + section.bars * self.meter.bar_ticks())
    }

    /// Seconds from the start of the song to `tick`.
    pub fn seconds(&self, tick: Tick) -> f64 {
        let mut seconds = 0.0;
        for (index, change) in self.tempo_map.iter().enumerate() {
            if change.tick >= tick {
                break;
            }
            let until = self.tempo_map.get(index + 1).map_or(tick, |next| next.tick.min(tick));
            seconds += f64::from(until - change.tick) / f64::from(TICKS_PER_QUARTER) * 60.0 / change.bpm;
        }
        seconds
    }
}

impl Mode {
    /// The third of the scale is minor.
    pub fn is_minor(self) -> bool {
        matches!(self, Self::Minor | Self::Dorian | Self::Phrygian)
    }
}

impl Key {
    /// The third of the scale is minor.
    pub fn is_minor(self) -> bool {
        self.mode.is_minor()
    }

    /// "E minor", "Bb major", "D dorian".
    pub fn name(self) -> String {
        let mode = match self.mode {
            Mode::Major => "major",
            Mode::Minor => "minor",
            Mode::Dorian => "dorian",
            Mode::Phrygian => "phrygian",
            Mode::Lydian => "lydian",
            Mode::Mixolydian => "mixolydian",
        };
        format!("{} {mode}", pitch_name(self.tonic, self.flats))
    }

    /// As a chord symbol: "Em" for E minor and for E dorian.
    pub fn symbol(self) -> String {
        let third = if self.is_minor() { "m" } else { "" };
        format!("{}{third}", pitch_name(self.tonic, self.flats))
    }
}

/// The letter name of a pitch class.
pub fn pitch_name(pitch_class: u8, flats: bool) -> &'static str {
    const SHARPS: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
    const FLATS: [&str; 12] = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];
    let names = if flats { FLATS } else { SHARPS };
    names[usize::from(pitch_class % 12)]
}
