//! How long each state of a phone lasts when the phone is as long as the melody asks.

use super::timing::Sounding;
use crate::model::{STATES, Sound, Unit};
use crate::phone::Phone;

/// The states of a vowel that is held begin and end this much slower than in speech.
const EDGES: f32 = 1.3;

/// At most this share of a held vowel is spent on its beginning and end.
const EDGES_SHARE: f32 = 0.6;

/// Frames of each state; they sum to `frames`. A state of an over-short phone may get none.
pub(crate) fn divide(sounding: &Sounding, unit: &Unit<'_>, frames: usize) -> [usize; STATES] {
    let length = frames as f32;
    let natural = unit.means.iter().sum::<f32>().max(0.1);
    let spare = length - natural;
    let mut states = unit.means;
    if length <= natural * 1.05 {
        states.iter_mut().for_each(|state| *state *= length / natural);
    } else if sounding.nucleus {
        hold(sounding.sound, &mut states, length);
    } else if is_stop(sounding.sound) {
        // The closure grows, the burst stays short.
        let shares = [0.3, 0.4, 0.2, 0.05, 0.05];
        states
            .iter_mut()
            .zip(shares)
            .for_each(|(state, share)| *state += spare * share);
    } else {
        let all = unit.variances.iter().sum::<f32>().max(1e-6);
        let shares = unit.variances.iter().map(|variance| variance / all);
        states
            .iter_mut()
            .zip(shares)
            .for_each(|(state, share)| *state += spare * share);
    }
    rounded(states, frames)
}

/// A plain vowel is held in its middle; a diphthong on its first target, and it glides late.
fn hold(sound: Sound, states: &mut [f32; STATES], length: f32) {
    let (held, paces) = match sound {
        Sound::Phone(phone) if phone.is_diphthong() => (1, [EDGES, 1.0, 1.5, 1.6, 1.4]),
        _ => (2, [EDGES; STATES]),
    };
    states.iter_mut().zip(paces).for_each(|(state, pace)| *state *= pace);
    let mut edges = states.iter().sum::<f32>() - states[held];
    if edges > EDGES_SHARE * length {
        let scale = EDGES_SHARE * length / edges;
        states.iter_mut().for_each(|state| *state *= scale);
        edges = EDGES_SHARE * length;
    }
    states[held] = length - edges;
}

fn is_stop(sound: Sound) -> bool {
    use Phone::*;
    matches!(sound, Sound::Phone(P | T | K | B | D | G))
}

/// Whole frames, rounded on the running sum so that none is lost.
fn rounded(states: [f32; STATES], frames: usize) -> [usize; STATES] {
    let total = states.iter().sum::<f32>().max(1e-6);
    let (mut sum, mut before) = (0.0, 0);
    let mut whole = [0; STATES];
    for (whole, state) in whole.iter_mut().zip(states) {
        sum += state.max(0.0);
        let until = (libm::roundf(sum / total * frames as f32) as usize).clamp(before, frames);
        *whole = until - before;
        before = until;
    }
    whole[STATES - 1] += frames - before;
    whole
}
