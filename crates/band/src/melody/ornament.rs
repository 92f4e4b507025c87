//! Small notes that make a line an instrument's own: grace notes from below or above, and turns on long ones.

use crate::harmony::numeral;
use crate::rng::Rng;
use crate::score::{Key, Note, TICKS_PER_QUARTER, Tick};

/// How long a small note lasts, in seconds.
const SMALL: f64 = 0.075;

/// Decorates some of the notes that last a beat or more; `readily` is 0-1.
pub(super) fn decorated(notes: Vec<Note>, key: Key, tempo: f64, readily: f32, rng: &mut Rng) -> Vec<Note> {
    let small = (SMALL * tempo / 60.0 * f64::from(TICKS_PER_QUARTER)) as Tick;
    let mut decorated = Vec::with_capacity(notes.len());
    for note in notes {
        let long = note.length >= TICKS_PER_QUARTER * 9 / 10;
        let chosen = rng.chance(0.5 * readily);
        let turns = rng.chance(0.3);
        if !(long && chosen) {
            decorated.push(note);
            continue;
        }
        let (above, below) = (beside(note.pitch, 1, key), beside(note.pitch, -1, key));
        let shape: &[u8] = match turns {
            true if note.length >= small * 8 => &[above, note.pitch, below],
            _ => &[below],
        };
        let mut at = note.start;
        for pitch in shape {
            decorated.push(Note {
                start: at,
                length: small,
                pitch: *pitch,
                velocity: note.velocity * 0.82,
                ..note
            });
            at += small;
        }
        decorated.push(Note {
            start: at,
            length: note.length - (at - note.start),
            ..note
        });
    }
    decorated
}

/// The next tone of the scale in this direction.
fn beside(pitch: u8, direction: i32, key: Key) -> u8 {
    let in_scale = |pitch: &i32| {
        let degree = (pitch - i32::from(key.tonic)).rem_euclid(12) as u8;
        numeral::scale(key.mode).contains(&degree)
    };
    let pitch = i32::from(pitch);
    let next = (1..=3).map(|away| pitch + direction * away).find(in_scale);
    next.unwrap_or(pitch).clamp(0, 127) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Mode;

    #[test]
    fn small_notes_take_their_time_from_the_long_one() {
        let long = Note {
            start: 960,
            length: 1920,
            pitch: 72,
            velocity: 0.7,
            nudge_ms: 0.0,
            glide_from: None,
        };
        let key = Key {
            tonic: 0,
            mode: Mode::Major,
            flats: false,
        };
        let mut rng = Rng::stream(1, &[]);
        let notes = decorated(vec![long; 20], key, 120.0, 1.0, &mut rng);
        assert!(notes.len() > 24);
        let heard = notes.iter().map(|note| note.length).sum::<Tick>();
        assert_eq!(heard, 20 * long.length);
        assert!(notes.iter().all(|note| [71, 72, 74].contains(&note.pitch)));
    }
}
