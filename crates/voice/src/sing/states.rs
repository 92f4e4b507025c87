//! How long each state of a phone lasts when the phone is as long as the melody asks.

use super::timing::Sounding;
use crate::model::{STATES, Sound, Unit};
use crate::phone::Phone;

/// A plain vowel that is held begins and ends this much slower than in speech: where all the length goes to its middle,
/// the way from and to its consonants is too short beside it to be heard.
const PLAIN: [f32; STATES] = [3.0; STATES];

/// The same for a diphthong, which is held on its first target.
const GLIDING: [f32; STATES] = [1.0, 1.0, 1.5, 1.6, 1.4];

/// How what is left of a diphthong's length is shared: half is held, half glides.
const GLIDE: [f32; STATES] = [0.0, 0.5, 0.15, 0.2, 0.15];

/// At most this share of a held vowel is spent on its beginning and end.
const EDGES_SHARE: f32 = 0.7;

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
    let gliding = matches!(sound, Sound::Phone(phone) if phone.is_diphthong());
    let (held, paces) = if gliding { (1, GLIDING) } else { (2, PLAIN) };
    states.iter_mut().zip(paces).for_each(|(state, pace)| *state *= pace);
    let edges = states.iter().sum::<f32>() - states[held];
    let scale = (EDGES_SHARE * length / edges).min(1.0);
    states.iter_mut().for_each(|state| *state *= scale);
    let rest = length - edges * scale;
    states[held] = 0.0;
    let shares = if gliding { GLIDE } else { [0.0, 0.0, 1.0, 0.0, 0.0] };
    states
        .iter_mut()
        .zip(shares)
        .for_each(|(state, share)| *state += rest * share);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Context, Model};

    fn sounding(phone: Phone, nucleus: bool) -> Sounding {
        Sounding {
            sound: Sound::Phone(phone),
            from: 0.0,
            to: 0.0,
            syllable: 0,
            nucleus,
            unit: 0,
        }
    }

    fn unit(phone: Phone) -> Unit<'static> {
        Model::embedded().unit(&Context {
            before: [Sound::Pause; 2],
            sound: Sound::Phone(phone),
            after: [Sound::Pause; 2],
            place: None,
        })
    }

    #[test]
    fn the_states_of_a_phone_last_as_long_as_the_phone() {
        for (phone, nucleus) in [
            (Phone::AA, true),
            (Phone::AY, true),
            (Phone::T, false),
            (Phone::S, false),
        ] {
            for frames in 0..400 {
                let states = divide(&sounding(phone, nucleus), &unit(phone), frames);
                assert_eq!(states.iter().sum::<usize>(), frames, "{phone:?}");
            }
        }
    }

    #[test]
    fn long_vowels_are_held_diphthongs_on_their_first_target_and_stops_on_their_closure() {
        let divide = |phone, nucleus| divide(&sounding(phone, nucleus), &unit(phone), 120);
        let longest = |states: [usize; STATES]| (0..STATES).max_by_key(|state| states[*state]);
        assert_eq!(longest(divide(Phone::AA, true)), Some(2));
        assert_eq!(longest(divide(Phone::AY, true)), Some(1));
        assert!(divide(Phone::T, false)[..2].iter().sum::<usize>() > 60);
    }
}
