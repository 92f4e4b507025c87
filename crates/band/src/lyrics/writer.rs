//! Writing lyrics: authored lines of one field of images and one stance, paired by pronunciation.
//!
//! The stock below `lyrics/` holds whole lines, most with words that may change places. A song chooses a genre's form,
//! a field of images for each verse, a stance for what is thought and felt, and a hook that is its title; then each
//! stanza is filled so that the lines its pattern pairs rhyme, are about as long as each other, and say nothing twice.

mod candidate;
mod clean;
mod order;
mod pattern;
mod stanza;
mod stock;
mod subject;
mod template;
mod theme;

use crate::request::LyricBlock;
use crate::rng::Rng;
use crate::score::Tag;
use candidate::Candidate;
use pattern::{Pattern, Source};
use stanza::{Memory, Pools};
use stock::{STOCK, Singing};
use theme::Theme;

/// What is known of a song before it has words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Commission<'a> {
    pub(crate) prompt: &'a str,
    /// The buyer's tagged sections, whose words are to be written; empty when the writer may choose the form.
    pub(crate) sections: &'a [LyricBlock],
    /// The leading genre first.
    pub(crate) genres: &'a [String],
    /// Quarter notes a minute: quick songs take shorter lines.
    pub(crate) tempo: f64,
    /// -1 dark to 1 bright, as the prompt's mood words say.
    pub(crate) brightness: f32,
    /// Wished seconds.
    pub(crate) duration: Option<u32>,
    pub(crate) seed: u64,
}

/// Words for a song.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written {
    pub(crate) title: String,
    pub(crate) blocks: Vec<LyricBlock>,
}

/// Writes the words of a song. Any prompt gives a whole song, in English; the same commission gives the same.
pub(crate) fn write(commission: &Commission<'_>) -> Written {
    let mut rng = Rng::stream(commission.seed, &["writer"]);
    let singing = STOCK.singing(commission.genres);
    let theme = Theme::find(commission, singing, &mut rng);
    let form = singing.form(&mut rng);
    let mut hook = theme.hook(&mut rng);
    let verse_pattern = Pattern::one_of(&form.verse_or(&singing.verse), &mut rng);
    if verse_pattern.opens_at().is_none() {
        // No verse has a place to name the subject.
        hook = theme.hook_of_subject(&mut rng).unwrap_or(hook);
    }
    let mut writer = Writer {
        hook,
        verse_pattern,
        chorus_pattern: Pattern::one_of(&singing.chorus, &mut rng),
        singing,
        theme,
        target: target(singing, commission.tempo),
        memory: Memory::default(),
        chorus: None,
        verses: 0,
        rng,
    };
    writer.memory.note(&writer.hook);
    let mut blocks = order::sections(commission, singing, form);
    for block in &mut blocks {
        block.lines = writer.section(block.tag.unwrap_or(Tag::Verse));
    }
    Written {
        title: crate::title::in_title_case(&writer.hook),
        blocks,
    }
}

/// Syllables a full line should have: in the middle of the genre's range, fewer in quick songs.
fn target(singing: &Singing, tempo: f64) -> f32 {
    let [fewest, most] = singing.syllables.map(|count| count as f32);
    let haste = ((tempo as f32 - 110.0) / 60.0).clamp(-1.0, 1.0);
    (fewest + most) / 2.0 - haste
}

struct Writer {
    singing: &'static Singing,
    theme: Theme,
    hook: String,
    verse_pattern: Pattern,
    chorus_pattern: Pattern,
    target: f32,
    memory: Memory,
    /// The chorus, once it is written: it comes back word for word.
    chorus: Option<Vec<String>>,
    /// Verses so far.
    verses: usize,
    rng: Rng,
}

impl Writer {
    fn section(&mut self, tag: Tag) -> Vec<String> {
        match tag {
            Tag::Verse => self.verse(),
            Tag::Chorus | Tag::Hook => self.chorus(),
            Tag::PreChorus => self.of(&self.singing.pre),
            Tag::Bridge => self.of(&self.singing.bridge),
            Tag::BuildUp => self.of(&self.singing.build),
            Tag::Drop => self.drop(),
            Tag::PostChorus => vec![self.hook.clone(), self.hook.clone()],
            Tag::Outro => self.of(&self.singing.outro),
            Tag::Intro | Tag::Interlude | Tag::Transition | Tag::Break | Tag::Inst | Tag::Solo => Vec::new(),
        }
    }

    /// The next verse. The first two open with what the prompt said the song is about or for; the second and later ones
    /// look further: to a field nearby and to thoughts that have come a long way.
    fn verse(&mut self) -> Vec<String> {
        let number = self.verses;
        self.verses += 1;
        let opening = self.theme.openings(number, &mut self.rng);
        let pattern = self.verse_pattern.clone();
        self.stanza(&pattern, number, &opening)
    }

    fn chorus(&mut self) -> Vec<String> {
        if let Some(chorus) = &self.chorus {
            return chorus.clone();
        }
        let pattern = self.chorus_pattern.clone();
        let lines = self.stanza(&pattern, 0, &[]);
        self.chorus = Some(lines.clone());
        lines
    }

    /// Where the form has drops and no chorus, the drop is the chorus.
    fn drop(&mut self) -> Vec<String> {
        if self.chorus.is_none() {
            let pattern = Pattern::one_of(&self.singing.drop, &mut self.rng);
            self.chorus = Some(self.stanza(&pattern, 0, &[]));
        }
        self.chorus()
    }

    fn of(&mut self, patterns: &[String]) -> Vec<String> {
        let pattern = Pattern::one_of(patterns, &mut self.rng);
        self.stanza(&pattern, self.verses.saturating_sub(1), &[])
    }

    fn stanza(&mut self, pattern: &Pattern, verse: usize, opening: &[Candidate]) -> Vec<String> {
        let field = self.theme.field(verse);
        let stance = self.theme.stance;
        let mut pools = Pools::default();
        for source in pattern.sources() {
            let templates = match source {
                Source::Scene => &field.scenes,
                Source::FieldShort => &field.shorts,
                Source::Thought if verse == 0 => &stance.verse,
                Source::Thought => &stance.later,
                Source::Pre => &stance.pre,
                Source::Chorus => &stance.chorus,
                Source::Bridge => &stance.bridge,
                Source::StanceShort => &stance.shorts,
            };
            pools.add(source, templates, &mut self.rng);
        }
        let setting = stanza::Setting {
            pattern,
            hook: &self.hook,
            opening,
            target: self.target,
            syllables: self.singing.syllables,
        };
        setting.fill(&pools, &mut self.memory, &mut self.rng)
    }
}

#[cfg(test)]
mod tests;
