//! When each note sounds, in samples, and which notes sound alike.

use std::collections::BTreeMap;

use crate::dsp::RATE;
use crate::instruments::{self, Release, kit};
use crate::score::{Instrument, Note, Score, Tick, Track};

/// What makes two notes of a track the same sound. Ordered, so that summing in key order is always the same sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SoundKey {
    pub(super) pitch: u8,
    /// Velocity in eighths, 1-8.
    pub(super) strength: u8,
    pub(super) variant: u32,
    /// What it slides from.
    pub(super) from: Option<u8>,
    /// Length in hundredths of a second, where it is part of the sound; otherwise 0.
    length: u32,
}

/// One note in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Event {
    /// First sample.
    pub(super) start: usize,
    /// Samples the key is down.
    pub(super) held: usize,
    /// As written, 0-1.
    pub(super) velocity: f32,
    /// Ends here however long the sound is: an open hat under the foot.
    pub(super) choked: bool,
}

impl SoundKey {
    /// The velocity all notes of this key are rendered with.
    pub(super) fn velocity(self) -> f32 {
        f32::from(self.strength) / 8.0
    }
}

/// The notes of `track`, those that share a sound together.
pub(super) fn group(score: &Score, track: &Track) -> BTreeMap<SoundKey, Vec<Event>> {
    let habit = instruments::habit(track.instrument);
    let mut turns: BTreeMap<u8, u32> = BTreeMap::new();
    let mut groups: BTreeMap<SoundKey, Vec<Event>> = BTreeMap::new();
    for (index, note) in track.notes.iter().enumerate() {
        let turn = turns.entry(note.pitch).or_insert(0);
        let variant = *turn % habit.variants;
        *turn += 1;
        let mut event = timed(score, note);
        let own_length = habit.release == Release::Own && !instruments::is_kit(track.instrument);
        if let Some(held) = hat_choke(score, track, index, event.start) {
            event.held = held;
            event.choked = true;
        }
        let key = SoundKey {
            pitch: note.pitch,
            strength: (note.velocity.clamp(0.0, 1.0) * 8.0 + 0.5).clamp(1.0, 8.0) as u8,
            variant,
            from: note.glide_from.filter(|_| instruments::glides(track.instrument)),
            length: if own_length { hundredths(event.held) } else { 0 },
        };
        if own_length {
            event.held = (key.length as f32 * 0.01 * RATE) as usize;
        }
        groups.entry(key).or_default().push(event);
    }
    groups
}

fn hundredths(samples: usize) -> u32 {
    (samples as f32 / RATE * 100.0 + 0.5).max(2.0) as u32
}

fn timed(score: &Score, note: &Note) -> Event {
    let start = score.seconds(note.start);
    let end = score.seconds(note.start + note.length);
    let late = f64::from(note.nudge_ms) / 1000.0;
    let at = |seconds: f64| (seconds.max(0.0) * f64::from(RATE) + 0.5) as usize;
    Event {
        start: at(start + late),
        held: at(end - start),
        velocity: note.velocity.clamp(0.0, 1.0),
        choked: false,
    }
}

/// For an open hat: samples until the foot or the next stroke closes it.
fn hat_choke(score: &Score, track: &Track, index: usize, start: usize) -> Option<usize> {
    let note = &track.notes[index];
    if !instruments::is_kit(track.instrument) || note.pitch != kit::OPEN_HAT {
        return None;
    }
    let closes = |later: &&Note| {
        later.start > note.start && (kit::CLOSING_HATS.contains(&later.pitch) || later.pitch == kit::OPEN_HAT)
    };
    let next = track.notes[index + 1..].iter().find(closes)?;
    Some(timed(score, next).start.saturating_sub(start))
}

/// Ticks and first samples of all strokes of snare, stick and clap, in order of time.
pub(crate) fn backbeats(score: &Score) -> Vec<(Tick, usize)> {
    let mut strokes: Vec<(Tick, usize)> = score
        .tracks
        .iter()
        .filter(|track| instruments::is_kit(track.instrument))
        .flat_map(|track| track.notes.iter().filter(|note| kit::is_backbeat(note.pitch)))
        .map(|note| (note.start, timed(score, note).start))
        .collect();
    strokes.sort_unstable();
    strokes.dedup();
    strokes
}

/// First samples of all bass drum strokes: what side chains listen to.
pub(crate) fn kicks(score: &Score) -> Vec<usize> {
    let mut kicks: Vec<usize> = score
        .tracks
        .iter()
        .filter(|track| instruments::is_kit(track.instrument))
        .flat_map(|track| track.notes.iter().filter(|note| kit::is_kick(note.pitch)))
        .map(|note| timed(score, note).start)
        .collect();
    kicks.sort_unstable();
    kicks.dedup();
    kicks
}

/// How long a damped kit sound takes to die when it is choked, seconds to −60 dB.
pub(super) const CHOKE: f32 = 0.05;

/// How the end of a note of `instrument` is damped, seconds to −60 dB, if it is.
pub(super) fn damping(instrument: Instrument, event: &Event) -> Option<f32> {
    match instruments::habit(instrument).release {
        Release::Damped(seconds) => Some(seconds),
        Release::Own => event.choked.then_some(CHOKE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perform::tests::{empty_score, track};

    fn note(start: u32, length: u32, pitch: u8, velocity: f32) -> Note {
        Note {
            start,
            length,
            pitch,
            velocity,
            nudge_ms: 0.0,
            glide_from: None,
        }
    }

    fn sounds(instrument: Instrument, notes: Vec<Note>) -> Vec<(SoundKey, Vec<Event>)> {
        group(&empty_score(), &track(instrument, notes)).into_iter().collect()
    }

    #[test]
    fn damped_notes_share_a_sound_whatever_their_length() {
        let notes = vec![
            note(0, 960, 60, 0.50),
            note(960, 1920, 60, 0.52),
            note(3840, 480, 60, 0.9),
        ];
        let sounds = sounds(Instrument::Piano, notes);
        assert_eq!(
            sounds.iter().map(|(_, events)| events.len()).collect::<Vec<_>>(),
            [2, 1]
        );
        assert_eq!(sounds[0].1[1].held, 44_100);
    }

    #[test]
    fn sustained_notes_of_different_lengths_are_different_sounds() {
        assert_eq!(
            sounds(
                Instrument::Strings,
                vec![note(0, 960, 60, 0.5), note(960, 1920, 60, 0.5)]
            )
            .len(),
            2
        );
    }

    #[test]
    fn repeated_strokes_take_turns_among_the_variants() {
        let strokes = (0..8).map(|index| note(index * 480, 100, 38, 0.8)).collect();
        assert_eq!(sounds(Instrument::AcousticKit, strokes).len(), 4);
    }

    #[test]
    fn the_foot_closes_an_open_hat() {
        let sounds = sounds(
            Instrument::AcousticKit,
            vec![note(0, 100, 46, 0.6), note(960, 100, 44, 0.5)],
        );
        let open = sounds
            .iter()
            .find(|(key, _)| key.pitch == 46)
            .map(|(_, events)| events[0])
            .unwrap();
        assert!(open.choked && open.held == 22_050, "{open:?}");
        assert_eq!(damping(Instrument::AcousticKit, &open), Some(CHOKE));
    }
}
