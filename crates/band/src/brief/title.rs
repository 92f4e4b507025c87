//! A title the prompt asks for: `called "Blue Sky"`, `titled Blue Sky`, `title: Blue Sky`.

/// A wish and the prompt without it, so that a title's words ask for nothing else.
pub(super) struct Titled {
    pub(super) title: Option<String>,
    pub(super) rest: String,
}

/// Words before a title, in several languages. Those with `true` need quotation marks after them.
const LEADS: &[(&str, bool)] = &[
    ("titled", false),
    ("entitled", false),
    ("title:", false),
    ("song title:", false),
    ("called", false),
    ("named", true),
    ("title", true),
    ("titulada", false),
    ("titulado", false),
    ("llamada", true),
    ("intitulée", false),
    ("intitulé", false),
    ("chamada", true),
    ("intitolata", false),
    ("namens", true),
    ("titel:", false),
    ("mit dem titel", true),
    ("genaamd", true),
    ("pod tytułem", true),
    ("под названием", true),
    ("タイトルは", true),
    ("タイトル:", true),
    ("歌名:", true),
    ("题为", true),
];

/// Most characters a title may have.
const LONGEST: usize = 60;

/// Finds the first title.
pub(super) fn titled(prompt: &str) -> Titled {
    for (lead, needs_quotes) in LEADS {
        for at in places(prompt, lead) {
            let after = &prompt[at + lead.len()..];
            let start = after.len() - after.trim_start_matches([' ', ':', '=']).len();
            let found = quoted(&after[start..]).or_else(|| capitalised(&after[start..]).filter(|_| !needs_quotes));
            let Some((title, length)) = found else { continue };
            let rest = format!("{}, {}", &prompt[..at], &after[start + length..]);
            return Titled {
                title: Some(title),
                rest,
            };
        }
    }
    Titled {
        title: None,
        rest: prompt.to_owned(),
    }
}

/// Where a lead stands as a word of its own, whatever its case.
fn places(prompt: &str, lead: &str) -> Vec<usize> {
    let own_word = |at: usize| !prompt[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let spaced = lead.ends_with(':') || !lead.is_ascii();
    let ends = |at: usize| spaced || !prompt[at..].chars().next().is_some_and(char::is_alphanumeric);
    let matches = prompt.char_indices().map(|(at, _)| at);
    matches
        .filter(|at| {
            let head = prompt.get(*at..*at + lead.len());
            head.is_some_and(|head| head.to_lowercase() == *lead)
                && (own_word(*at) || !lead.is_ascii())
                && ends(*at + lead.len())
        })
        .collect()
}

/// A title in quotation marks, and how many bytes it takes with them.
fn quoted(text: &str) -> Option<(String, usize)> {
    const MARKS: [(char, char); 9] = [
        ('"', '"'),
        ('“', '”'),
        ('„', '“'),
        ('«', '»'),
        ('‘', '’'),
        ('\'', '\''),
        ('「', '」'),
        ('『', '』'),
        ('《', '》'),
    ];
    let opening = text.chars().next()?;
    let (_, closing) = MARKS.iter().find(|(open, _)| *open == opening)?;
    let inside = &text[opening.len_utf8()..];
    let end = inside.find(*closing)?;
    let title = tidy(&inside[..end])?;
    Some((title, opening.len_utf8() + end + closing.len_utf8()))
}

/// Words from a capital on, as long as they are capitals or small words between them.
fn capitalised(text: &str) -> Option<(String, usize)> {
    const SMALL: [&str; 12] = ["of", "the", "a", "an", "and", "in", "on", "to", "for", "my", "de", "la"];
    let mut end = 0;
    let mut taken = 0;
    for word in text.split_inclusive(' ').take(7) {
        let bare = word.trim_end_matches([' ', ',', '.', ';', '!', '\n']);
        let capital = bare
            .chars()
            .next()
            .is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit());
        if !capital && (end == 0 || !SMALL.contains(&bare)) {
            break;
        }
        if capital {
            taken = end + bare.len();
        }
        end += word.len();
        if word.trim_end() != bare || bare.contains('\n') {
            break;
        }
    }
    let title = tidy(&text[..taken])?;
    Some((title, taken))
}

fn tidy(title: &str) -> Option<String> {
    let clean = title
        .chars()
        .filter(|letter| !letter.is_control() && !"\"“”/\\<>:|?*".contains(*letter))
        .take(LONGEST)
        .collect::<String>();
    let clean = clean.trim().to_owned();
    clean.chars().any(char::is_alphanumeric).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_found_in_quotes_or_in_capitals() {
        for (prompt, title) in [
            ("a pop song called \"Blue Sky\", 90 bpm", "Blue Sky"),
            ("pop called 'Slow Metal' with piano", "Slow Metal"),
            ("folk titled The Long Way Home, sad", "The Long Way Home"),
            ("Title: Northern Lights", "Northern Lights"),
            ("una balada titulada «Mar adentro»", "Mar adentro"),
            ("ein Lied mit dem Titel „Sommer“", "Sommer"),
            ("a song called Blue, slow", "Blue"),
        ] {
            assert_eq!(titled(prompt).title.as_deref(), Some(title), "{prompt}");
        }
        for prompt in [
            "what I called love",
            "pop",
            "he is called upon, rock",
            "named after you",
            "called \"\"",
        ] {
            assert_eq!(titled(prompt).title, None, "{prompt}");
        }
    }

    #[test]
    fn the_words_of_a_title_ask_for_nothing() {
        let titled = titled("pop called \"Slow Metal\", 120 bpm");
        assert!(!titled.rest.contains("Metal") && titled.rest.contains("120 bpm") && titled.rest.contains("pop"));
    }
}
