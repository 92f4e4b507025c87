//! The score as a Standard MIDI File, format 1: a conductor track, one track an instrument, the sung lines last.

use midly::num::{u4, u7, u15, u24, u28};
use midly::{Format, Header, MetaMessage, MidiMessage, PitchBend, Smf, Timing, TrackEvent, TrackEventKind};

use crate::instruments::glide::{GLIDE, remaining};
use crate::instruments::profile;
use crate::score::{Mode, Note, Role, Score, TICKS_PER_QUARTER, Tick, Track};

/// General MIDI's drum channel, counted from 0.
const DRUMS: u8 = 9;

impl Score {
    /// The bytes of a `.mid` file with tempo map, time and key signature, section markers and lyrics.
    pub fn to_midi(&self) -> Vec<u8> {
        let timing = Timing::Metrical(u15::new(TICKS_PER_QUARTER as u16));
        let mut file = Smf::new(Header::new(Format::Parallel, timing));
        file.tracks.push(self.conductor());
        let seconds_a_tick = (60.0 / self.tempo / f64::from(TICKS_PER_QUARTER)) as f32;
        for (index, track) in self.tracks.iter().enumerate() {
            file.tracks
                .push(instrument_track(track, channel(track, index), seconds_a_tick));
        }
        if !self.vocals.is_empty() {
            file.tracks.push(self.vocal_track());
        }
        let mut bytes = Vec::new();
        // Writing into memory cannot fail; an empty file would say that it did.
        let written = file.write(&mut bytes);
        if written.is_err() { Vec::new() } else { bytes }
    }

    fn conductor(&self) -> midly::Track<'_> {
        let mut events = vec![
            (0, meta(MetaMessage::TrackName(self.title.as_bytes()))),
            (
                0,
                meta(MetaMessage::TimeSignature(
                    self.meter.beats,
                    self.meter.unit.trailing_zeros() as u8,
                    24,
                    8,
                )),
            ),
            (
                0,
                meta(MetaMessage::KeySignature(self.accidentals(), self.key.is_minor())),
            ),
        ];
        for change in &self.tempo_map {
            let microseconds = (60_000_000.0 / change.bpm).round() as u32;
            events.push((change.tick, meta(MetaMessage::Tempo(u24::new(microseconds)))));
        }
        for section in &self.sections {
            events.push((section.start, meta(MetaMessage::Marker(section.label.as_bytes()))));
        }
        deltas(events)
    }

    /// Sharps (positive) or flats (negative) of the key signature.
    fn accidentals(&self) -> i8 {
        let above_major = match self.key.mode {
            Mode::Major => 0,
            Mode::Minor => 3,
            Mode::Dorian => 10,
            Mode::Phrygian => 8,
            Mode::Lydian => 7,
            Mode::Mixolydian => 5,
        };
        let major = i32::from(self.key.tonic) + above_major;
        let fifths = (major * 7).rem_euclid(12);
        let signed = if fifths > 6 || (fifths == 6 && self.key.flats) {
            fifths - 12
        } else {
            fifths
        };
        signed as i8
    }

    fn vocal_track(&self) -> midly::Track<'_> {
        let mut events = vec![(0, meta(MetaMessage::TrackName(b"vocals"))), (0, program(0, 52))];
        for note in self.vocals.iter().flat_map(|line| &line.notes) {
            if !note.syllable.is_empty() {
                events.push((note.start, meta(MetaMessage::Lyric(note.syllable.as_bytes()))));
            }
            let sounding = Note {
                start: note.start,
                length: note.length,
                pitch: note.pitch,
                velocity: note.velocity,
                nudge_ms: 0.0,
                glide_from: None,
            };
            events.extend(on_and_off(&sounding, 0));
        }
        deltas(events)
    }
}

fn instrument_track(track: &Track, channel: u8, seconds_a_tick: f32) -> midly::Track<'_> {
    let mut events = vec![(0, meta(MetaMessage::TrackName(track.name.as_bytes())))];
    events.push((0, program(channel, profile(track.instrument).program)));
    let pan = ((track.pan + 1.0) * 63.5) as u8;
    let pan = MidiMessage::Controller {
        controller: u7::new(10),
        value: u7::new(pan.min(127)),
    };
    events.push((
        0,
        TrackEventKind::Midi {
            channel: u4::new(channel),
            message: pan,
        },
    ));
    if track.notes.iter().any(|note| note.glide_from.is_some()) {
        events.extend(bend_range(channel).map(|event| (0, event)));
    }
    for note in &track.notes {
        events.extend(on_and_off(note, channel));
        events.extend(slide(note, channel, seconds_a_tick));
    }
    deltas(events)
}

/// Channel 1 is the voice's, 10 the drums'; instruments share the others in turn.
fn channel(track: &Track, index: usize) -> u8 {
    if matches!(track.role, Role::Drums | Role::Percussion) {
        return DRUMS;
    }
    let channels = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15];
    channels[index % channels.len()]
}

fn on_and_off<'a>(note: &Note, channel: u8) -> [(Tick, TrackEventKind<'a>); 2] {
    let key = u7::new(note.pitch.min(127));
    let vel = u7::new((note.velocity * 127.0).clamp(1.0, 127.0) as u8);
    let message = |message| TrackEventKind::Midi {
        channel: u4::new(channel),
        message,
    };
    let on = message(MidiMessage::NoteOn { key, vel });
    let off = message(MidiMessage::NoteOff { key, vel: u7::new(0) });
    [(note.start, on), (note.start + note.length, off)]
}

/// How far the wheel of a track with slides reaches, semitones.
const BEND_RANGE: u8 = 24;

/// Registered parameter 0, pitch bend sensitivity.
fn bend_range<'a>(channel: u8) -> [TrackEventKind<'a>; 4] {
    [(101, 0), (100, 0), (6, BEND_RANGE), (38, 0)].map(|(controller, value)| TrackEventKind::Midi {
        channel: u4::new(channel),
        message: MidiMessage::Controller {
            controller: u7::new(controller),
            value: u7::new(value),
        },
    })
}

/// The wheel's way from the note before to this one; nothing for a note that does not slide.
fn slide<'a>(note: &Note, channel: u8, seconds_a_tick: f32) -> Vec<(Tick, TrackEventKind<'a>)> {
    const STEPS: u32 = 16;
    let Some(from) = note.glide_from else {
        return Vec::new();
    };
    let interval = f32::from(from) - f32::from(note.pitch);
    let length = ((GLIDE / seconds_a_tick) as u32).clamp(STEPS, note.length.max(STEPS));
    let bends = (0..=STEPS).map(|step| {
        let share = step as f32 / STEPS as f32;
        let semitones = remaining(interval, share * GLIDE);
        let bend = (semitones / f32::from(BEND_RANGE) * 8192.0).clamp(-8192.0, 8191.0) as i16;
        let message = MidiMessage::PitchBend {
            bend: PitchBend::from_int(bend),
        };
        let kind = TrackEventKind::Midi {
            channel: u4::new(channel),
            message,
        };
        (note.start + length * step / STEPS, kind)
    });
    bends.collect()
}

fn meta(message: MetaMessage<'_>) -> TrackEventKind<'_> {
    TrackEventKind::Meta(message)
}

fn program<'a>(channel: u8, program: u8) -> TrackEventKind<'a> {
    TrackEventKind::Midi {
        channel: u4::new(channel),
        message: MidiMessage::ProgramChange {
            program: u7::new(program),
        },
    }
}

/// Absolute times to the differences a file holds. At the same tick notes end before others begin.
fn deltas(mut events: Vec<(Tick, TrackEventKind<'_>)>) -> midly::Track<'_> {
    let rank = |kind: &TrackEventKind<'_>| match kind {
        TrackEventKind::Midi {
            message: MidiMessage::NoteOff { .. },
            ..
        } => 0,
        TrackEventKind::Midi {
            message: MidiMessage::NoteOn { .. },
            ..
        } => 2,
        _ => 1,
    };
    events.sort_by_key(|(tick, kind)| (*tick, rank(kind)));
    let end = events.last().map_or(0, |(tick, _)| *tick);
    events.push((end, meta(MetaMessage::EndOfTrack)));
    let mut before = 0;
    let mut track = midly::Track::new();
    for (tick, kind) in events {
        track.push(TrackEvent {
            delta: u28::new(tick - before),
            kind,
        });
        before = tick;
    }
    track
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slide_is_written_as_a_bend_from_the_old_note_to_the_new_one() {
        let note = Note {
            start: 960,
            length: 960,
            pitch: 36,
            velocity: 0.8,
            nudge_ms: 0.0,
            glide_from: Some(48),
        };
        let bends: Vec<(Tick, i16)> = slide(&note, 3, 0.5 / 960.0)
            .into_iter()
            .filter_map(|(tick, kind)| match kind {
                TrackEventKind::Midi {
                    message: MidiMessage::PitchBend { bend },
                    ..
                } => Some((tick, bend.as_int())),
                _ => None,
            })
            .collect();
        assert_eq!(bends.first(), Some(&(960, 4096)));
        assert_eq!(bends.last().map(|(_, bend)| *bend), Some(0));
        assert!(bends.iter().all(|(tick, _)| (960..1_300).contains(tick)));
    }
}
