//! Lyrics under their chords in the ChordPro format (chordpro.org, "ChordPro File Format Specification" 6), which song
//! book programs print and transpose.

use crate::score::{Chord, Score, Section, Tag, Tick, VocalLine};

impl Score {
    /// The song as a ChordPro file: sung sections as words with chords between, the others as grids of bars.
    pub fn to_chordpro(&self) -> String {
        let mut text = format!(
            "{{title: {}}}\n{{artist: busker}}\n{{key: {}}}\n{{tempo: {:.0}}}\n{{time: {}/{}}}\n",
            plain(&self.title),
            self.key.symbol(),
            self.felt_tempo(),
            self.meter.beats,
            self.meter.unit
        );
        for (index, section) in self.sections.iter().enumerate() {
            let lines: Vec<&VocalLine> = self
                .written_lines()
                .into_iter()
                .filter(|line| line.section == index && !line.notes.is_empty())
                .collect();
            text.push('\n');
            if lines.is_empty() {
                self.push_grid(&mut text, section);
            } else {
                self.push_verse(&mut text, section, &lines);
            }
        }
        text
    }

    fn push_grid(&self, text: &mut String, section: &Section) {
        text.push_str(&format!("{{start_of_grid: {}}}\n", plain(&section.label)));
        let bars: Vec<Tick> = self.bars_of(section).collect();
        for row in bars.chunks(4) {
            for &bar in row {
                let mut cells = vec!["."; usize::from(self.meter.beats)];
                for (beat, name) in self.chords_in_bar(bar) {
                    if let Some(cell) = cells.get_mut(beat as usize) {
                        *cell = name;
                    }
                }
                text.push_str("| ");
                text.push_str(&cells.join(" "));
                text.push(' ');
            }
            text.push_str("|\n");
        }
        text.push_str("{end_of_grid}\n");
    }

    fn push_verse(&self, text: &mut String, section: &Section, lines: &[&VocalLine]) {
        let environment = match section.tag {
            Tag::Chorus | Tag::Hook | Tag::PostChorus | Tag::Drop => "chorus",
            Tag::Bridge => "bridge",
            _ => "verse",
        };
        text.push_str(&format!("{{start_of_{environment}: {}}}\n", plain(&section.label)));
        let end = section.start + section.bars * self.meter.bar_ticks();
        let near = self.beat_ticks() / 2;
        let mut from = section.start;
        for (index, line) in lines.iter().enumerate() {
            let next = lines.get(index + 1).and_then(|next| next.notes.first());
            let until = next.map_or(end, |note| self.first_chord_of(note.start, near)).max(from);
            let chords = self.chords.iter().filter(|chord| (from..until).contains(&chord.start));
            text.push_str(&with_chords(line, chords, near));
            text.push('\n');
            from = until;
        }
        text.push_str(&format!("{{end_of_{environment}}}\n"));
    }

    /// From where on chords belong to a line that begins at `start`: with the chord it begins in, or, where it only picks up
    /// to the next one, with that.
    fn first_chord_of(&self, start: Tick, near: Tick) -> Tick {
        let sounding = self.chords.iter().rev().find(|chord| chord.start <= start + near);
        sounding.map_or(start, |chord| {
            if start < chord.start + chord.length / 2 {
                chord.start
            } else {
                chord.start + chord.length
            }
        })
    }
}

/// The words of `line` with each chord before the syllable that begins within `near` ticks of it, or after the one that is
/// held while it comes; after the last word at the end of the line.
fn with_chords<'a>(line: &VocalLine, chords: impl Iterator<Item = &'a Chord>, near: Tick) -> String {
    let words = plain(&line.text);
    let syllables = syllables(line, &words);
    let mut text = String::new();
    let mut written = 0;
    for chord in chords {
        let ahead = syllables
            .iter()
            .find(|syllable| syllable.start.abs_diff(chord.start) <= near);
        let held = syllables.iter().rev().find(|syllable| syllable.start < chord.start);
        let place = match (ahead, held) {
            (Some(syllable), _) => syllable.from,
            (None, Some(last)) if syllables.last().is_some_and(|end| end.start == last.start) => words.len(),
            (None, Some(syllable)) => syllable.to,
            (None, None) => 0,
        };
        let place = place.max(written);
        text.push_str(&words[written..place]);
        if text.ends_with(']') || (place == words.len() && !text.is_empty()) {
            text.push(' ');
        }
        text.push_str(&format!("[{}]", chord.name));
        written = place;
    }
    text.push_str(&words[written..]);
    text
}

/// Where a syllable stands in its line, in bytes, and when it begins.
struct Syllable {
    start: Tick,
    from: usize,
    to: usize,
}

/// Syllables are letters of the line in order; what was respelled for singing ("9" as "nine") takes no room.
fn syllables(line: &VocalLine, words: &str) -> Vec<Syllable> {
    let mut read = 0;
    let sung = line.notes.iter().filter(|note| !note.syllable.is_empty());
    sung.map(|note| {
        let (from, to) = find(words, read, &note.syllable).unwrap_or((read, read));
        read = to;
        Syllable {
            start: note.start,
            from,
            to,
        }
    })
    .collect()
}

/// The first place from `read` on where `words` has the letters of `syllable` in any case.
fn find(words: &str, read: usize, syllable: &str) -> Option<(usize, usize)> {
    let rest = words.get(read..)?;
    rest.char_indices().find_map(|(offset, _)| {
        let mut letters = rest[offset..].char_indices();
        let mut to = offset;
        for wanted in syllable.chars() {
            let (at, letter) = letters.next()?;
            if !letter.to_lowercase().eq(wanted.to_lowercase()) {
                return None;
            }
            to = offset + at + letter.len_utf8();
        }
        Some((read + offset, read + to))
    })
}

/// Brackets would read as chords, braces as directives, line breaks as new lines.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_control() || matches!(letter, '[' | ']' | '{' | '}') {
                ' '
            } else {
                letter
            }
        })
        .collect()
}
