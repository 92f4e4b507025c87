//! The bass: the root on every downbeat, a figure by energy, a step into the next chord.

use super::band::Band;
use super::entrance::Seat;
use super::variation::Variation;
use super::{Stage, note};
use crate::genre::{Alphabet, Level, Stroke, figure};
use crate::grid::SIXTEENTH;
use crate::harmony::{bass_pitch, chord_at};
use crate::instruments;
use crate::score::{Chord, Instrument, Role, Tick, Track};

/// The pitch of a stroke over a chord.
fn pitch_of(chord: &Chord, next: Option<&Chord>, stroke: Stroke) -> Option<i32> {
    let root = bass_pitch(chord);
    let interval = |at: usize, usual: u8| i32::from(chord.intervals.get(at).copied().unwrap_or(usual));
    let fifth = if chord.intervals.len() == 2 { 7 } else { interval(2, 7) };
    let below_if_high = |pitch: i32| if pitch > 45 { pitch - 12 } else { pitch };
    Some(match stroke {
        Stroke::Root | Stroke::SlidRoot => root,
        Stroke::Fifth | Stroke::SlidFifth => below_if_high(root + fifth),
        Stroke::Octave | Stroke::SlidOctave => root + 12,
        Stroke::Colour(3) => root + if chord.intervals.len() == 2 { 7 } else { interval(1, 4) },
        Stroke::Colour(6) => below_if_high(root + if interval(1, 4) == 3 { 10 } else { 9 }),
        Stroke::Colour(_) => below_if_high(root + interval(3, 10)),
        Stroke::Approach => approach(root, next.map(bass_pitch)),
        _ => return None,
    })
}

/// A half step below a root that lies above, a whole step above one that lies below; the fifth when nothing changes.
fn approach(root: i32, next: Option<i32>) -> i32 {
    match next {
        Some(next) if next > root => next - 1,
        Some(next) if next < root => next + 2,
        _ if root + 7 > 45 => root - 5,
        _ => root + 7,
    }
}

/// The bass's track.
pub(super) fn track(stage: Stage<'_>, band: &Band) -> Option<Track> {
    let table = &stage.brief.style.rhythm.bass;
    let mut track = super::track(band.bass?, Role::Bass);
    "bass".clone_into(&mut track.name);
    track.reverb = 0.02;
    track.sidechain = table.sidechain;
    // A cello's lowest string is the C above.
    let lift = if track.instrument == Instrument::Cello { 12 } else { 0 };
    for part in &stage.form.parts {
        let mut rng = stage.rng(part, "bass");
        let variation = Variation::of(stage, part, "bass");
        for (bar, start) in stage.bars(part) {
            if stage.is_final_bar(start) {
                let root = chord_at(stage.chords, start).map(bass_pitch);
                track
                    .notes
                    .extend(root.map(|root| note(start, stage.bar(), root + lift, 0.7)));
                continue;
            }
            let Some(energy) = stage.presence(part, bar, Seat::Bass, table.from) else {
                continue;
            };
            let variants = table.figures(Level::of(energy), stage.grid.meter);
            let figure = figure(variants.at(variation.at(bar)), Alphabet::Bass, stage.grid.meter);
            for hit in &figure {
                let within = hit.step as Tick * SIXTEENTH;
                let tick = start + stage.grid.swung(within);
                let end = start + stage.grid.swung(within + hit.steps as Tick * SIXTEENTH);
                let Some(chord) = chord_at(stage.chords, start + within) else {
                    continue;
                };
                let next = chord_at(stage.chords, chord.start + chord.length);
                let Some(pitch) = pitch_of(chord, next, hit.stroke).map(|pitch| pitch + lift) else {
                    continue;
                };
                let accent = 0.62 + 0.16 * stage.grid.weight(within);
                let velocity = accent + 0.02 * energy + 0.03 * rng.normal();
                let chord_end = chord.start + chord.length;
                let before = track
                    .notes
                    .last()
                    .filter(|_| instruments::glides(track.instrument))
                    .map(|note| note.pitch);
                let mut played = note(tick, (end.min(chord_end.max(tick + 1)) - tick).max(1), pitch, velocity);
                played.glide_from = before.filter(|before| hit.stroke.is_slid() && *before != played.pitch);
                track.notes.push(played);
                // Held over a change of chord, the bass moves with it.
                if end > chord_end
                    && let Some(root) = next.map(bass_pitch)
                {
                    track
                        .notes
                        .push(note(chord_end, end - chord_end, root + lift, velocity * 0.95));
                }
            }
        }
    }
    Some(track)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approaches_lead_into_the_next_root() {
        assert_eq!(approach(36, Some(41)), 40);
        assert_eq!(approach(36, Some(33)), 35);
        assert_eq!(approach(36, Some(36)), 43);
    }
}
