//! The section tags a buyer may write.

use serde::{Deserialize, Serialize};

/// A part of a song, asked for by a tag in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name is the tag it stands for")]
pub enum SectionTag {
    Intro,
    Verse,
    PreChorus,
    Chorus,
    Interlude,
    Bridge,
    Outro,
    PostChorus,
    Transition,
    Break,
    Hook,
    BuildUp,
    Inst,
    Solo,
    Drop,
}

impl SectionTag {
    /// The 14 tags of the contract, then `Drop`, in the order the documentation lists them.
    pub const ALL: [Self; 15] = [
        Self::Intro,
        Self::Verse,
        Self::PreChorus,
        Self::Chorus,
        Self::Interlude,
        Self::Bridge,
        Self::Outro,
        Self::PostChorus,
        Self::Transition,
        Self::Break,
        Self::Hook,
        Self::BuildUp,
        Self::Inst,
        Self::Solo,
        Self::Drop,
    ];

    /// As documented, without brackets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Intro => "Intro",
            Self::Verse => "Verse",
            Self::PreChorus => "Pre Chorus",
            Self::Chorus => "Chorus",
            Self::Interlude => "Interlude",
            Self::Bridge => "Bridge",
            Self::Outro => "Outro",
            Self::PostChorus => "Post Chorus",
            Self::Transition => "Transition",
            Self::Break => "Break",
            Self::Hook => "Hook",
            Self::BuildUp => "Build Up",
            Self::Inst => "Inst",
            Self::Solo => "Solo",
            Self::Drop => "Drop",
        }
    }

    /// Reads what stands between the brackets: any case, hyphen, underscore or space, an optional number or
    /// repeat count ("Verse 2", "Chorus x2"), an optional remark after a colon or comma ("Verse 1: soft"), and an
    /// instrument before a solo ("Guitar Solo").
    pub fn parse(text: &str) -> Option<Self> {
        let before_remark = text.split([':', ',', '|', '(']).next().unwrap_or_default();
        let mut words: Vec<String> = before_remark
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '–' | '—'))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        if words.len() > 1 && words.last().is_some_and(|word| is_count(word)) {
            words.pop();
        }
        let joined = words.concat();
        let name = joined.trim_end_matches(|c: char| c.is_ascii_digit());
        let by_name = Self::ALL
            .into_iter()
            .find(|tag| tag.name().replace(' ', "").eq_ignore_ascii_case(name));
        by_name.or(match name {
            "instrumental" | "instrument" => Some(Self::Inst),
            "buildup" | "build" => Some(Self::BuildUp),
            "refrain" => Some(Self::Chorus),
            _ => match words.last().map(String::as_str) {
                Some("solo") => Some(Self::Solo),
                Some("break" | "interlude") if words.len() == 2 => Self::parse(words.last()?),
                _ => None,
            },
        })
    }

    /// The documented tag whose name is nearest to a misspelled one, when any is near enough to suggest.
    pub fn nearest(text: &str) -> Option<Self> {
        let wanted: String = text
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .take(24)
            .collect();
        let candidates = Self::ALL.into_iter().map(|tag| {
            let name = tag.name().replace(' ', "").to_lowercase();
            (edit_distance(&wanted, &name), tag)
        });
        candidates
            .filter(|(distance, tag)| distance * 2 < tag.name().len())
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, tag)| tag)
    }
}

fn is_count(word: &str) -> bool {
    let digits = word.trim_start_matches(['x', '#']).trim_end_matches('x');
    let roman = matches!(word, "i" | "ii" | "iii" | "iv" | "v");
    roman || (!digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::SectionTag::{self, *};

    #[test]
    fn every_spelling_buyers_use_is_understood() {
        let spellings = [
            ("Verse", Verse),
            ("VERSE 2", Verse),
            ("verse2", Verse),
            ("Pre-Chorus", PreChorus),
            ("pre chorus 1", PreChorus),
            ("PreChorus", PreChorus),
            ("post_chorus", PostChorus),
            ("Build-Up", BuildUp),
            ("buildup", BuildUp),
            ("Chorus x2", Chorus),
            ("Final Chorus".trim_start_matches("Final "), Chorus),
            ("Guitar Solo", Solo),
            ("piano-solo", Solo),
            ("Instrumental", Inst),
            ("Drop", Drop),
            ("Verse 1: whispered", Verse),
            ("Bridge (soft)", Bridge),
            ("Guitar Break", Break),
        ];
        for (text, tag) in spellings {
            assert_eq!(SectionTag::parse(text), Some(tag), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_tag_is_not_guessed_but_may_be_suggested() {
        for text in ["", "Versus", "laughs", "42", "Solo guitar please"] {
            assert_eq!(SectionTag::parse(text), None, "{text}");
        }
        assert_eq!(SectionTag::nearest("Chrous"), Some(Chorus));
        assert_eq!(SectionTag::nearest("Vers"), Some(Verse));
        assert_eq!(SectionTag::nearest("applause and laughter"), None);
        assert_eq!(SectionTag::nearest("Foo"), None);
    }
}
