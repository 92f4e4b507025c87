//! Who sings, and how.

use super::prompt::{Prompt, Span};
use super::{Because, Rng, Style};
use crate::score::{Delivery, Singer, Voice};

const FEMALE: &[&str] = &[
    "female",
    "females",
    "woman",
    "woman's",
    "women",
    "girl",
    "girl's",
    "lady",
    "soprano",
    "mezzo",
    "mezzo soprano",
    "alto",
    "contralto",
    "chanteuse",
    "songstress",
    "diva",
    "she sings",
    "her voice",
    "she",
    "female rapper",
    "feminine",
    "actress",
    "girl band",
    "girl group",
    "women's choir",
    "womens choir",
    "ladies choir",
    "opera soprano",
    "operatic soprano",
    "soprano aria",
];
const MALE: &[&str] = &[
    "male",
    "males",
    "man",
    "man's",
    "men",
    "boy",
    "boy's",
    "guy",
    "baritone",
    "tenor",
    "bass voice",
    "bass singer",
    "bass baritone",
    "crooner",
    "crooning",
    "he sings",
    "his voice",
    "male rapper",
    "masculine",
    "countertenor",
    "boy band",
    "men's choir",
    "mens choir",
    "opera tenor",
    "operatic tenor",
    "barbershop",
    "dude",
];
const CHILD: &[&str] = &[
    "child voice",
    "child's voice",
    "child vocals",
    "child singer",
    "childlike voice",
    "children's choir",
    "children's voices",
    "kid voice",
    "kid vocals",
    "kid singing",
    "children singing",
    "childrens choir",
    "kids choir",
    "boy soprano",
    "little girl",
    "little boy",
    "child choir",
    "kids singing",
    "children vocals",
    "kids vocals",
    "kids sing",
    "children sing",
    "child",
];
const DUET: &[&str] = &[
    "duet",
    "duo vocals",
    "duo",
    "male and female",
    "female and male",
    "man and woman",
    "woman and man",
    "boy and girl",
    "girl and boy",
    "call and response vocals",
    "two singers",
    "two voices",
    "his and hers",
];
const CHOIR: &[&str] = &[
    "choir vocals",
    "sung by a choir",
    "choir singing",
    "gospel choir",
    "gospel choir vocals",
    "group vocals",
    "gang vocals",
    "choral",
    "crowd vocals",
    "chanting crowd",
    "choir sings",
    "group singing",
    "unison vocals",
    "girl group",
    "boy band",
    "female choir",
    "women's choir",
    "womens choir",
    "ladies choir",
    "male choir",
    "men's choir",
    "mens choir",
    "children's choir",
    "childrens choir",
    "children singing",
    "kids choir",
    "kids singing",
    "child choir",
    "barbershop",
];
const VOICES: &[&str] = &[
    "vocal", "voice", "singing", "singer", "lyrics", "words", "vocalist", "sung", "vox",
];

/// Words of a person sing only beside a word of singing: "a woman I knew" does not.
const NEEDS_SINGING: &[&str] = &[
    "woman",
    "woman's",
    "women",
    "girl",
    "girl's",
    "lady",
    "man",
    "man's",
    "men",
    "boy",
    "boy's",
    "guy",
    "she",
    "dude",
    "alto",
    "tenor",
    "child",
    "bass",
    "baritone",
    "soprano",
    "little",
    "feminine",
    "masculine",
    "duo",
];

/// Where the prompt asks for no singing.
pub(super) fn is_instrumental(prompt: &Prompt) -> Option<Span> {
    let instrumental = prompt.first_of(&[
        "instrumental",
        "instrumental only",
        "karaoke",
        "backing track",
        "background music",
    ]);
    let unsung = VOICES.iter().flat_map(|voice| prompt.find(voice)).find(|span| {
        // "no soft vocals" and "not a high voice" leave other voices.
        let nearest = if prompt.before(span.start, 1) == "any" { 2 } else { 1 };
        let before = prompt.before(span.start, nearest);
        let listed = matches!(prompt.before(span.start, 1), "or" | "nor");
        let spoken = matches!(before, "no" | "without" | "zero" | "minus" | "non" | "any")
            || listed
            || prompt.at(span.end) == "absent"
            || prompt.at(span.end) == "free";
        spoken && prompt.is_denied(*span)
    });
    instrumental.or(unsung)
}

/// Finds the singers; a duet has two. Where the prompt does not say how they sing, they sing as is usual for the style.
pub(super) fn singers(prompt: &Prompt, style: &Style, rng: &mut Rng) -> Because<Vec<Singer>> {
    let (asked, manner) = delivery(prompt);
    let usual = style.rhythm.vocals.delivery;
    let delivery = if manner.is_some() { asked } else { usual };
    let choir = prompt.first_of(CHOIR);
    let singer = |voice| Singer {
        voice,
        delivery,
        choir: choir.is_some(),
    };
    let (female, male) = (sings(prompt, FEMALE), sings(prompt, MALE));
    let (child, duet) = (sings(prompt, CHILD), sings(prompt, DUET));
    let mut because = Vec::new();
    let mut cite = |span: Span| {
        let words = prompt.cite(span);
        if !because.contains(&words) {
            because.push(words);
        }
    };
    let voices = match (child, duet, female, male) {
        (Some(span), ..) => {
            cite(span);
            vec![Voice::Child]
        }
        (None, duet, Some(female), Some(male)) if duet.is_some() || female.start != male.start => {
            duet.map(&mut cite);
            cite(female);
            cite(male);
            if male.start < female.start {
                vec![Voice::Male, Voice::Female]
            } else {
                vec![Voice::Female, Voice::Male]
            }
        }
        (None, Some(span), female, male) => {
            cite(span);
            match (female, male) {
                (Some(_), None) => vec![Voice::Female, Voice::Female],
                (None, Some(_)) => vec![Voice::Male, Voice::Male],
                _ => vec![Voice::Female, Voice::Male],
            }
        }
        (None, None, Some(span), _) => {
            cite(span);
            vec![Voice::Female]
        }
        (None, None, None, Some(span)) => {
            cite(span);
            vec![Voice::Male]
        }
        (None, None, None, None) => vec![if rng.chance(0.5) { Voice::Female } else { Voice::Male }],
    };
    choir.map(&mut cite);
    manner.map(&mut cite);
    let mut because = match because.is_empty() {
        true => "nothing said: either voice will do".to_owned(),
        false => because.join(", "),
    };
    if manner.is_none() && usual != Delivery::Plain {
        because = format!("{because}; sung as is usual for {}", style.label);
    }
    Because::new(voices.into_iter().map(singer).collect(), because)
}

/// In words, for people.
pub(super) fn describe(singers: &[Singer]) -> String {
    let names = singers.iter().map(|singer| {
        let voice = match singer.voice {
            Voice::Female => "female",
            Voice::Male => "male",
            Voice::Child => "child",
        };
        let manner = match singer.delivery {
            Delivery::Plain => "",
            Delivery::Soft => "soft ",
            Delivery::Powerful => "powerful ",
            Delivery::Whispered => "whispered ",
        };
        let choir = if singer.choir { " choir" } else { "" };
        format!("{manner}{voice}{choir}")
    });
    names.collect::<Vec<_>>().join(" and ")
}

/// The first of the names that sings.
fn sings(prompt: &Prompt, names: &[&str]) -> Option<Span> {
    let spans = names.iter().flat_map(|name| prompt.find(name));
    let sung = spans.filter(|span| {
        let needs = span.length() == 1 && NEEDS_SINGING.contains(&prompt.at(span.start));
        let alone = prompt.words()[span.start].begins_phrase && prompt.phrase_ends_at(span.end);
        let instrument = prompt.at(span.end).starts_with("sax");
        !prompt.is_denied(*span) && !instrument && (!needs || alone || is_near_singing(prompt, *span))
    });
    sung.min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))
}

fn is_near_singing(prompt: &Prompt, span: Span) -> bool {
    // "a duet between a man and a woman"
    let in_duet = (span.start.saturating_sub(7)..span.start).any(|at| prompt.at(at) == "duet");
    in_duet || (span.start.saturating_sub(3)..span.end + 4).any(|at| is_singing(prompt.at(at)))
}

fn is_singing(word: &str) -> bool {
    matches!(
        word,
        "voice"
            | "voices"
            | "vocal"
            | "vocals"
            | "singer"
            | "singers"
            | "singing"
            | "sings"
            | "sung"
            | "vocalist"
            | "vocalists"
            | "duet"
            | "rapper"
            | "rapping"
            | "lead"
            | "vox"
            | "female"
            | "male"
    )
}

/// How it is sung, by a word near one of singing, or one that can mean nothing else.
fn delivery(prompt: &Prompt) -> (Delivery, Option<Span>) {
    const MANNERS: [(Delivery, &[&str]); 3] = [
        (
            Delivery::Whispered,
            &["whispered", "whispering", "whispery", "whisper", "asmr", "murmured"],
        ),
        (
            Delivery::Powerful,
            &[
                "powerful",
                "strong",
                "belting",
                "belted",
                "soaring",
                "big",
                "screaming",
                "screamed",
                "raspy",
                "gritty",
                "shouting",
                "shouted",
                "growling",
                "growled",
                "gravelly",
                "passionate",
                "dramatic",
                "operatic",
                "rough",
                "loud",
                "husky",
            ],
        ),
        (
            Delivery::Soft,
            &[
                "soft", "gentle", "breathy", "intimate", "tender", "airy", "sweet", "delicate", "quiet", "smooth",
                "mellow", "warm", "ethereal", "silky", "calm", "hushed", "angelic", "crooning",
            ],
        ),
    ];
    const UNMISTAKABLE: [&str; 10] = [
        "whispered",
        "whispering",
        "whispery",
        "belting",
        "belted",
        "screamed",
        "growled",
        "breathy",
        "crooning",
        "raspy",
    ];
    for (delivery, words) in MANNERS {
        let spans = words.iter().flat_map(|word| prompt.find(word));
        let of_voice = |span: &Span| {
            let ahead = (span.end..span.end + 4).take_while(|at| !prompt.phrase_ends_at(*at));
            UNMISTAKABLE.contains(&prompt.at(span.start)) || ahead.into_iter().any(|at| is_singing(prompt.at(at)))
        };
        if let Some(span) = spans.filter(|span| !prompt.is_denied(*span)).find(of_voice) {
            return (delivery, Some(span));
        }
    }
    (Delivery::Plain, None)
}
