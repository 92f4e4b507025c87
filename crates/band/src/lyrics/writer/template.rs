//! Lines with words that may change places: "The {lamps|windows} are low tonight".

use crate::rng::Rng;

/// `template` with one choice in each brace. A brace without `|` is a name for [`with`] to fill and stays.
pub(super) fn chosen(template: &str, rng: &mut Rng) -> String {
    let mut line = String::new();
    let mut rest = template;
    while let Some((before, inside, after)) = brace(rest) {
        line.push_str(before);
        let choices = inside.split('|').collect::<Vec<_>>();
        match choices.as_slice() {
            [name] => line.push_str(&format!("{{{name}}}")),
            several => line.push_str(rng.pick(several).copied().unwrap_or_default()),
        }
        rest = after;
    }
    line.push_str(rest);
    capitalised(&line)
}

/// `line` with `{name}` replaced by `value`.
pub(super) fn with(line: &str, name: &str, value: &str) -> String {
    capitalised(&line.replace(&format!("{{{name}}}"), value))
}

/// The text before the first brace, what is inside, and what follows.
fn brace(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    Some((before, inside, after))
}

pub(super) fn capitalised(line: &str) -> String {
    let mut letters = line.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// Every line that `template` can become.
#[cfg(test)]
pub(super) fn all(template: &str) -> Vec<String> {
    let Some((before, inside, after)) = brace(template) else {
        return vec![template.to_owned()];
    };
    let choices = inside.split('|').collect::<Vec<_>>();
    let heads = if choices.len() == 1 {
        vec![format!("{before}{{{inside}}}")]
    } else {
        choices.iter().map(|choice| format!("{before}{choice}")).collect()
    };
    let tails = all(after);
    heads
        .iter()
        .flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_with_choices_are_chosen_from_and_names_are_filled_later() {
        let mut rng = Rng::stream(1, &[]);
        let line = chosen("{name}, the {sea|sky} is {near|far}", &mut rng);
        assert!(all("{name}, the {sea|sky} is {near|far}").contains(&line), "{line}");
        assert_eq!(all("a {b|c} d {e|f|g}").len(), 6);
        assert_eq!(with("{name}, sing", "name", "mia"), "Mia, sing");
    }
}
