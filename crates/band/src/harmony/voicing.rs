//! Where the tones of a chord lie: as near as possible to where the chord before left them.

use crate::genre::Voicing;
use crate::score::Chord;

/// The voicing of every chord, low to high, MIDI note numbers.
pub(crate) fn voicings(chords: &[Chord], voicing: Voicing) -> Vec<Vec<u8>> {
    let mut before: Vec<i32> = Vec::new();
    let lay_out = |chord: &Chord| {
        let tones = match voicing {
            Voicing::Guitar => guitar(chord),
            Voicing::Power => power(chord),
            Voicing::Wide => wide(chord),
            Voicing::Close => led(&all_tones(chord), &before, 62),
            Voicing::High => led(&all_tones(chord), &before, 72),
            Voicing::Shell => led(&shell(chord), &before, 61),
        };
        before.clone_from(&tones);
        tones.into_iter().map(|pitch| pitch.clamp(0, 127) as u8).collect()
    };
    chords.iter().map(lay_out).collect()
}

/// The bass note of a chord, between the low E and the E flat an octave above.
pub(crate) fn bass_pitch(chord: &Chord) -> i32 {
    let class = chord.bass.unwrap_or(chord.root);
    28 + (i32::from(class) - 28).rem_euclid(12)
}

fn all_tones(chord: &Chord) -> Vec<i32> {
    let tones = chord
        .intervals
        .iter()
        .map(|interval| i32::from(chord.root) + i32::from(*interval));
    let tones = tones.collect::<Vec<_>>();
    if tones.len() > 4 { tones[1..].to_vec() } else { tones } // the bass has the root
}

/// Third and seventh, and the highest colour; the bass has the root.
fn shell(chord: &Chord) -> Vec<i32> {
    let root = i32::from(chord.root);
    let tone = |at: usize| chord.intervals.get(at).map(|interval| root + i32::from(*interval));
    let colour = if chord.intervals.len() > 3 {
        [1, 3, 4]
    } else {
        [1, 2, 0]
    };
    let mut tones = colour.into_iter().filter_map(tone).collect::<Vec<_>>();
    if tones.len() < 3 {
        tones.extend(tone(2));
    }
    tones.dedup();
    tones
}

/// Of all inversions and octaves, the one that moves least from the chord before and stays around `centre`.
fn led(tones: &[i32], before: &[i32], centre: i32) -> Vec<i32> {
    let mut best = (i32::MAX, Vec::new());
    for inversion in 0..tones.len() {
        for octave in 3..7 {
            let mut laid = Vec::new();
            for step in 0..tones.len() {
                let class = tones[(inversion + step) % tones.len()].rem_euclid(12);
                let floor = laid.last().map_or(octave * 12, |last| last + 1);
                laid.push(floor + (class - floor).rem_euclid(12));
            }
            let sum = laid.iter().sum::<i32>();
            let off_centre = (sum - centre * laid.len() as i32).abs() / laid.len() as i32;
            let movement = if laid.len() == before.len() {
                laid.iter().zip(before).map(|(a, b)| (a - b).abs()).sum::<i32>()
            } else {
                0
            };
            let cost = movement * 20 + off_centre * 7 * laid.len() as i32;
            if cost < best.0 {
                best = (cost, laid);
            }
        }
    }
    best.1
}

/// Root on one of the lowest strings, then chord tones upwards, as a guitarist grips them.
fn guitar(chord: &Chord) -> Vec<i32> {
    let mut pitch = 40 + (i32::from(chord.root) - 40).rem_euclid(12);
    let mut tones = vec![pitch];
    let gaps = [5, 3, 3, 3, 3]; // at least, from string to string
    for gap in gaps {
        let floor = pitch + gap;
        let Some(next) = (floor..floor + 12).find(|pitch| chord.contains(*pitch)) else {
            break;
        };
        if next > 76 {
            break;
        }
        tones.push(next);
        pitch = next;
    }
    tones
}

fn power(chord: &Chord) -> Vec<i32> {
    let root = 40 + (i32::from(chord.root) - 40).rem_euclid(12);
    let fifth = chord
        .intervals
        .get(2)
        .or(chord.intervals.last())
        .map_or(7, |interval| i32::from(*interval));
    vec![
        root,
        root + if chord.intervals.len() == 2 { 7 } else { fifth },
        root + 12,
    ]
}

fn wide(chord: &Chord) -> Vec<i32> {
    let root = 48 + (i32::from(chord.root) - 48).rem_euclid(12);
    let interval = |at: usize, usual: i32| chord.intervals.get(at).map_or(usual, |interval| i32::from(*interval));
    let mut tones = vec![root, root + interval(2, 7), root + 12 + interval(1, 4)];
    if chord.intervals.len() > 3 {
        tones.push(root + 12 + interval(3, 10));
    }
    tones
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(root: u8, intervals: &[u8]) -> Chord {
        Chord {
            start: 0,
            length: 1,
            root,
            intervals: intervals.to_vec(),
            bass: None,
            name: String::new(),
        }
    }

    #[test]
    fn common_tones_stay_where_they_are() {
        let laid = voicings(&[chord(0, &[0, 4, 7]), chord(9, &[0, 3, 7])], Voicing::Close);
        let common = laid[0].iter().filter(|pitch| laid[1].contains(pitch)).count();
        assert_eq!(common, 2, "{laid:?}");
    }

    #[test]
    fn every_voicing_sounds_chord_tones_in_its_register() {
        for root in 0..12 {
            for intervals in [
                &[0, 4, 7][..],
                &[0, 3, 7, 10],
                &[0, 3, 6, 10],
                &[0, 7],
                &[0, 4, 7, 11, 14],
            ] {
                let chord = chord(root, intervals);
                for voicing in [
                    Voicing::Close,
                    Voicing::Guitar,
                    Voicing::Power,
                    Voicing::Shell,
                    Voicing::Wide,
                    Voicing::High,
                ] {
                    let laid = &voicings(std::slice::from_ref(&chord), voicing)[0];
                    assert!(!laid.is_empty());
                    assert!(laid.windows(2).all(|pair| pair[0] < pair[1]), "{voicing:?} {laid:?}");
                    assert!(
                        laid.iter()
                            .all(|pitch| (36..=88).contains(pitch) && chord.contains(i32::from(*pitch))),
                        "{voicing:?} {laid:?}"
                    );
                }
            }
        }
    }
}
