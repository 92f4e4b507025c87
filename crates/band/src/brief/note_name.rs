//! Note names: letters, solfège, and the signs beside them in several languages.

use super::prompt::Prompt;

/// A tonic as it stands in a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tonic<'a> {
    /// Pitch class, 0 = C.
    pub(super) class: u8,
    /// Written with a flat.
    pub(super) flat: bool,
    /// Written with a sharp or a flat.
    pub(super) signed: bool,
    /// What follows letter and sign within the word: "", "m", "min" or "maj".
    pub(super) suffix: &'a str,
    /// Means a note only with a mode after it: "do", "la", and the German H.
    pub(super) needs_mode: bool,
    /// The word after it.
    pub(super) end: usize,
}

const SOLFEGE: [(&str, u8); 9] = [
    ("do", 0),
    ("ut", 0),
    ("re", 2),
    ("mi", 4),
    ("fa", 5),
    ("sol", 7),
    ("la", 9),
    ("si", 11),
    ("ti", 11),
];

/// German names with a flat in them.
const GERMAN_FLATS: [(&str, u8); 5] = [("es", 3), ("as", 8), ("des", 1), ("ges", 6), ("ces", 11)];

/// The note whose name begins at `at`: "f#", "Bb", "Ebm", "C sharp", "B-flat", "si bemol", "Fis", "flat B".
pub(super) fn tonic(prompt: &Prompt, at: usize) -> Option<Tonic<'_>> {
    let text = prompt.at(at);
    // "降B大调": the sign comes first.
    if matches!(text, "flat" | "sharp") && prompt.words().get(at + 1).is_some_and(|word| word.joined) {
        let bare = tonic(prompt, at + 1).filter(|tonic| !tonic.signed)?;
        return Some(signed(bare, text == "flat", bare.end));
    }
    let bare = plain(prompt, at)?;
    if bare.signed || !bare.suffix.is_empty() {
        return Some(bare);
    }
    let joined = prompt.words().get(bare.end).is_some_and(|word| word.joined);
    Some(match prompt.at(bare.end) {
        _ if prompt.phrase_ends_at(bare.end) => bare,
        "flat" | "bemol" | "bemolle" => signed(bare, true, bare.end + 1),
        "b" if joined => signed(bare, true, bare.end + 1),
        "sharp" | "diese" | "diesis" | "#" => signed(bare, false, bare.end + 1),
        _ => bare,
    })
}

fn signed(bare: Tonic<'_>, flat: bool, end: usize) -> Tonic<'_> {
    Tonic {
        class: (bare.class + if flat { 11 } else { 1 }) % 12,
        flat,
        signed: true,
        end,
        ..bare
    }
}

/// A name within one word.
fn plain(prompt: &Prompt, at: usize) -> Option<Tonic<'_>> {
    let text = prompt.at(at);
    let name = |class: u8, flat: bool, is_signed: bool, needs_mode: bool| Tonic {
        class,
        flat,
        signed: is_signed,
        suffix: "",
        needs_mode,
        end: at + 1,
    };
    let continental = matches!(prompt.at(at + 1), "dur" | "moll" | "mol");
    if let Some((_, class)) = GERMAN_FLATS.iter().find(|(german, _)| continental && *german == text) {
        return Some(name(*class, true, true, true));
    }
    if continental && text == "b" {
        return Some(name(10, true, true, true));
    }
    if let Some((_, class)) = SOLFEGE.iter().find(|(solfege, _)| *solfege == text) {
        return Some(name(*class, false, false, true));
    }
    let class: u8 = match text.chars().next()? {
        'c' => 0,
        'd' => 2,
        'e' => 4,
        'f' => 5,
        'g' => 7,
        'a' => 9,
        'b' | 'h' => 11,
        _ => return None,
    };
    let german = text.starts_with('h');
    if german && !continental && !(text == "h" && matches!(prompt.at(at + 1), "minor" | "major")) {
        return None;
    }
    const SIGNS: [(&str, u8); 6] = [("#", 1), ("sharp", 1), ("flat", 11), ("b", 11), ("is", 1), ("", 0)];
    let rest = &text[1..];
    let (shift, suffix) = SIGNS.iter().find_map(|(sign, shift)| {
        let suffix = match rest.strip_prefix(sign)? {
            "" => "",
            "m" => "m",
            "min" | "minor" | "moll" => "min",
            "maj" | "major" | "dur" => "maj",
            _ => return None,
        };
        Some((*shift, suffix))
    })?;
    let german_sharp = rest.starts_with("is");
    Some(Tonic {
        suffix,
        ..name(
            (class + shift) % 12,
            shift == 11,
            shift != 0,
            german_sharp && suffix.is_empty() || german,
        )
    })
}
