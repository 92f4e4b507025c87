//! Who sings, and how.

use super::prompt::Prompt;
use super::{Because, Rng};
use crate::score::{Delivery, Singer, Voice};

/// Whether the prompt asks for no singing.
pub(super) fn is_instrumental(prompt: &Prompt) -> bool {
    if prompt.find("instrumental").iter().any(|span| !prompt.is_denied(*span)) {
        return true;
    }
    let voices = ["vocal", "voice", "singing", "singer", "lyrics", "words"];
    voices.iter().any(|voice| {
        prompt.find(voice).iter().any(|span| {
            let before = span.start.checked_sub(1).map_or("", |at| prompt.at(at));
            matches!(before, "no" | "without" | "zero" | "any") && prompt.is_denied(*span)
        })
    })
}

/// Finds the singers; a duet has two.
pub(super) fn singers(prompt: &Prompt, rng: &mut Rng) -> Because<Vec<Singer>> {
    let delivery = delivery(prompt);
    let choir = prompt
        .first_of(&[
            "choir vocals",
            "sung by a choir",
            "gospel choir vocals",
            "group vocals",
            "gang vocals",
            "choral",
        ])
        .is_some();
    let singer = |voice| Singer { voice, delivery, choir };
    let female = prompt.first_of(&[
        "female",
        "woman singing",
        "woman singer",
        "woman's voice",
        "girl singing",
        "soprano",
        "chanteuse",
        "diva",
        "she sings",
    ]);
    let male = prompt.first_of(&[
        "male",
        "man singing",
        "man singer",
        "man's voice",
        "boy singing",
        "baritone",
        "tenor",
        "crooner",
        "he sings",
    ]);
    let child = prompt.first_of(&[
        "child voice",
        "child singer",
        "children's choir",
        "kid voice",
        "children singing",
        "childrens choir",
        "kids choir",
    ]);
    let duet = prompt.first_of(&["duet", "male and female", "female and male"]);
    match (child, duet, female, male) {
        (Some(words), ..) => Because::new(vec![singer(Voice::Child)], quoted(words)),
        (None, Some(words), ..) => Because::new(vec![singer(Voice::Female), singer(Voice::Male)], quoted(words)),
        (None, None, Some(words), None) => Because::new(vec![singer(Voice::Female)], quoted(words)),
        (None, None, None, Some(words)) => Because::new(vec![singer(Voice::Male)], quoted(words)),
        (None, None, Some(_), Some(_)) => {
            let order = if position(prompt, "male") < position(prompt, "female") {
                [Voice::Male, Voice::Female]
            } else {
                [Voice::Female, Voice::Male]
            };
            Because::new(order.map(singer).to_vec(), "both a man's and a woman's voice are named")
        }
        (None, None, None, None) => {
            let voice = if rng.chance(0.5) { Voice::Female } else { Voice::Male };
            Because::new(vec![singer(voice)], "no voice was named")
        }
    }
}

/// In words, for people.
pub(super) fn describe(singers: &[Singer]) -> String {
    let names = singers.iter().map(|singer| {
        let voice = match singer.voice {
            Voice::Female => "female",
            Voice::Male => "male",
            Voice::Child => "child",
        };
        match singer.delivery {
            Delivery::Plain => voice.to_owned(),
            Delivery::Soft => format!("soft {voice}"),
            Delivery::Powerful => format!("powerful {voice}"),
            Delivery::Whispered => format!("whispered {voice}"),
        }
    });
    names.collect::<Vec<_>>().join(" and ")
}

fn delivery(prompt: &Prompt) -> Delivery {
    let near_voice = |word: &str| {
        prompt.find(word).iter().any(|span| {
            (span.end..span.end + 4).any(|at| {
                matches!(
                    prompt.at(at),
                    "voice" | "vocal" | "vocals" | "singer" | "singing" | "female" | "male"
                )
            })
        })
    };
    let any = |words: &[&str]| words.iter().any(|word| near_voice(word));
    if any(&["whispered", "whispering", "whispery", "whisper"]) {
        Delivery::Whispered
    } else if any(&[
        "powerful",
        "strong",
        "belting",
        "soaring",
        "big",
        "screaming",
        "raspy",
        "gritty",
    ]) {
        Delivery::Powerful
    } else if any(&[
        "soft", "gentle", "breathy", "intimate", "tender", "airy", "sweet", "delicate",
    ]) {
        Delivery::Soft
    } else {
        Delivery::Plain
    }
}

fn position(prompt: &Prompt, word: &str) -> usize {
    prompt.find(word).first().map_or(usize::MAX, |span| span.start)
}

fn quoted(words: &str) -> String {
    format!("\"{words}\"")
}
