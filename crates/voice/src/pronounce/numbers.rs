//! Numbers in words.

pub(super) mod romance;

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

/// A whole number below a billion as it is said: 120 is "one hundred twenty".
pub fn cardinal(number: u32) -> String {
    match number {
        0..20 => ONES[number as usize].to_owned(),
        20..100 => joined(TENS[number as usize / 10].to_owned(), number % 10),
        100..1000 => joined(format!("{} hundred", ONES[number as usize / 100]), number % 100),
        1000..1_000_000 => joined(format!("{} thousand", cardinal(number / 1000)), number % 1000),
        _ => joined(format!("{} million", cardinal(number / 1_000_000)), number % 1_000_000),
    }
}

fn joined(head: String, rest: u32) -> String {
    if rest == 0 {
        head
    } else {
        format!("{head} {}", cardinal(rest))
    }
}

/// A year by its centuries: 1999 is "nineteen ninety nine".
pub(super) fn year(year: u32) -> String {
    match year % 100 {
        0 => format!("{} hundred", cardinal(year / 100)),
        rest @ 1..10 => format!("{} oh {}", cardinal(year / 100), cardinal(rest)),
        rest => format!("{} {}", cardinal(year / 100), cardinal(rest)),
    }
}

/// "twenty one" as "twenty first".
pub(super) fn ordinal(words: &str) -> String {
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

/// "ninety" as "nineties".
pub(super) fn plural(words: &str) -> String {
    match words.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if words.ends_with('x') => format!("{words}es"),
        None => format!("{words}s"),
    }
}

/// Every digit said on its own.
pub(super) fn single_digits(figures: &str) -> String {
    let digits = figures.chars().filter_map(|digit| digit.to_digit(10));
    digits.map(|digit| ONES[digit as usize]).collect::<Vec<_>>().join(" ")
}
