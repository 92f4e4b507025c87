//! Figures and symbols as words.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// How a symbol is read within lyrics, if it is read at all.
pub(super) fn symbol(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        '&' | '+' => "and",
        '@' => "at",
        '%' => "percent",
        '=' => "equals",
        '€' => "euro",
        '$' => "dollar",
        '£' => "pound",
        '₿' => "bitcoin",
        _ => return None,
    })
}

/// Reads a figure, with the letters that follow it at once: ("21", "st") is "twenty first", ("80", "s") is "eighties".
/// Returns the words and the letters that were not part of the figure.
pub(super) fn spoken<'a>(figure: &str, ending: &'a str) -> (String, &'a str) {
    let figure = figure.trim_end_matches(['.', ',']).replace(',', "");
    let (whole, fraction) = figure.split_once('.').unwrap_or((&figure, ""));
    let mut words = match whole.parse::<u32>() {
        Ok(year @ 1100..=1999) if fraction.is_empty() => year_words(year),
        Ok(number) if number < 1_000_000 && !(whole.len() > 1 && whole.starts_with('0')) => cardinal(number),
        _ => whole
            .chars()
            .filter_map(|digit| digit.to_digit(10))
            .map(|digit| ONES[digit as usize])
            .collect::<Vec<_>>()
            .join(" "),
    };
    let decimals = fraction
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .map(|digit| ONES[digit as usize]);
    let decimals = decimals.collect::<Vec<_>>().join(" ");
    if !decimals.is_empty() {
        words = format!("{words} point {decimals}");
    }
    match ending {
        "st" | "nd" | "rd" | "th" => (ordinal(&words), ""),
        "s" => (plural(&words), ""),
        _ => (words, ending),
    }
}

/// A whole number below a million as it is said: 120 is "one hundred twenty".
pub fn cardinal(number: u32) -> String {
    match number {
        0..20 => ONES[number as usize].to_owned(),
        20..100 => joined(TENS[number as usize / 10].to_owned(), number % 10),
        100..1000 => joined(format!("{} hundred", ONES[number as usize / 100]), number % 100),
        _ => joined(format!("{} thousand", cardinal(number / 1000)), number % 1000),
    }
}

fn joined(head: String, rest: u32) -> String {
    if rest == 0 {
        head
    } else {
        format!("{head} {}", cardinal(rest))
    }
}

fn year_words(year: u32) -> String {
    match year % 100 {
        0 => format!("{} hundred", cardinal(year / 100)),
        rest @ 1..10 => format!("{} oh {}", cardinal(year / 100), cardinal(rest)),
        rest => format!("{} {}", cardinal(year / 100), cardinal(rest)),
    }
}

fn ordinal(words: &str) -> String {
    let (head, last) = words.rsplit_once(' ').map_or(("", words), |(head, last)| (head, last));
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    format!("{head} {last}").trim_start().to_owned()
}

fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_read_them() {
        for (figure, ending, words) in [
            ("7", "", "seven"),
            ("95", "", "ninety five"),
            ("1999", "", "nineteen ninety nine"),
            ("2024", "", "two thousand twenty four"),
            ("21", "st", "twenty first"),
            ("80", "s", "eighties"),
            ("3.5", "", "three point five"),
            ("007", "", "zero zero seven"),
            ("1,000", "", "one thousand"),
            (
                "99999999999999999999",
                "",
                "nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine",
            ),
        ] {
            assert_eq!(spoken(figure, ending), (words.to_owned(), ""), "{figure}{ending}");
        }
    }
}
