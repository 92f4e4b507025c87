//! One instrument of a SoundFont, played note by note.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rustysynth::{Synthesizer, SynthesizerSettings};

use super::{DRUM_BANK, Preset};
use crate::dsp::{RATE, samples};
use crate::instruments::{self, Release, Sound, Touch};
use crate::score::Instrument;

/// Samples rendered at once: whole blocks of the synthesizer, which starts notes only where a block begins.
const STEP: usize = 64 * 32;
/// The longest a note rings after its key is let go, in samples, and the longest a drum does.
const LONGEST_RELEASE: usize = 4 * RATE as usize;
const LONGEST_DRUM: usize = 7 * RATE as usize;
/// Below this a sound is over, or was never there.
const SILENCE: f32 = 2e-5;
/// How much of two sounds is compared for their level, in samples.
const COMPARED: usize = RATE as usize / 2;

/// Plays one instrument from samples, as loud as the band's own instrument would be.
pub(crate) struct Sampler {
    instrument: Instrument,
    preset: Preset,
    /// None after the synthesizer failed.
    synthesizer: Option<Synthesizer>,
    /// Gains that make the samples as loud as the band's own sounds: for each drum, or one for all pitches (key 0).
    levels: BTreeMap<u8, Option<f32>>,
}

impl Sampler {
    /// A player of `preset` in `font`.
    pub(super) fn new(font: &Arc<rustysynth::SoundFont>, instrument: Instrument, preset: Preset) -> Option<Self> {
        let mut settings = SynthesizerSettings::new(RATE as i32);
        settings.maximum_polyphony = 16;
        settings.enable_reverb_and_chorus = false;
        Some(Self {
            instrument,
            preset,
            synthesizer: Some(Synthesizer::new(font, &settings).ok()?),
            levels: BTreeMap::new(),
        })
    }

    /// The sound of one note, if the file has one.
    pub(crate) fn play(&mut self, touch: &Touch) -> Option<Sound> {
        let level = self.level(touch.pitch)?;
        let mut sound = self.render(touch)?;
        // Samples grow louder with velocity by their own law (the square); the band's law replaces it.
        let own = instruments::loudness(touch.velocity);
        let theirs = f32::from(velocity(touch)) / 127.0;
        let gain = level * own / (theirs * theirs);
        for sample in sound.left.iter_mut().chain(sound.right.iter_mut().flatten()) {
            *sample *= gain;
        }
        Some(sound)
    }

    /// How much louder the band's own sound is at full velocity.
    fn level(&mut self, pitch: u8) -> Option<f32> {
        let kit = instruments::is_kit(self.instrument);
        if let Some(level) = self.levels.get(if kit { &pitch } else { &0 }) {
            return *level;
        }
        let touch = Touch {
            pitch,
            velocity: 1.0,
            held: COMPARED,
            variant: 0,
            from: None,
            beat: RATE / 2.0,
        };
        let theirs = self.render(&touch).map_or(0.0, |sound| strength(&sound));
        let own = strength(&instruments::play(self.instrument, &touch));
        let level = (theirs > SILENCE).then(|| (own / theirs).clamp(0.05, 20.0));
        self.levels.insert(if kit { pitch } else { 0 }, level);
        level
    }

    fn render(&mut self, touch: &Touch) -> Option<Sound> {
        let (instrument, preset) = (self.instrument, self.preset);
        let synthesizer = self.synthesizer.as_mut()?;
        // A file whose contradictions show only here must not cost the song.
        let rendered = catch_unwind(AssertUnwindSafe(|| render(synthesizer, instrument, preset, touch)));
        if rendered.is_err() {
            self.synthesizer = None;
        }
        rendered.ok().flatten()
    }
}

fn render(synthesizer: &mut Synthesizer, instrument: Instrument, preset: Preset, touch: &Touch) -> Option<Sound> {
    const PROGRAM_CHANGE: i32 = 0xC0;
    let kit = preset.bank == DRUM_BANK;
    let channel = if kit { Synthesizer::PERCUSSION_CHANNEL as i32 } else { 0 };
    synthesizer.reset();
    synthesizer.process_midi_message(channel, PROGRAM_CHANGE, preset.patch, 0);
    synthesizer.note_on(channel, i32::from(touch.pitch), i32::from(velocity(touch)));

    let (held, release) = match instruments::habit(instrument).release {
        _ if kit => (LONGEST_DRUM, 0),
        Release::Damped(seconds) => (touch.held + samples(seconds * 1.1), 0),
        Release::Own => (touch.held, LONGEST_RELEASE),
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let silent = extend(synthesizer, &mut left, &mut right, held);
    if !silent && release > 0 {
        synthesizer.note_off(channel, i32::from(touch.pitch));
        extend(synthesizer, &mut left, &mut right, held + release);
    }
    if left.iter().chain(&right).all(|sample| sample.abs() < SILENCE) {
        return None;
    }
    Some(if left == right {
        Sound::mono(left)
    } else {
        Sound::stereo(left, right)
    })
}

/// Renders on to `length` samples, and tells whether the note was over before.
fn extend(synthesizer: &mut Synthesizer, left: &mut Vec<f32>, right: &mut Vec<f32>, length: usize) -> bool {
    while left.len() < length {
        let from = left.len();
        left.resize(from + STEP.min((length - from).next_multiple_of(64)), 0.0);
        right.resize(left.len(), 0.0);
        synthesizer.render(&mut left[from..], &mut right[from..]);
        let over = |side: &[f32]| side[from..].iter().all(|sample| sample.abs() < SILENCE);
        if from > STEP && over(left) && over(right) {
            return true;
        }
    }
    false
}

/// MIDI velocity. Below 16 many files are silent.
fn velocity(touch: &Touch) -> u8 {
    (touch.velocity * 127.0 + 0.5).clamp(16.0, 127.0) as u8
}

/// Root mean square of both sides over the beginning of a sound.
fn strength(sound: &Sound) -> f32 {
    let power = |side: &[f32]| {
        let side = &side[..side.len().min(COMPARED)];
        side.iter().map(|sample| sample * sample).sum::<f32>() / COMPARED as f32
    };
    let left = power(&sound.left);
    let right = sound.right.as_ref().map_or(left, |right| power(right));
    ((left + right) / 2.0).sqrt()
}
