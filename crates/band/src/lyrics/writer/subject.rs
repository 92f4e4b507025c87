//! What the prompt says the song is about, and whom it is for.

use super::clean::is_clean;
use crate::brief::{Prompt, Word, names_style};

/// A subject of more words is a story, not something to sing in one line.
const LONGEST_SUBJECT: usize = 5;
/// Longest name, in letters.
const LONGEST_NAME: usize = 12;

/// Words after which the subject is over.
const ENDS: [&str; 11] = [
    "with",
    "at",
    "sung",
    "by",
    "featuring",
    "using",
    "tempo",
    "for",
    "as",
    "please",
    "bpm",
];

/// Words with which a clause begins: the subject is what stands before it.
const CLAUSES: [&str; 38] = [
    "who", "whom", "whose", "which", "that", "when", "where", "while", "because", "if", "after", "before", "until",
    "how", "why", "what", "i", "he", "she", "we", "they", "is", "are", "was", "were", "has", "had", "have", "can",
    "can't", "will", "won't", "would", "did", "didn't", "doesn't", "died", "dies",
];

/// Animals a song for them is about.
const ANIMALS: [&str; 8] = ["dog", "cat", "puppy", "kitten", "horse", "pony", "rabbit", "parrot"];

/// People and animals whose name may follow.
const RELATIONS: [&str; 44] = [
    "daughter",
    "son",
    "child",
    "baby",
    "wife",
    "husband",
    "mother",
    "mom",
    "mum",
    "father",
    "dad",
    "sister",
    "brother",
    "grandmother",
    "grandma",
    "granny",
    "grandfather",
    "grandpa",
    "aunt",
    "uncle",
    "cousin",
    "niece",
    "nephew",
    "friend",
    "girlfriend",
    "boyfriend",
    "partner",
    "fiance",
    "fiancee",
    "bride",
    "groom",
    "boss",
    "teacher",
    "nurse",
    "colleague",
    "neighbor",
    "neighbour",
    "dog",
    "cat",
    "puppy",
    "kitten",
    "horse",
    "named",
    "called",
];

/// Words before the one the song is for.
const FOR: [&str; 5] = ["for", "to", "dear", "from", "bestie"];

/// What has a day of its own: "Mia's birthday".
const DAYS: [&str; 8] = [
    "birthday",
    "wedding",
    "anniversary",
    "graduation",
    "retirement",
    "farewell",
    "funeral",
    "memory",
];

/// Written like names, and nobody's.
const NOBODY: [&str; 40] = [
    "christmas",
    "xmas",
    "easter",
    "halloween",
    "thanksgiving",
    "valentine",
    "valentines",
    "ramadan",
    "diwali",
    "hanukkah",
    "new",
    "happy",
    "mother",
    "father",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "english",
    "spanish",
    "german",
    "french",
    "youtube",
    "tiktok",
    "instagram",
];

/// The words after "about", up to a clause or the end of the phrase, or else the animal the song is for; `None` when
/// there are none, too many to sing, or some that no song repeats.
pub(super) fn subject(prompt: &Prompt) -> Option<String> {
    after_about(prompt).or_else(|| animal(prompt))
}

/// "my old cat" of "a song for my old cat".
fn animal(prompt: &Prompt) -> Option<String> {
    let span = prompt.find("for my").into_iter().chain(prompt.find("for our")).next()?;
    let until = (span.end..prompt.words().len().min(span.end + 3)).find(|&at| ANIMALS.contains(&prompt.at(at)))?;
    let words = &prompt.words()[span.end - 1..=until];
    let text = words
        .iter()
        .map(|word| word.text.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    is_clean(&text).then_some(text)
}

fn after_about(prompt: &Prompt) -> Option<String> {
    let span = prompt
        .find("about")
        .into_iter()
        .find(|span| !prompt.at(span.end).is_empty())?;
    let words = prompt.words();
    let names_key = |at: usize| prompt.at(at) == "in" && (prompt.at(at + 1).len() < 3 || prompt.at(at + 2) == "style");
    let ends_here = |at: usize| words[at].begins_phrase || ENDS.contains(&prompt.at(at)) || names_key(at);
    let begins_clause = |at: usize| CLAUSES.contains(&prompt.at(at));
    let is_end = |at: usize| at > span.end && (ends_here(at) || begins_clause(at));
    let until = (span.end..words.len()).find(|&at| is_end(at)).unwrap_or(words.len());
    let chosen = &words[span.end..until];
    let singable = |text: &str| {
        text.chars()
            .all(|letter| letter == '\'' || (letter.is_alphabetic() && letter < '\u{250}'))
    };
    if chosen.is_empty()
        || chosen.len() > LONGEST_SUBJECT
        || chosen[0].begins_phrase
        || begins_clause(span.end)
        || !chosen.iter().all(|word| singable(&word.text))
    {
        return None;
    }
    let last = prompt.at(until - 1);
    if matches!(
        last,
        "in" | "a" | "an" | "the" | "my" | "and" | "or" | "of" | "how" | "that" | "it's" | "to"
    ) {
        return None;
    }
    let shouted = chosen.iter().all(|word| !word.written.chars().any(char::is_lowercase));
    let spelled = |word: &Word| {
        if shouted {
            word.text.clone()
        } else {
            word.written.clone()
        }
    };
    let text = chosen.iter().map(spelled).collect::<Vec<_>>().join(" ");
    is_clean(&text).then_some(text)
}

/// The name of the one the song is for, or of both.
pub(super) fn name(prompt: &Prompt) -> Option<String> {
    let words = prompt.words();
    let capitals = words.iter().filter(|word| is_capital(&word.written)).count();
    // Where every word begins with a capital letter, a capital letter means nothing.
    let title_case = words.len() > 3 && capitals * 5 > words.len() * 3;
    let leads = |at: usize| {
        let before = prompt.at(at.wrapping_sub(1));
        let joined = !words[at].begins_phrase;
        let owned_day = words[at].text.ends_with("'s") && DAYS.contains(&prompt.at(at + 1));
        let related = RELATIONS
            .iter()
            .any(|relation| before.strip_suffix("'s").unwrap_or(before) == *relation);
        (joined && related) || owned_day || (joined && !title_case && FOR.contains(&before))
    };
    let at = (0..words.len()).find(|&at| leads(at) && named(&words[at]).is_some())?;
    let first = named(&words[at])?;
    let second = (prompt.at(at + 1) == "and")
        .then(|| words.get(at + 2))
        .flatten()
        .and_then(named);
    Some(match second {
        Some(second) => format!("{first} and {second}"),
        None => first,
    })
}

/// The name a word is, without its genitive.
fn named(word: &Word) -> Option<String> {
    let written = word.written.strip_suffix("'s").unwrap_or(&word.written);
    let lower = written.to_lowercase();
    let letters = written.chars().count();
    let is_name = is_capital(written)
        && (2..=LONGEST_NAME).contains(&letters)
        && written
            .chars()
            .all(|letter| letter.is_alphabetic() && letter < '\u{250}')
        && !NOBODY.contains(&lower.as_str())
        && !RELATIONS.contains(&lower.as_str())
        && !names_style(&lower)
        && is_clean(&lower);
    is_name.then(|| written.to_owned())
}

/// Written with a capital letter, and not in capitals.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_what_follows_about() {
        let subject = |text: &str| subject(&Prompt::read(text));
        assert_eq!(
            subject("folk about my grandmother's garden, 90 bpm").as_deref(),
            Some("my grandmother's garden")
        );
        assert_eq!(subject("A SONG ABOUT THE SEA").as_deref(), Some("the sea"));
        assert_eq!(
            subject("a song about losing my keys with banjo").as_deref(),
            Some("losing my keys")
        );
        assert_eq!(
            subject("about growing up in the city in E minor").as_deref(),
            Some("growing up in the city")
        );
        assert_eq!(
            subject("song about my dog Rex who died last winter").as_deref(),
            Some("my dog Rex")
        );
        assert_eq!(
            subject("pop about the girl I met in Paris").as_deref(),
            Some("the girl")
        );
        assert_eq!(subject("a song for my old cat").as_deref(), Some("my old cat"));
        assert_eq!(subject("a song for my sister"), None);
        assert_eq!(subject("about why I left you"), None);
        assert_eq!(subject("what is this about"), None);
        assert_eq!(subject("about, well, nothing"), None);
        assert_eq!(subject("about how we met on a cold and rainy day in town"), None);
        assert_eq!(subject("punk about my shitty boss"), None);
        assert_eq!(subject("a song about 猫"), None);
    }

    #[test]
    fn names_are_found_where_somebody_is_named() {
        let name = |text: &str| name(&Prompt::read(text));
        assert_eq!(name("a song for my daughter Mia's birthday").as_deref(), Some("Mia"));
        assert_eq!(
            name("wedding song for Anna and Tom, jazz").as_deref(),
            Some("Anna and Tom")
        );
        assert_eq!(
            name("country song about a dog named Biscuit").as_deref(),
            Some("Biscuit")
        );
        assert_eq!(name("Grandma Rose's 80th birthday").as_deref(), Some("Rose"));
        assert_eq!(name("christmas pop for Grandma Rose").as_deref(), Some("Rose"));
        assert_eq!(name("Tom's birthday").as_deref(), Some("Tom"));
        for nobody in [
            "a song for Christmas",
            "pop for May",
            "from House to Techno",
            "A Song For The Road And The Night",
            "for my son",
            "E minor ballad, female vocal",
        ] {
            assert_eq!(name(nobody), None, "{nobody}");
        }
    }
}
