//! How plainly chords say which key they are in.
//!
//! Chords become a chroma as an ear or a key detector hears them, overtones and all, which is compared with what keys
//! sound like: the profiles of listeners (Krumhansl, Kessler: "Tracing the dynamic changes in perceived tonal
//! organization", 1982) and of recorded dance music (Faraldo and others: "Key estimation in electronic dance music",
//! 2016).

use crate::score::{Chord, Key};

/// A major and a minor profile from the tonic up.
type Profiles = [[f32; 12]; 2];

const LISTENERS: Profiles = [
    [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
    [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
];

const RECORDINGS: Profiles = [
    [1.00, 0.00, 0.42, 0.00, 0.53, 0.37, 0.00, 0.77, 0.00, 0.38, 0.21, 0.30],
    [1.00, 0.00, 0.36, 0.39, 0.00, 0.38, 0.00, 0.74, 0.27, 0.00, 0.42, 0.23],
];

/// How much more the chords sound like their key than like any other, by both profiles: correlations from -1 to 1, so
/// that anything above 0 is the right key. `thirds` is how loud thirds are against roots, 0-1.
pub(super) fn plainness(chords: &[Chord], key: Key, thirds: f32) -> f32 {
    let chroma = chroma(chords, thirds);
    let margin = |profiles: &Profiles| {
        let likeness = |tonic: u8, minor: bool| {
            let profile = &profiles[usize::from(minor)];
            correlation(|at| profile[(at + 12 - usize::from(tonic)) % 12], &chroma)
        };
        let others = (0..12).flat_map(|tonic| [(tonic, false), (tonic, true)]);
        let strongest = others
            .filter(|other| *other != (key.tonic, key.is_minor()))
            .map(|(tonic, minor)| likeness(tonic, minor))
            .fold(-1.0, f32::max);
        likeness(key.tonic, key.is_minor()) - strongest
    };
    (margin(&LISTENERS) + margin(&RECORDINGS)) / 2.0
}

/// How loud each pitch class is: the bass doubles the root, and each tone brings its twelfth and its seventeenth.
fn chroma(chords: &[Chord], thirds: f32) -> [f32; 12] {
    let mut chroma = [0.0; 12];
    let mut sound = |class: u8, level: f32| {
        for (interval, share) in [(0, 1.0), (7, 0.3), (4, 0.15)] {
            chroma[usize::from((class + interval) % 12)] += level * share;
        }
    };
    for chord in chords {
        let length = chord.length as f32;
        sound(chord.bass.unwrap_or(chord.root), 0.8 * length);
        for (at, interval) in chord.intervals.iter().enumerate() {
            let level = match at {
                0 => 1.0,
                1 if *interval < 7 => thirds,
                2 => 0.8,
                _ => 0.5,
            };
            sound((chord.root + interval) % 12, level * length);
        }
    }
    chroma
}

fn correlation(profile: impl Fn(usize) -> f32, chroma: &[f32; 12]) -> f32 {
    let of = |at: usize| (profile(at), chroma[at]);
    let (a, b) = (0..12)
        .map(of)
        .fold((0.0, 0.0), |(a, b), (x, y)| (a + x / 12.0, b + y / 12.0));
    let (xy, xx, yy) = (0..12).map(of).fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
        (xy + (x - a) * (y - b), xx + (x - a) * (x - a), yy + (y - b) * (y - b))
    });
    xy / (xx * yy).sqrt().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Mode;

    const C: Key = Key {
        tonic: 0,
        mode: Mode::Major,
        flats: false,
    };

    fn chords(roots: &[(u8, bool)]) -> Vec<Chord> {
        let chord = |&(root, minor): &(u8, bool)| Chord {
            start: 0,
            length: 1,
            root,
            intervals: vec![0, if minor { 3 } else { 4 }, 7],
            bass: None,
            name: String::new(),
        };
        roots.iter().map(chord).collect()
    }

    #[test]
    fn a_cadence_is_plain_and_a_loop_around_the_dominant_is_not() {
        let cadence = chords(&[(0, false), (5, false), (7, false), (0, false)]);
        assert!(plainness(&cadence, C, 0.7) > 0.1);
        // I iii vi V never sounds the fourth degree: it might as well be G major.
        let doubtful = chords(&[(0, false), (4, true), (9, true), (7, false)]);
        assert!(plainness(&doubtful, C, 0.7) < 0.0);
    }
}
