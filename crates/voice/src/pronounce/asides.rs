//! What the lead sings of a line, what others sing behind it, and what is only a direction.

/// A stretch of a line that one voice sings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its words, without brackets; never only white space.
    pub text: String,
    /// It stood in round brackets: for the voices behind the lead.
    pub aside: bool,
}

/// Divides a line at its round brackets, ASCII or full-width, in the order of the text.
///
/// Brackets may be nested; one that is never closed lasts to the end of the line, one that was never opened is left out.
/// Nobody sings what stands in square or curly brackets, nor a direction in round ones: a repetition ("x2", "3 times"),
/// or words of which all are known from directions and at least one is hardly ever sung ("chorus", "guitar solo",
/// "softly", "spoken by the choir"). A repetition at the end of the line is left out without brackets as well. The result
/// is empty where nothing is sung.
pub fn parts(line: &str) -> Vec<Part> {
    let mut sung: Vec<Part> = Vec::new();
    let mut text = String::new();
    let mut open: Vec<char> = Vec::new();
    let mut within = false; // the aside before this one stands in the same outer bracket
    for letter in line.chars() {
        let opening = matches!(letter, '(' | '（' | '[' | '［' | '{');
        if !opening && !matches!(letter, ')' | '）' | ']' | '］' | '}') {
            text.push(letter);
            continue;
        }
        within = finish(&mut sung, &mut text, &open, within);
        if opening {
            open.push(letter);
        } else if let Some(at) = open.iter().rposition(|&bracket| is_pair(bracket, letter)) {
            open.truncate(at);
        }
        within &= !open.is_empty();
    }
    finish(&mut sung, &mut text, &open, within);
    let last = sung.last_mut().filter(|last| !last.aside);
    if let Some(last) = last {
        last.text = without_repetition(&last.text).to_owned();
    }
    sung.retain(|part| !part.text.is_empty());
    sung
}

/// Takes the text up to a bracket; says whether what follows in the same outer bracket belongs to the part before.
fn finish(sung: &mut Vec<Part>, text: &mut String, open: &[char], within: bool) -> bool {
    let written = std::mem::take(text);
    let written = written.trim();
    let aside = !open.is_empty();
    let unsung = open.iter().any(|bracket| !matches!(bracket, '(' | '（'));
    if written.is_empty() || unsung || (aside && is_direction(written)) {
        return within;
    }
    match sung.last_mut() {
        Some(last) if last.aside == aside && (within || !aside) => {
            last.text.push(' ');
            last.text.push_str(written);
        }
        _ => sung.push(Part {
            text: written.to_owned(),
            aside,
        }),
    }
    aside
}

fn is_pair(opening: char, closing: char) -> bool {
    let kind = |bracket: char| match bracket {
        '(' | ')' | '（' | '）' => 0,
        '[' | ']' | '［' | '］' => 1,
        _ => 2,
    };
    kind(opening) == kind(closing)
}

fn is_direction(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '×' && letter != '\'');
    let words = words.filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let is_figure = |word: &str| word.chars().all(|letter| letter.is_ascii_digit());
    let known = |word: &&str| UNSUNG.contains(word) || FILLERS.contains(word) || is_repetition(word) || is_figure(word);
    let telling = |word: &&str| UNSUNG.contains(word) || is_repetition(word);
    let times =
        matches!(words.as_slice(), [count, "times" | "time" | "x" | "×"] | ["x" | "×", count] if is_figure(count));
    times || (words.iter().all(known) && words.iter().any(telling))
}

/// "x2", "2x", "×3".
fn is_repetition(word: &str) -> bool {
    let sign = |letter: char| matches!(letter, 'x' | 'X' | '×');
    let count = word.strip_prefix(sign).or_else(|| word.strip_suffix(sign));
    count.is_some_and(|count| (1..=2).contains(&count.len()) && count.bytes().all(|digit| digit.is_ascii_digit()))
}

fn without_repetition(text: &str) -> &str {
    let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    if is_repetition(last) { before.trim_end() } else { text }
}

/// Words of directions that are hardly ever sung behind a lead.
const UNSUNG: &[&str] = &[
    "acapella",
    "adlib",
    "adlibs",
    "bis",
    "bridge",
    "cappella",
    "choir",
    "chorus",
    "claps",
    "coda",
    "crescendo",
    "distorted",
    "drums",
    "drumroll",
    "fadeout",
    "feat",
    "ft",
    "guitar",
    "guitars",
    "harmonica",
    "hook",
    "hummed",
    "humming",
    "instrumental",
    "interlude",
    "intro",
    "laughs",
    "laughing",
    "loudly",
    "outro",
    "piano",
    "postchorus",
    "prechorus",
    "quietly",
    "rap",
    "rapped",
    "refrain",
    "repeat",
    "repeated",
    "repeats",
    "riff",
    "saxophone",
    "screamed",
    "shouted",
    "sighs",
    "softly",
    "solo",
    "spoken",
    "strings",
    "synth",
    "trumpet",
    "twice",
    "verse",
    "violin",
    "vocals",
    "whispered",
    "whispering",
];

/// Words that stand beside them.
const FILLERS: &[&str] = &[
    "a",
    "ad",
    "again",
    "all",
    "and",
    "back",
    "background",
    "backing",
    "bass",
    "beat",
    "break",
    "by",
    "clapping",
    "drum",
    "end",
    "fade",
    "fades",
    "female",
    "final",
    "first",
    "group",
    "hand",
    "in",
    "key",
    "last",
    "lead",
    "lib",
    "line",
    "low",
    "male",
    "man",
    "of",
    "off",
    "on",
    "out",
    "over",
    "part",
    "pause",
    "post",
    "pre",
    "sax",
    "second",
    "section",
    "softer",
    "the",
    "then",
    "third",
    "times",
    "to",
    "until",
    "vocal",
    "voice",
    "voices",
    "with",
    "without",
    "woman",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts with `<` and `>` around asides.
    fn marked(line: &str) -> String {
        let parts = parts(line)
            .into_iter()
            .map(|Part { text, aside }| if aside { format!("<{text}>") } else { text });
        parts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_stands_in_round_brackets_is_sung_behind_the_lead() {
        for (line, expected) in [
            ("Walking home", "Walking home"),
            ("Walking home (walking home)", "Walking home <walking home>"),
            ("(Ooh, ooh)", "<Ooh, ooh>"),
            ("Stay (stay) with me (oh)", "Stay <stay> with me <oh>"),
            ("One (two (three) four) five", "One <two three four> five"),
            ("Never closed (all night long", "Never closed <all night long>"),
            ("Never opened) all night", "Never opened all night"),
            ("愛してる（愛してる）", "愛してる <愛してる>"),
            ("() ( ) hey", "hey"),
            ("(one)(two)", "<one> <two>"),
            ("", ""),
        ] {
            assert_eq!(marked(line), expected, "{line}");
        }
    }

    #[test]
    fn directions_are_not_sung() {
        for line in [
            "(x2)",
            "(2x)",
            "(× 3)",
            "(repeat)",
            "(repeat x2)",
            "(3 times)",
            "(chorus)",
            "(Chorus 2)",
            "(softly)",
            "(guitar solo)",
            "(Spoken by the choir)",
            "[laughs]",
            "{fade}",
            "(instrumental break)",
            "（x2）",
            "x2",
            "((x2))",
            "(repeat chorus until fade)",
        ] {
            assert_eq!(parts(line), [], "{line}");
        }
        assert_eq!(marked("Hold the line x2"), "Hold the line");
        assert_eq!(marked("Hold the line (x3)"), "Hold the line");
        assert_eq!(marked("Hold (ooh (x2)) on"), "Hold <ooh> on");
        assert_eq!(marked("Hold [spoken] on"), "Hold on");
        assert_eq!(parts("Hold [spoken] on").len(), 1);
    }

    #[test]
    fn words_that_others_might_sing_are_no_directions() {
        for line in [
            "(all night)",
            "(again)",
            "(to the beat)",
            "(the strings of my heart)",
            "(2000)",
            "(in the end)",
        ] {
            assert_eq!(parts(line).len(), 1, "{line}");
        }
    }
}
