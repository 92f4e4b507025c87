//! What it should feel like.

use super::Because;
use super::prompt::Prompt;

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
];

/// Adds up the mood words. A word of the singer ("soft female voice", "powerful male singer") is not the song's.
pub(super) fn mood(prompt: &Prompt) -> Because<Mood> {
    let mut mood = Mood::default();
    let mut found = Vec::new();
    for &(word, energy, brightness, space) in WORDS {
        for span in prompt.find(word) {
            let of_singer = (span.end..span.end + 3).any(|at| {
                matches!(
                    prompt.at(at),
                    "voice" | "vocal" | "vocals" | "singer" | "singing" | "female" | "male"
                )
            });
            if of_singer
                && matches!(
                    word,
                    "soft" | "powerful" | "gentle" | "warm" | "dark" | "gritty" | "intimate"
                )
            {
                continue;
            }
            let sign = if prompt.is_denied(span) { -0.5 } else { 1.0 };
            mood.energy += sign * energy;
            mood.brightness += sign * brightness;
            mood.space += sign * space;
            found.push(format!("\"{}\"", prompt.quote(span)));
        }
    }
    let limit = |value: f32| value.clamp(-1.0, 1.0);
    let mood = Mood {
        energy: limit(mood.energy),
        brightness: limit(mood.brightness),
        space: limit(mood.space),
    };
    let because = if found.is_empty() {
        "no mood was asked".to_owned()
    } else {
        found.join(", ")
    };
    Because::new(mood, because)
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
