//! Writing lyrics: frames with gaps, words of the song's theme, rhymes by pronunciation.
//!
//! Simple, singable and rhymed; a stand-in where nobody brought words.

mod rhyme;
mod theme;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::request::LyricBlock;
use crate::rng::Rng;
use crate::score::Tag;
use rhyme::{Ending, Endings};
use theme::{Theme, Topic};

/// The words a line may end on, and the themes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    nouns: Vec<String>,
    wheres: Vec<String>,
    verbs: Vec<String>,
    qualities: Vec<String>,
    whens: Vec<String>,
    theme: Vec<Theme>,
}

/// Lines with gaps, by where they stand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frames {
    verse: Vec<String>,
    about: Vec<String>,
    pre: Vec<String>,
    hook: Vec<String>,
    answer: Vec<String>,
    bridge: Vec<String>,
}

struct Stock {
    words: Words,
    frames: Frames,
    endings: Endings,
}

/// The committed word lists, read once. The tests prove that they can be read.
static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let words = toml::from_str::<Words>(include_str!("../../lyrics/words.toml")).unwrap_or_default();
    let frames = toml::from_str::<Frames>(include_str!("../../lyrics/frames.toml")).unwrap_or_default();
    let endings = Endings::new(&words);
    Stock { words, frames, endings }
});

/// Writes lyrics for a prompt. `tags` are those the buyer gave without words; without any, the form is verse, chorus,
/// verse, chorus, bridge, chorus, or less where a short `duration` was asked.
pub(crate) fn write(
    prompt: &str,
    tags: &[LyricBlock],
    brightness: f32,
    duration: Option<u32>,
    seed: u64,
) -> Vec<LyricBlock> {
    let mut rng = Rng::stream(seed, &["writer"]);
    let topic = Topic::find(prompt, &STOCK.words.theme, brightness, &mut rng);
    let mut writer = Writer {
        topic,
        rng,
        used: Vec::new(),
    };
    let chorus = writer.chorus();
    let mut blocks = form(tags, duration);
    for block in &mut blocks {
        block.lines = match block.tag {
            Some(Tag::Chorus | Tag::Hook | Tag::Drop) => chorus.clone(),
            Some(Tag::PostChorus | Tag::Outro) if !tags.is_empty() => chorus.first().cloned().into_iter().collect(),
            Some(Tag::Verse) | None => writer.verse(),
            Some(Tag::PreChorus) => writer.couplet(&STOCK.frames.pre),
            Some(Tag::Bridge) => [
                writer.couplet(&STOCK.frames.bridge),
                writer.couplet(&STOCK.frames.bridge),
            ]
            .concat(),
            Some(_) => Vec::new(),
        };
    }
    blocks
}

fn form(tags: &[LyricBlock], duration: Option<u32>) -> Vec<LyricBlock> {
    use Tag::*;
    if !tags.is_empty() {
        return tags.to_vec();
    }
    let order: &[Tag] = match duration {
        Some(0..50) => &[Verse, Chorus],
        Some(50..95) => &[Intro, Verse, Chorus, Verse, Chorus],
        Some(200..) => &[
            Intro, Verse, PreChorus, Chorus, Interlude, Verse, PreChorus, Chorus, Bridge, Solo, Chorus, Outro,
        ],
        _ => &[Intro, Verse, Chorus, Verse, Chorus, Bridge, Chorus, Outro],
    };
    let block = |tag: &Tag| LyricBlock {
        tag: Some(*tag),
        label: tag.name().to_owned(),
        lines: Vec::new(),
    };
    order.iter().map(block).collect()
}

struct Writer {
    topic: Topic,
    rng: Rng,
    /// Frames and endings already sung, not to be repeated.
    used: Vec<String>,
}

impl Writer {
    fn verse(&mut self) -> Vec<String> {
        let mut lines = self.couplet(&STOCK.frames.verse);
        lines.extend(self.couplet(&STOCK.frames.verse));
        if let (Some(about), true) = (self.topic.about.clone(), self.rng.chance(0.6)) {
            let fresh = STOCK
                .frames
                .about
                .iter()
                .filter(|frame| !self.used.contains(*frame))
                .collect::<Vec<_>>();
            if let Some(frame) = self.rng.pick(&fresh).copied().cloned() {
                self.used.push(frame.clone());
                lines[0] = frame.replace("{about}", &about);
            }
        }
        lines
    }

    /// Hook, answer, hook, answer; the answers rhyme.
    fn chorus(&mut self) -> Vec<String> {
        let hook = self.frame(&STOCK.frames.hook);
        let ending = self.ending(&hook);
        let hook = self.filled(&hook, &ending);
        let answers = self.couplet(&STOCK.frames.answer);
        match answers.as_slice() {
            [first, second] => vec![hook.clone(), first.clone(), hook, second.clone()],
            _ => vec![hook],
        }
    }

    /// Two lines that rhyme.
    fn couplet(&mut self, frames: &[String]) -> Vec<String> {
        for _ in 0..40 {
            let (first, second) = (self.frame(frames), self.frame(frames));
            if first == second {
                continue;
            }
            let ending = self.ending(&first);
            let rhymes = STOCK.endings.rhymes(&ending, rhyme::kind(&second));
            let fresh = rhymes
                .into_iter()
                .filter(|word| !self.used.contains(&word.text))
                .collect::<Vec<_>>();
            let Some(rhyme) = self.rng.pick(&fresh).copied().cloned() else {
                continue;
            };
            self.used
                .extend([ending.text.clone(), rhyme.text.clone(), first.clone(), second.clone()]);
            return vec![self.filled(&first, &ending), self.filled(&second, &rhyme)];
        }
        let frame = self.frame(frames);
        let ending = self.ending(&frame);
        vec![self.filled(&frame, &ending)]
    }

    /// A frame that was not sung yet, if one is left.
    fn frame(&mut self, frames: &[String]) -> String {
        let fresh = frames
            .iter()
            .filter(|frame| !self.used.contains(frame))
            .collect::<Vec<_>>();
        let from = if fresh.is_empty() {
            frames.iter().collect()
        } else {
            fresh
        };
        self.rng.pick(&from).copied().cloned().unwrap_or_default()
    }

    fn ending(&mut self, frame: &str) -> Ending {
        let words = STOCK.endings.of_kind(rhyme::kind(frame));
        let fresh = words
            .iter()
            .filter(|word| !self.used.contains(&word.text))
            .copied()
            .collect::<Vec<_>>();
        self.rng.pick(&fresh).copied().cloned().unwrap_or_default()
    }

    /// The frame with its gaps filled: the theme's words within, the ending last.
    fn filled(&mut self, frame: &str, ending: &Ending) -> String {
        let theme = self.topic.theme.clone();
        let mut line = String::new();
        let mut rest = frame;
        let mut earlier = None;
        while let Some((text, gap, after)) = split_gap(rest) {
            line.push_str(text);
            let is_last = !after.contains('{');
            let word = match gap {
                "thing" => self.rng.pick(&theme.things).cloned(),
                "place" => self.rng.pick(&theme.places).cloned(),
                "picture" => self.rng.pick(&theme.pictures).cloned(),
                _ if is_last => Some(ending.text.clone()),
                _ if earlier.is_none() && frame.matches(&format!("{{{gap}}}")).count() > 1 => {
                    let others = STOCK.endings.of_kind(rhyme::kind(frame));
                    self.rng.pick(&others).map(|word| word.text.clone())
                }
                _ => Some(ending.text.clone()),
            };
            earlier.clone_from(&word);
            line.push_str(&word.unwrap_or_default());
            rest = after;
        }
        line.push_str(rest);
        capitalised(&with_articles(&line))
    }
}

/// The text before the next gap, the gap's name, and what follows.
fn split_gap(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (gap, after) = rest.split_once('}')?;
    Some((before, gap, after))
}

/// "a old hymn" as "an old hymn".
fn with_articles(line: &str) -> String {
    let words = line.split(' ').collect::<Vec<_>>();
    let article = |(at, word): (usize, &&str)| {
        let before_vowel = words
            .get(at + 1)
            .is_some_and(|next| next.starts_with(['a', 'e', 'i', 'o']));
        match *word {
            "a" if before_vowel => "an".to_owned(),
            other => other.to_owned(),
        }
    };
    words.iter().enumerate().map(article).collect::<Vec<_>>().join(" ")
}

fn capitalised(line: &str) -> String {
    let mut letters = line.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests;
