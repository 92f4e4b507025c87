//! Lyrics from somewhere else: the port of a lyric writer, and the gate its texts must pass.
//!
//! A writer may be anything that answers with text, a language model above all, so nothing it says is believed: what is
//! no lyrics by our own parser, or not the sections that were asked for, is refused, asked for once more, and then
//! written by the band itself. A song never fails and is never late because of a writer.

use std::time::{Duration, Instant};

use busker_core::lyrics::{LyricBlock, Lyrics};
use busker_core::request::LYRICS_MAX;
use busker_core::section::SectionTag;

/// How often a writer is asked for one song.
const ASKS: u32 = 2;
/// Longest line taken, in characters.
const LINE_MAX: usize = 120;
/// Most lines of a song.
const LINES_MAX: usize = 120;
/// Longest title taken, in characters.
const TITLE_MAX: usize = 60;

/// Writes lyrics. Called on the thread that makes the song, and may block it.
pub trait LyricWriter: Send + Sync {
    /// Plain text: a line `Title: …`, then sections under their tags. It must give up after `wish.within`, and soon
    /// after `cancelled` turns true.
    ///
    /// # Errors
    /// [`LyricWriterError`]: the song is then made with other words.
    fn write(&self, wish: &LyricWish<'_>, cancelled: &dyn Fn() -> bool) -> Result<String, LyricWriterError>;
}

/// What lyrics are wanted.
#[derive(Clone, Copy)]
pub struct LyricWish<'a> {
    /// The buyer's words. Nothing else of the buyer's is handed over but the names of the sections.
    pub prompt: &'a str,
    /// Tags the buyer set, without brackets; empty when the writer may choose the form.
    pub sections: &'a [String],
    /// Wished length in seconds.
    pub duration: Option<u32>,
    /// For writers that can be repeated; differs each time one song's lyrics are asked for.
    pub seed: u64,
    /// How long the writer may take.
    pub within: Duration,
}

/// Prompts are private.
impl std::fmt::Debug for LyricWish<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LyricWish")
            .field("duration", &self.duration)
            .field("within", &self.within)
            .finish_non_exhaustive()
    }
}

/// Why a writer wrote nothing. Buyers read this: it names no host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LyricWriterError {
    /// It took too long.
    #[error("it did not answer in time")]
    Late,
    /// The song is not wanted any more.
    #[error("the song was cancelled")]
    Cancelled,
    /// It cannot be reached, or answers with anything but lyrics.
    #[error("{0}")]
    Failed(String),
}

/// Lyrics that passed the gate.
#[derive(Clone, PartialEq, Eq)]
pub struct WrittenLyrics {
    /// As the writer calls the song, where it says.
    pub title: Option<String>,
    /// At least one line to sing, every line under a tag.
    pub lyrics: Lyrics,
}

impl std::fmt::Debug for WrittenLyrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WrittenLyrics")
            .field("lyrics", &self.lyrics)
            .finish_non_exhaustive()
    }
}

/// What is wrong with a writer's text, as the rest of a sentence about its answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// More than [`LYRICS_MAX`] characters, or too many or too long lines.
    #[error("it wrote more than can be sung")]
    TooLong,
    /// Nothing to sing, or words outside of every section: a preface, an excuse, a question.
    #[error("it did not answer with lyrics")]
    NoLyrics,
    /// A tag that is none of ours.
    #[error("it used sections that do not exist")]
    WrongTags,
    /// Not the sections that were asked for.
    #[error("it wrote other sections than were asked for")]
    OtherSections,
    /// Marks of formatting instead of plain text.
    #[error("it wrote formatted text")]
    Formatted,
}

/// Asks `writer` for lyrics, twice if need be, in `wish.within` altogether.
///
/// # Errors
/// Why there are none, for the buyer.
pub(crate) fn written(
    writer: &dyn LyricWriter,
    wish: &LyricWish<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<WrittenLyrics, LyricWriterError> {
    let began = Instant::now();
    let mut problem = LyricWriterError::Late;
    for ask in 0..ASKS {
        let within = wish.within.saturating_sub(began.elapsed());
        if within.is_zero() {
            break;
        }
        let seed = wish.seed.wrapping_add(u64::from(ask));
        match writer.write(&LyricWish { seed, within, ..*wish }, cancelled) {
            Ok(text) => match read(&text, wish.sections) {
                Ok(written) => return Ok(written),
                Err(unusable) => problem = LyricWriterError::Failed(unusable.to_string()),
            },
            Err(LyricWriterError::Cancelled) => return Err(LyricWriterError::Cancelled),
            Err(error) => problem = error,
        }
    }
    Err(problem)
}

/// Reads a writer's text; `sections` are the tags it had to keep to, if any.
///
/// # Errors
/// [`Unusable`] for whatever would not be lyrics if it were sung.
pub fn read(text: &str, sections: &[String]) -> Result<WrittenLyrics, Unusable> {
    let text = text.trim();
    if text.chars().count() > LYRICS_MAX {
        return Err(Unusable::TooLong);
    }
    let (title, words) = title_and_words(text);
    if words.lines().any(is_formatted) || title.as_deref().is_some_and(is_formatted) {
        return Err(Unusable::Formatted);
    }
    let lyrics = Lyrics::parse(words).map_err(|_| Unusable::WrongTags)?;
    let lines = lyrics.blocks.iter().flat_map(|block| &block.lines).collect::<Vec<_>>();
    if !lyrics.has_words()
        || lyrics.blocks.iter().any(|block| block.tag.is_none())
        || lines.iter().any(|line| is_excuse(line))
    {
        return Err(Unusable::NoLyrics);
    }
    if lines.len() > LINES_MAX || lines.iter().any(|line| line.chars().count() > LINE_MAX) {
        return Err(Unusable::TooLong);
    }
    let asked = sections
        .iter()
        .filter_map(|name| SectionTag::parse(name))
        .collect::<Vec<_>>();
    let tag = |block: &LyricBlock| block.tag;
    if !asked.is_empty() && !lyrics.blocks.iter().filter_map(tag).eq(asked) {
        return Err(Unusable::OtherSections);
    }
    Ok(WrittenLyrics { title, lyrics })
}

/// The title of a first line `Title: …`, and the rest.
fn title_and_words(text: &str) -> (Option<String>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let Some((_, title)) = first
        .split_once(':')
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("title"))
    else {
        return (None, text);
    };
    let title = title.trim().trim_matches(['"', '“', '”', '\'']).trim();
    let usable = title.chars().any(char::is_alphanumeric)
        && title.chars().count() <= TITLE_MAX
        && !title.chars().any(char::is_control);
    (usable.then(|| title.to_owned()), rest)
}

/// Marks of Markdown or HTML, or characters nobody sings.
fn is_formatted(line: &str) -> bool {
    let line = line.trim();
    let control = line.chars().any(|letter| letter.is_control() && letter != '\t');
    control
        || line.contains("**")
        || line.contains("```")
        || line.contains("](")
        || line.contains("</")
        || line.starts_with(['#', '*', '>', '|'])
        || line.starts_with("- ")
        || (line.starts_with("---") && line.len() > 2)
}

/// What language models say instead of writing, even under a tag.
fn is_excuse(line: &str) -> bool {
    const EXCUSES: [&str; 8] = [
        "as an ai",
        "language model",
        "i can't help with",
        "i cannot help with",
        "i can't assist",
        "i cannot assist",
        "i'm unable to",
        "i am unable to",
    ];
    let line = line.to_lowercase().replace('’', "'");
    EXCUSES.iter().any(|excuse| line.contains(excuse))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    const SONG: &str =
        "Title: “Paper Boats”\n\n[Verse 1]\nPaper boats along the line\n[Chorus]\nLet the river have them\n";

    #[test]
    fn lyrics_are_read_with_their_title() {
        let written = read(SONG, &[]).expect("lyrics");
        assert_eq!(written.title.as_deref(), Some("Paper Boats"));
        assert_eq!(written.lyrics.blocks.len(), 2);
        let sections = ["Verse".to_owned(), "Chorus".to_owned()];
        assert!(read(SONG, &sections).is_ok());
        assert_eq!(read(SONG, &sections[..1]), Err(Unusable::OtherSections));
        assert_eq!(
            read("[Verse]\nno title here", &[]).map(|written| written.title),
            Ok(None)
        );
    }

    #[test]
    fn what_is_no_song_is_refused_with_the_reason() {
        let long_line = format!("[Verse]\n{}", "la ".repeat(50));
        let many = format!("[Verse]\n{}", "la\n".repeat(130));
        for (text, reason) in [
            ("", Unusable::NoLyrics),
            ("[Verse]\n[Chorus]", Unusable::NoLyrics),
            ("Sure! Here is your song:\n[Verse]\nla la", Unusable::NoLyrics),
            ("I'm sorry, but I can't do that.", Unusable::NoLyrics),
            ("[Verse]\nAs an AI, I do not sing", Unusable::NoLyrics),
            ("[Guitar Weeps]\nla", Unusable::WrongTags),
            ("[Verse\nla", Unusable::WrongTags),
            ("```\n[Verse]\nla\n```", Unusable::Formatted),
            ("**[Verse]**\nla", Unusable::Formatted),
            ("# Song\n[Verse]\nla", Unusable::Formatted),
            ("[Verse]\nla\u{7}la", Unusable::Formatted),
            (long_line.as_str(), Unusable::TooLong),
            (many.as_str(), Unusable::TooLong),
            (&"la ".repeat(1200), Unusable::TooLong),
        ] {
            assert_eq!(read(text, &[]), Err(reason), "{text:.40}");
        }
    }

    struct Script(Mutex<Vec<Result<String, LyricWriterError>>>);

    impl LyricWriter for Script {
        fn write(&self, _: &LyricWish<'_>, _: &dyn Fn() -> bool) -> Result<String, LyricWriterError> {
            self.0.lock().expect("no panic before").remove(0)
        }
    }

    fn asked(
        answers: Vec<Result<String, LyricWriterError>>,
        within: Duration,
    ) -> Result<WrittenLyrics, LyricWriterError> {
        let wish = LyricWish {
            prompt: "folk",
            sections: &[],
            duration: None,
            seed: 1,
            within,
        };
        written(&Script(Mutex::new(answers)), &wish, &|| false)
    }

    #[test]
    fn a_writer_is_asked_twice_and_then_no_more() {
        let minute = Duration::from_secs(60);
        let nonsense = || Ok("Sure!".to_owned());
        let refused = LyricWriterError::Failed("it did not answer with lyrics".to_owned());
        assert!(asked(vec![nonsense(), Ok(SONG.to_owned())], minute).is_ok());
        assert_eq!(asked(vec![nonsense(), nonsense()], minute), Err(refused));
        assert!(asked(vec![Err(LyricWriterError::Late), Ok(SONG.to_owned())], minute).is_ok());
        let cancelled = asked(vec![Err(LyricWriterError::Cancelled)], minute);
        assert_eq!(cancelled, Err(LyricWriterError::Cancelled));
    }

    #[test]
    fn no_time_left_is_no_question() {
        assert_eq!(asked(Vec::new(), Duration::ZERO), Err(LyricWriterError::Late));
    }
}
