//! What it should feel like.

use super::Because;
use super::prompt::{Prompt, Span};

/// A mood as three numbers, each from -1 to 1 around the genre's own character.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Mood {
    /// How much is going on.
    pub(crate) energy: f32,
    /// Dark to bright: mode where none was asked, tone, register.
    pub(crate) brightness: f32,
    /// Dry and near to wide and dreamy.
    pub(crate) space: f32,
}

/// Words and what they do to energy, brightness and space.
const WORDS: &[(&str, f32, f32, f32)] = &[
    ("happy", 0.3, 0.8, 0.0),
    ("joyful", 0.4, 0.9, 0.0),
    ("cheerful", 0.3, 0.9, 0.0),
    ("uplifting", 0.4, 0.6, 0.2),
    ("hopeful", 0.1, 0.5, 0.1),
    ("playful", 0.3, 0.6, -0.2),
    ("sunny", 0.2, 0.9, 0.0),
    ("bright", 0.1, 0.6, 0.0),
    ("fun", 0.4, 0.6, 0.0),
    ("carefree", 0.1, 0.7, 0.0),
    ("triumphant", 0.7, 0.6, 0.3),
    ("victorious", 0.7, 0.6, 0.3),
    ("euphoric", 0.8, 0.6, 0.4),
    ("celebratory", 0.6, 0.7, 0.0),
    ("energetic", 0.8, 0.2, -0.1),
    ("driving", 0.6, 0.0, -0.1),
    ("upbeat", 0.5, 0.5, 0.0),
    ("powerful", 0.6, 0.0, 0.1),
    ("epic", 0.7, 0.0, 0.6),
    ("anthemic", 0.7, 0.4, 0.4),
    ("intense", 0.7, -0.3, 0.0),
    ("aggressive", 0.9, -0.5, -0.3),
    ("angry", 0.9, -0.6, -0.3),
    ("heavy", 0.6, -0.4, -0.1),
    ("gritty", 0.4, -0.4, -0.3),
    ("groovy", 0.4, 0.2, -0.2),
    ("danceable", 0.5, 0.3, 0.0),
    ("sad", -0.4, -0.8, 0.2),
    ("melancholic", -0.3, -0.7, 0.2),
    ("melancholy", -0.3, -0.7, 0.2),
    ("heartbroken", -0.3, -0.8, 0.2),
    ("heartbreak", -0.2, -0.7, 0.2),
    ("lonely", -0.4, -0.7, 0.3),
    ("sorrowful", -0.4, -0.8, 0.2),
    ("mournful", -0.4, -0.9, 0.3),
    ("bittersweet", -0.1, -0.3, 0.1),
    ("nostalgic", -0.1, -0.1, 0.2),
    ("wistful", -0.2, -0.3, 0.2),
    ("emotional", 0.0, -0.2, 0.2),
    ("dark", 0.0, -0.8, 0.2),
    ("gloomy", -0.3, -0.8, 0.2),
    ("moody", -0.1, -0.6, 0.2),
    ("mysterious", -0.1, -0.5, 0.4),
    ("haunting", -0.2, -0.7, 0.5),
    ("eerie", -0.3, -0.8, 0.6),
    ("ominous", 0.1, -0.9, 0.4),
    ("dreamy", -0.2, 0.2, 0.8),
    ("ethereal", -0.3, 0.2, 0.9),
    ("atmospheric", -0.2, 0.0, 0.8),
    ("spacious", -0.1, 0.1, 0.8),
    ("calm", -0.6, 0.2, 0.3),
    ("peaceful", -0.6, 0.3, 0.4),
    ("relaxing", -0.6, 0.2, 0.3),
    ("relaxed", -0.5, 0.2, 0.1),
    ("chill", -0.5, 0.1, 0.3),
    ("mellow", -0.5, 0.0, 0.1),
    ("gentle", -0.6, 0.2, 0.2),
    ("soft", -0.5, 0.1, 0.2),
    ("intimate", -0.5, 0.0, -0.5),
    ("warm", -0.1, 0.1, 0.0),
    ("romantic", -0.2, 0.3, 0.2),
    ("tender", -0.4, 0.2, 0.1),
    ("high energy", 0.8, 0.2, 0.0),
    ("low energy", -0.6, 0.0, 0.1),
    ("energy", 0.3, 0.0, 0.0),
    ("full of energy", 0.8, 0.2, 0.0),
    ("lively", 0.6, 0.3, 0.0),
    ("vibrant", 0.5, 0.5, 0.0),
    ("exciting", 0.6, 0.3, 0.0),
    ("explosive", 0.9, 0.0, 0.0),
    ("wild", 0.8, 0.0, 0.0),
    ("rowdy", 0.7, 0.2, -0.1),
    ("laid back", -0.4, 0.1, 0.1),
    ("laidback", -0.4, 0.1, 0.1),
    ("easy going", -0.4, 0.3, 0.0),
    ("easygoing", -0.4, 0.3, 0.0),
    ("lazy", -0.5, 0.1, 0.1),
    ("sleepy", -0.8, 0.0, 0.4),
    ("soothing", -0.6, 0.2, 0.3),
    ("serene", -0.6, 0.3, 0.4),
    ("tranquil", -0.6, 0.2, 0.4),
    ("quiet", -0.6, 0.0, 0.1),
    ("delicate", -0.5, 0.2, 0.2),
    ("minimal", -0.5, 0.0, 0.0),
    ("sparse", -0.5, 0.0, 0.2),
    ("feel good", 0.4, 0.8, 0.0),
    ("optimistic", 0.3, 0.7, 0.0),
    ("positive", 0.2, 0.6, 0.0),
    ("inspiring", 0.3, 0.6, 0.2),
    ("inspirational", 0.3, 0.6, 0.2),
    ("proud", 0.4, 0.4, 0.1),
    ("heroic", 0.7, 0.4, 0.4),
    ("majestic", 0.5, 0.2, 0.5),
    ("festive", 0.6, 0.7, 0.0),
    ("party", 0.6, 0.5, 0.0),
    ("quirky", 0.3, 0.4, -0.2),
    ("whimsical", 0.1, 0.6, 0.1),
    ("funny", 0.3, 0.6, -0.2),
    ("silly", 0.4, 0.7, -0.2),
    ("cute", 0.1, 0.7, -0.1),
    ("sweet", -0.2, 0.5, 0.1),
    ("sensual", -0.3, 0.0, 0.2),
    ("sexy", 0.1, 0.0, 0.1),
    ("seductive", -0.1, -0.2, 0.2),
    ("magical", 0.0, 0.4, 0.6),
    ("mystical", -0.1, -0.1, 0.7),
    ("hypnotic", 0.1, -0.2, 0.5),
    ("floating", -0.4, 0.2, 0.8),
    ("cosmic", 0.0, 0.0, 0.9),
    ("reverb drenched", -0.1, 0.0, 0.9),
    ("dry", 0.0, 0.0, -0.8),
    ("spooky", -0.1, -0.9, 0.5),
    ("scary", 0.3, -0.9, 0.4),
    ("creepy", -0.1, -0.9, 0.4),
    ("sinister", 0.2, -0.9, 0.3),
    ("menacing", 0.4, -0.9, 0.2),
    ("evil", 0.4, -0.9, 0.2),
    ("tense", 0.4, -0.6, 0.1),
    ("suspenseful", 0.2, -0.7, 0.3),
    ("dramatic", 0.5, -0.3, 0.3),
    ("tragic", -0.1, -0.8, 0.3),
    ("depressing", -0.5, -0.9, 0.2),
    ("depressed", -0.5, -0.9, 0.2),
    ("grief", -0.4, -0.8, 0.2),
    ("crying", -0.3, -0.7, 0.2),
    ("tearful", -0.4, -0.7, 0.2),
    ("somber", -0.4, -0.7, 0.2),
    ("sombre", -0.4, -0.7, 0.2),
    ("bleak", -0.3, -0.9, 0.2),
    ("cold", -0.1, -0.6, 0.4),
    ("longing", -0.2, -0.4, 0.3),
    ("yearning", 0.0, -0.4, 0.3),
    ("reflective", -0.4, -0.1, 0.2),
    ("introspective", -0.4, -0.2, 0.2),
    ("contemplative", -0.5, 0.0, 0.3),
    ("rage", 1.0, -0.7, -0.2),
    ("furious", 1.0, -0.6, -0.2),
    ("rebellious", 0.7, -0.2, -0.1),
    ("brutal", 1.0, -0.8, -0.1),
    ("raw", 0.4, -0.2, -0.4),
    ("badass", 0.6, -0.4, 0.0),
    ("confident", 0.4, 0.2, 0.0),
    ("swagger", 0.4, 0.0, 0.0),
    ("hard hitting", 0.8, -0.2, -0.1),
    ("hype", 0.8, 0.2, 0.0),
    ("pumping", 0.7, 0.1, 0.0),
    ("fierce", 0.8, -0.3, 0.0),
    ("fiery", 0.8, 0.0, 0.0),
    ("passionate", 0.4, 0.0, 0.1),
    ("love", -0.1, 0.2, 0.1),
    ("loving", -0.2, 0.4, 0.1),
    ("cozy", -0.5, 0.3, -0.1),
    ("summery", 0.3, 0.8, 0.0),
    ("summer", 0.2, 0.6, 0.0),
    ("rainy", -0.4, -0.4, 0.2),
    ("midnight", -0.1, -0.4, 0.2),
    ("luminous", 0.0, 0.6, 0.4),
];

/// Adds up the mood words on top of what the style brings. A word of the singer ("soft female voice") or of an
/// instrument ("heavy guitars") is not the song's.
pub(super) fn mood(prompt: &Prompt, of_style: Mood) -> Because<Mood> {
    let mut mood = of_style;
    let all = WORDS
        .iter()
        .flat_map(|&(word, energy, brightness, space)| {
            let found = prompt.find(word).into_iter();
            found.map(move |span| ([energy, brightness, space], span))
        })
        .collect();
    let mut found = Vec::new();
    for ([energy, brightness, space], span) in Prompt::longest(all) {
        if describes_sound(prompt, span) {
            continue;
        }
        let sign = if prompt.is_denied(span) {
            -0.5
        } else {
            strength(prompt, span)
        };
        mood.energy += sign * energy;
        mood.brightness += sign * brightness;
        mood.space += sign * space;
        found.push(prompt.cite(span));
    }
    let limit = |value: f32| value.clamp(-1.0, 1.0);
    let mood = Mood {
        energy: limit(mood.energy),
        brightness: limit(mood.brightness),
        space: limit(mood.space),
    };
    let because = match (found.is_empty(), of_style == Mood::default()) {
        (true, true) => "nothing said: the genre's own".to_owned(),
        (true, false) => "nothing said: the style's own".to_owned(),
        (false, _) => found.join(", "),
    };
    Because::new(mood, because)
}

/// "very sad" is sadder than "a bit sad".
fn strength(prompt: &Prompt, span: Span) -> f32 {
    if prompt.words()[span.start].begins_phrase {
        return 1.0;
    }
    match prompt.before(span.start, 1) {
        "very" | "extremely" | "super" | "really" | "deeply" | "incredibly" => 1.4,
        "slightly" | "bit" | "somewhat" | "mildly" | "little" => 0.5,
        _ => 1.0,
    }
}

/// Whether the word tells how someone sings or an instrument sounds.
fn describes_sound(prompt: &Prompt, span: Span) -> bool {
    const OF_SINGERS: [&str; 14] = [
        "soft",
        "powerful",
        "gentle",
        "warm",
        "dark",
        "gritty",
        "intimate",
        "sweet",
        "delicate",
        "raw",
        "tender",
        "passionate",
        "emotional",
        "quiet",
    ];
    const OF_INSTRUMENTS: [&str; 14] = [
        "soft",
        "heavy",
        "gentle",
        "warm",
        "bright",
        "gritty",
        "quiet",
        "delicate",
        "dry",
        "minimal",
        "sparse",
        "aggressive",
        "raw",
        "powerful",
    ];
    let word = prompt.at(span.start);
    let ahead = (span.end..span.end + 3)
        .take_while(|at| !prompt.phrase_ends_at(*at))
        .collect::<Vec<_>>();
    let sung = ahead.iter().any(|at| {
        matches!(
            prompt.at(*at),
            "voice" | "vocal" | "vocals" | "singer" | "singing" | "female" | "male" | "soprano" | "tenor" | "baritone"
        )
    });
    let played = ahead.iter().take(2).any(|at| {
        matches!(
            prompt.at(*at),
            "guitar"
                | "guitars"
                | "piano"
                | "drums"
                | "drum"
                | "bass"
                | "synth"
                | "synths"
                | "strings"
                | "pad"
                | "pads"
                | "organ"
        )
    });
    sung && OF_SINGERS.contains(&word) || played && OF_INSTRUMENTS.contains(&word)
}

impl Mood {
    /// In words, for people.
    pub(super) fn describe(self) -> String {
        let word = |value: f32, low: &'static str, high: &'static str| {
            if value > 0.15 {
                Some(high)
            } else if value < -0.15 {
                Some(low)
            } else {
                None
            }
        };
        let parts = [
            word(self.energy, "calm", "lively"),
            word(self.brightness, "dark", "bright"),
            word(self.space, "close", "spacious"),
        ];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>();
        if parts.is_empty() {
            "neutral".to_owned()
        } else {
            parts.join(", ")
        }
    }
}
