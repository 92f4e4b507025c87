//! What the song is called.

use crate::brief::Brief;
use crate::request::LyricBlock;
use crate::rng::Rng;
use crate::score::Tag;

/// Longest title, in characters.
const LONGEST: usize = 48;

/// The start of the chorus where there are words, else two words of the mood. What has no letters names nothing.
pub(crate) fn title(blocks: &[LyricBlock], brief: &Brief, prompt: &str, seed: u64) -> String {
    let lifts = |block: &&LyricBlock| matches!(block.tag, Some(Tag::Chorus | Tag::Hook | Tag::Drop));
    let first_line = |block: &'_ LyricBlock| block.lines.iter().find(|line| has_words(line)).cloned();
    let hook = blocks
        .iter()
        .filter(lifts)
        .find_map(first_line)
        .or_else(|| blocks.iter().find_map(first_line));
    let from_words = hook
        .filter(|_| !brief.is_instrumental())
        .map(|line| shortened(&line))
        .filter(|title| !title.is_empty());
    from_words.unwrap_or_else(|| invented(brief, prompt, seed))
}

/// The first clause of a line, in title case and without its punctuation.
fn shortened(line: &str) -> String {
    let clause = line
        .split([',', ';', '.', '!', '?', '—', '(', ')'])
        .find(|clause| clause.split_whitespace().count() > 1 && has_words(clause));
    let title = in_title_case(clause.unwrap_or(line));
    if title.is_empty() {
        line.chars()
            .filter(|letter| letter.is_alphanumeric())
            .take(LONGEST)
            .collect()
    } else {
        title
    }
}

/// The words of `text` that fit, each with a capital letter; marks that file names cannot have and words without a
/// letter or figure are left out.
pub(crate) fn in_title_case(text: &str) -> String {
    let mut title = String::new();
    for word in text.split_whitespace().filter(|word| has_words(word)) {
        if title.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        let mut letters = word
            .chars()
            .filter(|letter| !letter.is_control() && !"\"“”/\\<>:|?*".contains(*letter));
        title.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        title.extend(letters);
    }
    title
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn invented(brief: &Brief, prompt: &str, seed: u64) -> String {
    const DARK: [&str; 8] = [
        "Midnight", "Hollow", "Distant", "Fading", "Winter", "Silent", "Low", "Last",
    ];
    const BRIGHT: [&str; 8] = [
        "Golden", "Morning", "Open", "Rising", "Summer", "First", "Early", "Bright",
    ];
    const PLAIN: [&str; 8] = [
        "Slow",
        "Paper",
        "Northern",
        "Second",
        "Silver",
        "Wandering",
        "Quiet",
        "Blue",
    ];
    const THINGS: [&str; 16] = [
        "Harbour", "Lanterns", "Avenue", "Tide", "Letters", "Window", "Station", "Garden", "Signal", "Orchard",
        "Current", "Mirror", "Meridian", "Field", "Bridge", "Hours",
    ];
    let mut rng = Rng::stream(seed, &["title", prompt]);
    let first = match brief.mood.brightness {
        brightness if brightness < -0.2 => DARK,
        brightness if brightness > 0.2 => BRIGHT,
        _ => PLAIN,
    };
    let words = [rng.pick(&first), rng.pick(&THINGS)];
    words.into_iter().flatten().copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{in_title_case, shortened};
    use crate::request::{LyricBlock, Request};
    use crate::score::Tag;

    #[test]
    fn titles_are_made_of_words_only() {
        assert_eq!(shortened("🎵 🎶 carry me home, carry me"), "Carry Me Home");
        assert_eq!(shortened("🎵🎵, oh: so / late"), "Oh So Late");
        assert_eq!(in_title_case("🎵 ✨ !!"), "");
    }

    #[test]
    fn a_line_that_is_not_sung_is_not_the_title() {
        let chorus = LyricBlock {
            tag: Some(Tag::Chorus),
            label: "Chorus".to_owned(),
            lines: ["🎵🎵", "Carry me home, carry me"].map(str::to_owned).to_vec(),
        };
        let request = Request {
            prompt: "folk".to_owned(),
            lyrics: vec![chorus],
            instrumental: false,
            duration: Some(10),
            seed: 1,
        };
        assert_eq!(crate::compose::compose(&request).title, "Carry Me Home");
    }
}
