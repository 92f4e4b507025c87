//! How many beats: 4/4 unless the prompt says otherwise.

use super::Because;
use super::prompt::{Prompt, Span};
use crate::score::Meter;

/// Finds the time signature.
pub(super) fn meter(prompt: &Prompt) -> Because<Meter> {
    for (at, word) in prompt.words().iter().enumerate() {
        if let Some(meter) = signature(&word.text) {
            return Because::new(meter, format!("\"{}\"", prompt.quote(Span { start: at, end: at + 1 })));
        }
    }
    const WORDS: [(&str, Meter); 11] = [
        ("waltz", Meter { beats: 3, unit: 4 }),
        ("waltzing", Meter { beats: 3, unit: 4 }),
        ("three four time", Meter { beats: 3, unit: 4 }),
        ("three quarter time", Meter { beats: 3, unit: 4 }),
        ("triple meter", Meter { beats: 3, unit: 4 }),
        ("six eight", Meter { beats: 6, unit: 8 }),
        ("twelve eight", Meter { beats: 12, unit: 8 }),
        ("compound meter", Meter { beats: 6, unit: 8 }),
        ("five four", Meter { beats: 5, unit: 4 }),
        ("seven eight", Meter { beats: 7, unit: 8 }),
        ("jig", Meter { beats: 6, unit: 8 }),
    ];
    match WORDS.iter().find(|(word, _)| prompt.has(word)) {
        Some((word, meter)) => Because::new(*meter, format!("\"{word}\"")),
        None => Because::new(Meter { beats: 4, unit: 4 }, "nothing else was asked"),
    }
}

/// "3/4" and its kin. Anything the band does not play ("50/50", "24/7", "9/11") is not a time signature.
fn signature(text: &str) -> Option<Meter> {
    let meter = match text {
        "2/4" => Meter { beats: 2, unit: 4 },
        "3/4" => Meter { beats: 3, unit: 4 },
        "4/4" => Meter { beats: 4, unit: 4 },
        "5/4" => Meter { beats: 5, unit: 4 },
        "6/4" => Meter { beats: 6, unit: 4 },
        "6/8" => Meter { beats: 6, unit: 8 },
        "7/8" => Meter { beats: 7, unit: 8 },
        "9/8" => Meter { beats: 9, unit: 8 },
        "12/8" => Meter { beats: 12, unit: 8 },
        _ => return None,
    };
    Some(meter)
}
