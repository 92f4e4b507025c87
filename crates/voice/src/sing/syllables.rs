//! From the notes of a line to the syllables that are timed: onset, vowel, coda.

use crate::line::{Line, Note};
use crate::model::Sound;
use crate::phone::Phone;

/// A rest at least this long within a line ends one phrase and begins another, seconds.
const REST: f64 = 0.15;

/// Pitches beyond these are sung at the nearest octave within, MIDI note numbers: the vocoder's safe range.
const RANGE: (f32, f32) = (30.0, 90.0);

/// One syllable with its notes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sung {
    /// Consonants before the vowel.
    pub(crate) onset: Vec<Phone>,
    /// What is held.
    pub(crate) vowel: Sound,
    /// Everything after it.
    pub(crate) coda: Vec<Phone>,
    /// 0-1.
    pub(crate) stress: f32,
    /// At least one; each ends where the next begins.
    pub(crate) notes: Vec<Tone>,
    /// Follows a rest.
    pub(crate) first: bool,
    /// A rest follows.
    pub(crate) last: bool,
}

/// The pitch of a note and when it sounds, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tone {
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) pitch: f32,
    pub(crate) velocity: f32,
}

impl Sung {
    /// When the vowel is written to begin.
    pub(crate) fn start(&self) -> f64 {
        self.notes.first().map_or(0.0, |note| note.start)
    }

    /// When the last note is written to end.
    pub(crate) fn end(&self) -> f64 {
        self.notes.last().map_or(0.0, |note| note.end)
    }

    /// Onset, vowel and coda in order.
    pub(crate) fn sounds(&self) -> impl Iterator<Item = Sound> + '_ {
        let onset = self.onset.iter().map(|phone| Sound::Phone(*phone));
        let coda = self.coda.iter().map(|phone| Sound::Phone(*phone));
        onset.chain([self.vowel]).chain(coda)
    }
}

/// The syllables of a line. Notes that are not finite, have no length or begin before the one ahead are left out.
pub(crate) fn of(line: &Line) -> Vec<Sung> {
    let mut sung: Vec<Sung> = Vec::new();
    for (note, next) in in_order(line) {
        let end = next.map_or(note.end, |next| note.end.min(next));
        let tone = Tone {
            start: note.start,
            end,
            pitch: into_range(note.pitch),
            velocity: if note.velocity.is_finite() {
                note.velocity.clamp(0.0, 1.0)
            } else {
                0.7
            },
        };
        match (&note.syllable, sung.last_mut()) {
            (None, Some(held)) if tone.start - held.end() < REST => held.notes.push(tone),
            (syllable, _) => {
                let phones = syllable.as_ref().map_or(&[][..], |syllable| &syllable.phones);
                let stress = syllable.as_ref().map_or(0.5, |syllable| syllable.stress);
                sung.push(spoken(phones, stress, tone));
            }
        }
    }
    mark_phrases(&mut sung);
    sung
}

/// Each usable note and when the next one begins.
fn in_order(line: &Line) -> Vec<(&Note, Option<f64>)> {
    let mut notes: Vec<&Note> = Vec::new();
    for note in &line.notes {
        let usable = note.start.is_finite() && note.end.is_finite() && note.pitch.is_finite() && note.end > note.start;
        if usable && note.start >= 0.0 && notes.last().is_none_or(|last| note.start > last.start) {
            notes.push(note);
        }
    }
    let starts: Vec<f64> = notes.iter().map(|note| note.start).collect();
    let next = (0..notes.len()).map(|at| starts.get(at + 1).copied());
    notes.iter().copied().zip(next).collect()
}

fn into_range(pitch: f32) -> f32 {
    let mut pitch = pitch.clamp(-120.0, 240.0);
    while pitch < RANGE.0 {
        pitch += 12.0;
    }
    while pitch > RANGE.1 {
        pitch -= 12.0;
    }
    pitch
}

fn spoken(phones: &[Phone], stress: f32, tone: Tone) -> Sung {
    let stress = if stress.is_finite() {
        stress.clamp(0.0, 1.0)
    } else {
        0.5
    };
    let nucleus = phones.iter().position(|phone| phone.is_vowel());
    let (onset, vowel, coda) = match nucleus {
        Some(at) => (&phones[..at], Sound::Phone(phones[at]), &phones[at + 1..]),
        None => (phones, Sound::Phone(Phone::AX), &[][..]),
    };
    Sung {
        onset: onset.to_vec(),
        vowel,
        coda: coda.to_vec(),
        stress,
        notes: vec![tone],
        first: false,
        last: false,
    }
}

/// Finds the rests; without one, notes are tied to the next.
fn mark_phrases(sung: &mut [Sung]) {
    for at in 0..sung.len() {
        let before = at.checked_sub(1).map(|before| sung[before].end());
        let after = sung.get(at + 1).map(Sung::start);
        sung[at].first = before.is_none_or(|end| sung[at].start() - end >= REST);
        sung[at].last = after.is_none_or(|start| start - sung[at].end() >= REST);
        let last = sung[at].last;
        if let (false, Some(after), Some(tone)) = (last, after, sung[at].notes.last_mut()) {
            tone.end = after;
        }
        for note in 1..sung[at].notes.len() {
            sung[at].notes[note - 1].end = sung[at].notes[note].start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Syllable;
    use Phone::*;

    fn note(start: f64, end: f64, phones: Option<&[Phone]>) -> Note {
        Note {
            start,
            end,
            pitch: 60.0,
            velocity: 0.7,
            syllable: phones.map(|phones| Syllable {
                phones: phones.to_vec(),
                stress: 1.0,
            }),
        }
    }

    fn line(notes: Vec<Note>) -> Line {
        Line { notes, breath: true }
    }

    #[test]
    fn a_syllable_is_onset_vowel_and_coda_over_all_its_notes() {
        let sung = of(&line(vec![
            note(1.0, 1.4, Some(&[S, T, AA, R, Z])),
            note(1.4, 1.8, None),
            note(1.85, 2.0, Some(&[AO, L])),
        ]));
        assert_eq!(sung.len(), 2);
        assert_eq!(
            (sung[0].onset.as_slice(), sung[0].coda.as_slice()),
            (&[S, T][..], &[R, Z][..])
        );
        assert_eq!((sung[0].notes.len(), sung[0].end()), (2, 1.85));
        assert!(sung[0].first && !sung[0].last && !sung[1].first && sung[1].last);
    }

    #[test]
    fn a_rest_divides_a_line_into_phrases() {
        let sung = of(&line(vec![note(1.0, 1.4, Some(&[AA])), note(1.7, 2.0, Some(&[OW]))]));
        assert!(sung.iter().all(|sung| sung.first && sung.last));
    }

    #[test]
    fn notes_nobody_could_sing_are_left_out() {
        let mut high = note(5.0, 6.0, Some(&[L, AA]));
        high.pitch = 130.0;
        let sung = of(&line(vec![
            note(f64::NAN, 1.0, Some(&[AA])),
            note(2.0, 2.0, Some(&[AA])),
            note(3.0, 4.0, Some(&[])),
            note(1.0, 1.5, Some(&[AA])),
            high,
        ]));
        assert_eq!(sung.len(), 2);
        assert_eq!((sung[0].vowel, sung[1].notes[0].pitch), (Sound::Phone(AX), 82.0));
    }
}
