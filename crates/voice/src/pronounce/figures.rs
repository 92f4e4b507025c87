//! Figures and symbols as the words they are read as: "3:30", "$5", "'90s", "24/7", "50%".

use super::Language;
use super::numbers::{cardinal, ordinal, plural, romance, single_digits, year};

/// What is read at the start of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// Words between spaces; letters said one by one are in capitals.
    pub(super) words: String,
    /// The words are English whatever the language of the text.
    pub(super) english: bool,
    /// How many bytes of the text it is.
    pub(super) length: usize,
}

/// The figure or symbol that `text` begins with, if there is one that is spoken.
pub(super) fn figure(text: &str, language: Language) -> Option<Figure> {
    let first = text.chars().next()?;
    let mut rest = text;
    let words = if let Some(words) = money(&mut rest) {
        words
    } else if first.is_ascii_digit() {
        let number = Number::read(&mut rest)?;
        match romance::cardinal(number.value(), language) {
            Some(words) => {
                let percent = rest
                    .strip_prefix('%')
                    .map(|after| rest = after)
                    .and_then(|()| percent(language));
                return Some(Figure {
                    words: [Some(words), percent.map(str::to_owned)]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" "),
                    english: false,
                    length: text.len() - rest.len(),
                });
            }
            None => measured(&number, &mut rest),
        }
    } else if let Some(after) = rest
        .strip_prefix(['#', '№'])
        .filter(|after| after.starts_with(|digit: char| digit.is_ascii_digit()))
    {
        rest = after;
        format!("number {}", Number::read(&mut rest)?.spoken())
    } else {
        let (words, english) = symbol(first, language)?;
        return Some(Figure {
            words: words.to_owned(),
            english,
            length: first.len_utf8(),
        });
    };
    Some(Figure {
        words,
        english: true,
        length: text.len() - rest.len(),
    })
}

/// Words that hide a figure: "gr8".
pub(super) fn rebus(word: &str) -> Option<&'static str> {
    Some(match word {
        "gr8" => "great",
        "b4" => "before",
        "l8" => "late",
        "l8r" => "later",
        "m8" => "mate",
        "h8" => "hate",
        "w8" => "wait",
        "str8" => "straight",
        "2nite" => "tonight",
        "2day" => "today",
        "2morrow" => "tomorrow",
        "2gether" => "together",
        "4ever" => "forever",
        "4get" => "forget",
        "any1" => "anyone",
        "some1" => "someone",
        "every1" => "everyone",
        _ => return None,
    })
}

fn symbol(symbol: char, language: Language) -> Option<(&'static str, bool)> {
    let and = match language {
        Language::Spanish => "y",
        Language::Italian | Language::Portuguese => "e",
        Language::German => "und",
        Language::French => "et",
        _ => "and",
    };
    let english = match symbol {
        '&' => return Some((and, and == "and")),
        '+' => "plus",
        '@' => "at",
        '%' => return percent(language).map(|word| (word, false)).or(Some(("percent", true))),
        '=' => "equals",
        '€' => "euro",
        '$' => "dollar",
        '£' => "pound",
        '₿' => "bitcoin",
        _ => return None,
    };
    Some((english, true))
}

fn percent(language: Language) -> Option<&'static str> {
    match language {
        Language::Spanish => Some("por ciento"),
        Language::Italian => Some("per cento"),
        Language::Portuguese => Some("por cento"),
        _ => None,
    }
}

/// "$5", "€1.50", "$5 million", "$10k".
fn money(rest: &mut &str) -> Option<String> {
    let (one, many) = match rest.chars().next()? {
        '$' => ("dollar", "dollars"),
        '€' => ("euro", "euros"),
        '£' => ("pound", "pounds"),
        '₿' => ("bitcoin", "bitcoins"),
        _ => return None,
    };
    let mut after = rest.trim_start_matches(['$', '€', '£', '₿']);
    if !after.starts_with(|digit: char| digit.is_ascii_digit()) {
        return None;
    }
    let number = Number::read(&mut after)?;
    *rest = after;
    if let Some(scale) = scale(rest) {
        return Some(format!("{} {scale} {many}", number.spoken()));
    }
    let unit = if number.value() == Some(1) || number.whole == "1" {
        one
    } else {
        many
    };
    Some(match number.fraction {
        "" => format!("{} {unit}", number.whole_words()),
        cents if cents.len() == 2 => format!(
            "{} {unit} {}",
            number.whole_words(),
            cardinal(cents.parse().unwrap_or(0))
        ),
        _ => format!("{} {unit}", number.spoken()),
    })
}

/// "k" directly, or "million" after a space.
fn scale(rest: &mut &str) -> Option<&'static str> {
    const SCALES: [(&str, &str); 7] = [
        ("k", "thousand"),
        ("K", "thousand"),
        ("M", "million"),
        (" hundred", "hundred"),
        (" thousand", "thousand"),
        (" million", "million"),
        (" billion", "billion"),
    ];
    SCALES.iter().find_map(|(written, spoken)| {
        let after = rest
            .strip_prefix(written)
            .filter(|after| !after.starts_with(char::is_alphanumeric))?;
        *rest = after;
        Some(*spoken)
    })
}

/// What is written after a number, and how it changes its words.
type Ending = (&'static str, fn(&str) -> String);

/// A number with what is written directly after it.
fn measured(number: &Number<'_>, rest: &mut &str) -> String {
    if let Some(words) = time(number, rest).or_else(|| fraction(number, rest)) {
        return words;
    }
    const ENDINGS: [Ending; 14] = [
        ("st", ordinal),
        ("nd", ordinal),
        ("rd", ordinal),
        ("th", ordinal),
        ("s", plural),
        ("'s", plural),
        ("’s", plural),
        ("%", |words| format!("{words} percent")),
        ("°C", |words| format!("{words} degrees celsius")),
        ("°F", |words| format!("{words} degrees fahrenheit")),
        ("°", |words| format!("{words} degrees")),
        ("am", |words| format!("{words} AM")),
        ("pm", |words| format!("{words} PM")),
        ("x", |words| format!("{words} times")),
    ];
    let mut words = number.spoken();
    if let Some(scale) = scale_letter(rest) {
        words = format!("{words} {scale}");
    }
    let found = ENDINGS.iter().find_map(|(ending, spoken)| {
        let after = rest.strip_prefix(ending)?;
        let ends = !after.starts_with(char::is_alphabetic);
        (ends || ending.starts_with(['%', '°'])).then_some((after, spoken))
    });
    match found {
        Some((after, spoken)) => {
            *rest = after;
            spoken(&words)
        }
        None => words,
    }
}

fn scale_letter(rest: &mut &str) -> Option<&'static str> {
    if rest.starts_with(' ') { None } else { scale(rest) }
}

/// "3:30", "12:00".
fn time(number: &Number<'_>, rest: &mut &str) -> Option<String> {
    let hour = number.value().filter(|hour| *hour <= 24)?;
    let after = rest.strip_prefix(':')?;
    let minutes = after.get(..2)?.parse::<u32>().ok().filter(|minutes| *minutes < 60)?;
    let after = &after[2..];
    if after.starts_with(|digit: char| digit.is_ascii_digit()) {
        return None;
    }
    *rest = after;
    let halves = [("am", "AM"), ("pm", "PM"), ("AM", "AM"), ("PM", "PM")];
    let half = halves.iter().find_map(|(written, spoken)| {
        let after = rest
            .strip_prefix(written)
            .filter(|after| !after.starts_with(char::is_alphabetic))?;
        *rest = after;
        Some(*spoken)
    });
    let hour = cardinal(hour);
    let words = match (minutes, half) {
        (0, None) => format!("{hour} o'clock"),
        (0, Some(_)) => hour,
        (1..10, _) => format!("{hour} oh {}", cardinal(minutes)),
        _ => format!("{hour} {}", cardinal(minutes)),
    };
    Some(half.map_or(words.clone(), |half| format!("{words} {half}")))
}

/// "1/2" and the few others that have names of their own; the slash may be the one of "½".
fn fraction(number: &Number<'_>, rest: &mut &str) -> Option<String> {
    let after = rest.strip_prefix(['/', '\u{2044}'])?;
    let below = after.chars().next()?;
    let after = &after[below.len_utf8()..];
    if after.starts_with(|digit: char| digit.is_ascii_digit()) {
        return None;
    }
    let words = match (number.whole.as_str(), below) {
        ("1", '2') => "one half",
        ("1", '3') => "one third",
        ("2", '3') => "two thirds",
        ("1", '4') => "one quarter",
        ("3", '4') => "three quarters",
        _ => return None,
    };
    *rest = after;
    Some(words.to_owned())
}

/// A number in figures.
struct Number<'a> {
    /// Without commas.
    whole: String,
    fraction: &'a str,
    /// It was written with commas, so it is no year.
    grouped: bool,
}

impl<'a> Number<'a> {
    /// Digits, groups of three after commas, and a fraction after a point.
    fn read(rest: &mut &'a str) -> Option<Self> {
        let digits = |text: &'a str| &text[..text.bytes().take_while(u8::is_ascii_digit).count()];
        let first = digits(rest);
        let mut whole = first.to_owned();
        let mut after = &rest[first.len()..];
        let mut grouped = false;
        while let Some(group) = after
            .strip_prefix(',')
            .map(digits)
            .filter(|group| group.len() == 3 && first.len() <= 3)
        {
            whole.push_str(group);
            after = &after[4..];
            grouped = true;
        }
        let fraction = after.strip_prefix('.').map_or("", digits);
        if !fraction.is_empty() {
            after = &after[1 + fraction.len()..];
        }
        *rest = after;
        (!whole.is_empty()).then_some(Self {
            whole,
            fraction,
            grouped,
        })
    }

    /// `None` with a fraction, with a leading zero, or where it is a row of digits rather than a number.
    fn value(&self) -> Option<u32> {
        let leading = self.whole.len() > 1 && self.whole.starts_with('0');
        let value = self.whole.parse::<u32>().ok().filter(|value| *value < 1_000_000_000);
        value.filter(|_| !leading && self.fraction.is_empty())
    }

    /// As a number is said, a year as years are.
    fn spoken(&self) -> String {
        match self.value() {
            Some(value @ (1100..=1999 | 2010..=2099)) if !self.grouped => year(value),
            _ => self.counted(),
        }
    }

    /// As a count is said.
    fn counted(&self) -> String {
        match self.fraction {
            "" => self.whole_words(),
            fraction => format!("{} point {}", self.whole_words(), single_digits(fraction)),
        }
    }

    fn whole_words(&self) -> String {
        let whole = Self {
            whole: self.whole.clone(),
            fraction: "",
            grouped: self.grouped,
        };
        whole.value().map_or_else(|| single_digits(&self.whole), cardinal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_read_them() {
        for (text, words) in [
            ("7", "seven"),
            ("95", "ninety five"),
            ("1999", "nineteen ninety nine"),
            ("1,999", "one thousand nine hundred ninety nine"),
            ("2000", "two thousand"),
            ("2005", "two thousand five"),
            ("2024", "twenty twenty four"),
            ("21st", "twenty first"),
            ("1st", "first"),
            ("2nd", "second"),
            ("90s", "nineties"),
            ("1990s", "nineteen nineties"),
            ("80's", "eighties"),
            ("3.5", "three point five"),
            ("007", "zero zero seven"),
            ("10,000", "ten thousand"),
            ("1000000", "one million"),
            ("3:30", "three thirty"),
            ("3:05", "three oh five"),
            ("12:00", "twelve o'clock"),
            ("3:30am", "three thirty AM"),
            ("9pm", "nine PM"),
            ("$5", "five dollars"),
            ("$1", "one dollar"),
            ("$1.50", "one dollar fifty"),
            ("$5 million", "five million dollars"),
            ("£10k", "ten thousand pounds"),
            ("50%", "fifty percent"),
            ("90°", "ninety degrees"),
            ("#1", "number one"),
            ("1/2", "one half"),
            ("100k", "one hundred thousand"),
            ("&", "and"),
            ("+", "plus"),
            ("@", "at"),
            (
                "99999999999999999999",
                "nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine",
            ),
        ] {
            let read = figure(text, Language::English).unwrap();
            assert_eq!((read.words.as_str(), read.length), (words, text.len()), "{text}");
        }
        assert_eq!(figure("24/7", Language::English).unwrap().length, 2);
        assert_eq!(figure("3. ", Language::English).unwrap().length, 1);
        assert_eq!(figure("#love", Language::English), None);
    }

    #[test]
    fn figures_are_read_in_the_language_of_the_song() {
        for (text, language, words) in [
            ("7", Language::Spanish, "siete"),
            ("1999", Language::Italian, "millenovecentonovantanove"),
            ("50%", Language::Portuguese, "cinquenta por cento"),
            ("10000", Language::Spanish, "ten thousand"),
            ("&", Language::Spanish, "y"),
        ] {
            assert_eq!(figure(text, language).unwrap().words, words, "{text}");
        }
    }
}
