//! From a line of notes and syllables to sound.
//!
//! The voice's model gives every phone five states with spectra; the melody says how long each lasts. In between, the
//! smoothest path that the states allow is taken, a sung pitch replaces the spoken one, and the vocoder makes it sound.

mod breath;
mod loudness;
mod pitch;
mod states;
mod syllables;
mod timing;

use crate::RATE;
use crate::line::Line;
use crate::model::{Context, FRAME_SECONDS, Model, ORDER, Place, STATES, Sound, Unit, trajectory};
use crate::phone::Phone;
use crate::singer::Singer;
use crate::vocoder::{Excitation, Frame, Spectrum, synthesize};
use syllables::Sung;
use timing::{Room, Sounding};

/// One line as sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Take {
    /// The sample of the song that the first of `samples` belongs to.
    pub start: usize,
    /// One channel at [`RATE`](crate::RATE) samples a second. An ordinary note is about −14 dB rms.
    pub samples: Vec<f32>,
}

/// Sings the line at `index` of `lines`.
///
/// Consonants and a breath come before the first note, so a take begins earlier than its line is written, never before the
/// song itself; the lines around it keep their room. The same arguments give the same bits; another `seed` gives another
/// take of the same line, as a second singer in unison would. A line without a note that can be sung gives an empty take.
pub fn sing(singer: &Singer, lines: &[Line], index: usize, seed: u64) -> Take {
    let line = lines.get(index);
    let sung = line.map(syllables::of).unwrap_or_default();
    let (Some(line), false) = (line, sung.is_empty()) else {
        return Take {
            start: 0,
            samples: Vec::new(),
        };
    };
    let model = Model::embedded();
    let sounds = Sounds::of(&sung, model);
    let plan = timing::plan(&sung, &sounds.natural(), room(lines, index, &sung));
    let breath = line
        .breath
        .then(|| breath::before(&plan, quiet_before(lines, index)))
        .flatten();
    let first = breath.map_or_else(|| plan.first().map_or(0.0, |first| first.from), |breath| breath.from);
    let last = plan.iter().map(|sounding| sounding.to).fold(0.0, f64::max);
    // Frames are 220.5 samples: the take begins on a whole pair of them.
    let pair = 2.0 * FRAME_SECONDS;
    let start = libm::floor(((first - 0.01) / pair).max(0.0)) * pair;
    let count = libm::ceil((last - start) / FRAME_SECONDS).max(0.0) as usize + 2;

    let (spectra, sounding) = spectra(&sounds, &plan, start, count, model);
    let gains = loudness::gains(&sung, &plan, &spectra, start, &singer.manner);
    let pitch = pitch::curve(&sung, &plan, start, count, &singer.manner, seed);
    let frame = |at: usize| {
        let now = start + at as f64 * FRAME_SECONDS;
        let inhaled = breath.and_then(|breath| breath.gain(now));
        let (spectrum, excitation, gain, sonorant) = match (spectra[at], sounding[at], inhaled) {
            (Some(cepstrum), Some(sound), _) => {
                let sonorant = if loudness::is_sung_on(sound) { 1.0 } else { 0.0 };
                (Spectrum::Cepstrum(cepstrum), excitation(sound), gains[at], sonorant)
            }
            (_, _, Some(gain)) => (Spectrum::Breath, Excitation::Unvoiced, gain, 0.0),
            _ => (Spectrum::Breath, Excitation::Silent, 0.0, 0.0),
        };
        Frame {
            spectrum,
            pitch: pitch[at],
            excitation,
            gain,
            sonorant,
        }
    };
    let frames: Vec<Frame> = (0..count).map(frame).collect();
    Take {
        start: libm::round(start * f64::from(RATE)) as usize,
        samples: synthesize(&frames, &singer.timbre, seed),
    }
}

/// What may sound before and after a line: its neighbours keep their notes and their first consonants.
fn room(lines: &[Line], index: usize, sung: &[Sung]) -> Room {
    let end = sung.last().map_or(0.0, Sung::end);
    let next = lines[index + 1..]
        .iter()
        .flat_map(|line| &line.notes)
        .map(|note| note.start)
        .find(|start| start.is_finite());
    Room {
        from: quiet_before(lines, index).min(sung.first().map_or(0.0, Sung::start)),
        to: next.map_or(f64::INFINITY, |next| (next - 0.12).max(end + 0.03)),
    }
}

/// When the line before has ended.
fn quiet_before(lines: &[Line], index: usize) -> f64 {
    let before = lines[..index]
        .iter()
        .rev()
        .flat_map(|line| line.notes.iter().rev())
        .map(|note| note.end);
    before
        .into_iter()
        .find(|end| end.is_finite())
        .map_or(0.0, |end| end + 0.02)
}

/// All sounds of a line with their models, a pause before and after each phrase.
struct Sounds<'a> {
    units: Vec<Unit<'a>>,
    pause: Unit<'a>,
    /// Index of the first sound of a phrase → true.
    begins: Vec<bool>,
}

impl<'a> Sounds<'a> {
    fn of(sung: &[Sung], model: &'a Model) -> Self {
        let mut labelled: Vec<(Sound, Option<Place>)> = vec![(Sound::Pause, None)];
        for syllable in sung {
            if syllable.first && labelled.len() > 1 {
                labelled.push((Sound::Pause, None));
            }
            let size = syllable.sounds().count();
            for (at, sound) in syllable.sounds().enumerate() {
                let place = Place {
                    from_front: u8::try_from(at + 1).unwrap_or(u8::MAX),
                    from_back: u8::try_from(size - at).unwrap_or(u8::MAX),
                    stressed: syllable.stress >= 0.4,
                    size: u8::try_from(size).unwrap_or(u8::MAX),
                    vowel: syllable.vowel,
                };
                labelled.push((sound, Some(place)));
            }
        }
        labelled.push((Sound::Pause, None));
        let sound = |at: Option<usize>| {
            at.and_then(|at| labelled.get(at))
                .map_or(Sound::Pause, |labelled| labelled.0)
        };
        let context = |at: usize| Context {
            before: [sound(at.checked_sub(2)), sound(at.checked_sub(1))],
            sound: labelled[at].0,
            after: [sound(Some(at + 1)), sound(Some(at + 2))],
            place: labelled[at].1,
        };
        let spoken = (0..labelled.len()).filter(|at| labelled[*at].1.is_some());
        Self {
            begins: spoken.clone().map(|at| labelled[at - 1].1.is_none()).collect(),
            units: spoken.map(|at| model.unit(&context(at))).collect(),
            pause: model.unit(&context(0)),
        }
    }

    /// Spoken length of each, seconds.
    fn natural(&self) -> Vec<f64> {
        let seconds = |unit: &Unit<'_>| f64::from(unit.means.iter().sum::<f32>()) * FRAME_SECONDS;
        self.units.iter().map(seconds).collect()
    }
}

/// Frames of silence that the model moves through before, between and after phrases; they do not sound.
const PAUSE_FRAMES: usize = 4;

/// What sounds in each frame: its mel-cepstrum and its phone.
fn spectra(
    sounds: &Sounds<'_>,
    plan: &[Sounding],
    start: f64,
    count: usize,
    model: &Model,
) -> (Vec<Option<[f32; ORDER]>>, Vec<Option<Sound>>) {
    let mut states = Vec::new();
    let mut spoken = Vec::new();
    // For each frame of the path, the frame of the take it sounds in.
    let mut places: Vec<Option<usize>> = Vec::new();
    let mut sounding = vec![None; count];
    let frame = |seconds: f64| (libm::round((seconds - start) / FRAME_SECONDS).max(0.0) as usize).min(count);
    let pause = |states: &mut Vec<_>, spoken: &mut Vec<bool>, places: &mut Vec<Option<usize>>| {
        states.extend(sounds.pause.states.map(|state| (state, PAUSE_FRAMES)));
        spoken.extend([false; PAUSE_FRAMES * STATES]);
        places.extend([None; PAUSE_FRAMES * STATES]);
    };
    for one in plan {
        if sounds.begins.get(one.unit).is_some_and(|begins| *begins) {
            pause(&mut states, &mut spoken, &mut places);
        }
        let (from, to) = (frame(one.from), frame(one.to));
        let Some(unit) = sounds.units.get(one.unit).filter(|_| to > from) else {
            continue;
        };
        let lengths = states::divide(one, unit, to - from);
        states.extend(unit.states.iter().copied().zip(lengths).filter(|state| state.1 > 0));
        spoken.extend((from..to).map(|_| true));
        places.extend((from..to).map(Some));
        sounding[from..to].fill(Some(one.sound));
    }
    pause(&mut states, &mut spoken, &mut places);
    let mut path = trajectory(&states);
    model.restore_variance(&mut path, &spoken);
    let mut spectra = vec![None; count];
    for (cepstrum, place) in path.into_iter().zip(places) {
        if let Some(place) = place {
            spectra[place] = Some(cepstrum);
        }
    }
    (spectra, sounding)
}

fn excitation(sound: Sound) -> Excitation {
    use Phone::*;
    match sound {
        Sound::Pause => Excitation::Silent,
        Sound::Phone(P | T | K | F | TH | S | SH | CH | HH) => Excitation::Unvoiced,
        Sound::Phone(V | DH | Z | ZH | JH) => Excitation::Fricative,
        Sound::Phone(_) => Excitation::Voiced,
    }
}
