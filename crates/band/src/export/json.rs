//! The score as JSON, times in seconds.

use busker_voice::pronounce::{Part, parts};
use serde_json::{Value, json};

use crate::score::{BackingRole, BackingVoice, Score, Tick, VocalLine};

impl Score {
    /// Everything about the song that can be checked or shown, times in seconds from its start.
    pub fn to_json(&self) -> Value {
        json!({
            "title": self.title,
            "seed": self.seed,
            "tempo": self.felt_tempo(),
            "key": self.key.name(),
            "meter": format!("{}/{}", self.meter.beats, self.meter.unit),
            "genres": self.genres,
            "duration": self.at(self.end()),
            "sections": self.sections_json(),
            "chords": self.chords.iter().map(|chord| json!({
                "name": chord.name,
                "start": self.at(chord.start),
                "end": self.at(chord.start + chord.length),
            })).collect::<Vec<_>>(),
            "tracks": self.tracks_json(),
            "singers": self.singers,
            "vocals": self.vocals_json(),
            "backing": self.backing_json(),
            "voices": self.voices_json(),
            "decisions": self.decisions,
            "warnings": self.warnings,
        })
    }

    /// Beats a minute as a musician counts them: dotted quarters in compound metres.
    pub fn felt_tempo(&self) -> f64 {
        let compound = self.meter.unit == 8 && self.meter.beats.is_multiple_of(3);
        if compound && self.tempo <= 240.0 {
            self.tempo / 1.5
        } else {
            self.tempo
        }
    }

    fn sections_json(&self) -> Vec<Value> {
        let section = |section: &crate::score::Section| {
            let end = section.start + section.bars * self.meter.bar_ticks();
            json!({
                "tag": section.tag.name(),
                "label": section.label,
                "start": self.at(section.start),
                "end": self.at(end),
                "bars": section.bars,
                "energy": round(f64::from(section.energy)),
            })
        };
        self.sections.iter().map(section).collect()
    }

    fn tracks_json(&self) -> Vec<Value> {
        let track = |track: &crate::score::Track| {
            let notes = track.notes.iter().map(|note| {
                json!({
                    "midi": note.pitch,
                    "start": self.at(note.start),
                    "end": self.at(note.start + note.length),
                    "velocity": round(f64::from(note.velocity)),
                })
            });
            json!({
                "name": track.name,
                "role": track.role,
                "instrument": track.instrument,
                "notes": notes.collect::<Vec<_>>(),
            })
        };
        self.tracks.iter().map(track).collect()
    }

    fn vocals_json(&self) -> Vec<Value> {
        let led = |line: &VocalLine| self.line_json(line, &words(line, |part| !part.aside));
        self.vocals.iter().map(led).collect()
    }

    /// What backing voices sing by themselves, in order of time: answers that the lead leaves to them.
    fn backing_json(&self) -> Vec<Value> {
        let answers = self.backing.iter().find(|voice| voice.role == BackingRole::Answer);
        let lines = answers.into_iter().flat_map(|voice| &voice.lines);
        lines.map(|line| self.line_json(line, &words(line, |_| true))).collect()
    }

    /// `words` are exactly what is sung.
    fn line_json(&self, line: &VocalLine, words: &str) -> Value {
        let notes = line.notes.iter().map(|note| {
            json!({
                "syllable": note.syllable,
                "midi": note.pitch,
                "start": self.at(note.start),
                "end": self.at(note.start + note.length),
                "stress": round(f64::from(note.stress)),
            })
        });
        json!({
            "line": words,
            "start": line.span().map(|(start, _)| self.at(start)),
            "end": line.span().map(|(_, end)| self.at(end)),
            "section": line.section,
            "singers": line.singers,
            "notes": notes.collect::<Vec<_>>(),
        })
    }

    /// Who sings beside the lead, and which pitches when; the words are the lead's.
    fn voices_json(&self) -> Vec<Value> {
        let voice = |voice: &BackingVoice| {
            let lines = voice.lines.iter().map(|line| {
                json!({
                    "start": line.span().map(|(start, _)| self.at(start)),
                    "end": line.span().map(|(_, end)| self.at(end)),
                    "midi": line.notes.iter().map(|note| note.pitch).collect::<Vec<_>>(),
                })
            });
            json!({
                "name": voice.name,
                "role": voice.role,
                "voice": voice.voice,
                "delivery": voice.delivery,
                "colour": voice.colour,
                "pan": round(f64::from(voice.pan)),
                "lines": lines.collect::<Vec<_>>(),
            })
        };
        self.backing.iter().map(voice).collect()
    }

    fn at(&self, tick: Tick) -> f64 {
        round(self.seconds(tick))
    }
}

/// What one voice sings of a line, without brackets and directions; as written where nothing is left out.
fn words(line: &VocalLine, sings: impl Fn(&Part) -> bool) -> String {
    let parts = parts(&line.text);
    let sung: Vec<&str> = parts
        .iter()
        .filter(|part| sings(part))
        .map(|part| part.text.as_str())
        .collect();
    if sung.is_empty() {
        line.text.clone()
    } else {
        sung.join(" ")
    }
}

/// Tenths of a millisecond are enough for any reader.
fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
