//! What a song is made of: its images, its stance, and what the prompt said of its subject and of people.

use super::Commission;
use super::candidate::Candidate;
use super::stock::{Field, Occasion, STOCK, Singing, Stance};
use super::subject::{name, subject};
use super::template::{chosen, with};
use crate::brief::Prompt;
use crate::rng::Rng;

/// A word within the subject counts as many others: the rest of a prompt is about sound.
const OF_SUBJECT: f32 = 3.0;
/// What an occasion adds to the stance it brings.
const OF_OCCASION: f32 = 1.5;
/// What the genre adds to what it likes to sing of: enough to decide between equals.
const OF_GENRE: f32 = 0.5;
/// What a genre adds to the only thing it sings of, asked or not.
const OF_ONLY: f32 = 1.5;
/// How far, from -1 to 1, a stance taken by chance may be from a mood that was asked for.
const MOOD_DISTANCE: f32 = 0.9;

/// What the song is made of.
#[derive(Debug)]
pub(super) struct Theme {
    pub(super) stance: &'static Stance,
    /// One a verse; the last serves those after it.
    fields: Vec<&'static Field>,
    subject: Option<String>,
    name: Option<String>,
    occasion: Option<&'static Occasion>,
}

impl Theme {
    pub(super) fn find(commission: &Commission<'_>, singing: &Singing, rng: &mut Rng) -> Self {
        let prompt = Prompt::read(commission.prompt);
        let subject = subject(&prompt);
        let name = name(&prompt);
        let occasion = occasion(&prompt, name.is_some());
        // "My grandmother's garden" is as much of a grandmother as of a garden.
        let plain = |text: &str| Prompt::read(&text.replace("'s", "").replace("’s", ""));
        let words = Words {
            prompt: plain(commission.prompt),
            subject: subject.as_deref().map(plain),
        };
        let stance = stance(&words, commission.brightness, singing, occasion, rng);
        Self {
            stance,
            fields: fields(&words, commission.brightness, singing, rng),
            subject,
            name,
            occasion,
        }
    }

    /// The images of a verse, counted from 0.
    pub(super) fn field(&self, verse: usize) -> &'static Field {
        self.fields[verse.min(self.fields.len() - 1)]
    }

    /// The line the song is called by: of the occasion or the subject where there is one, else an image or a feeling.
    pub(super) fn hook(&self, rng: &mut Rng) -> String {
        let of_occasion = self.of_occasion(|occasion| &occasion.hooks);
        let of_subject = self.hooks_of_subject();
        let own = [&self.field(0).hooks, &self.stance.hooks];
        let hooks = if !of_occasion.is_empty() {
            of_occasion
        } else if !of_subject.is_empty() && rng.chance(0.5) {
            of_subject
        } else {
            rng.pick(&own).copied().cloned().unwrap_or_default()
        };
        let hook = rng.pick(&hooks).cloned().unwrap_or_default();
        chosen(&hook, rng)
    }

    /// A hook that names the subject, where the prompt has one and no occasion comes before it.
    pub(super) fn hook_of_subject(&self, rng: &mut Rng) -> Option<String> {
        let has_occasion = !self.of_occasion(|occasion| &occasion.hooks).is_empty();
        let hooks = if has_occasion {
            Vec::new()
        } else {
            self.hooks_of_subject()
        };
        let hook = rng.pick(&hooks)?;
        Some(chosen(hook, rng))
    }

    fn hooks_of_subject(&self) -> Vec<String> {
        match &self.subject {
            Some(subject) if subject.split(' ').count() < 5 => with_all(&STOCK.subject.hooks, "subject", subject),
            _ => Vec::new(),
        }
    }

    /// Lines that may open the verse of this number, counted from 0: the first is of the occasion or else the subject,
    /// the second of the subject, or the occasion where there is no subject.
    pub(super) fn openings(&self, verse: usize, rng: &mut Rng) -> Vec<Candidate> {
        let of_subject = || match &self.subject {
            Some(subject) => with_all(&STOCK.subject.lines, "subject", subject),
            None => Vec::new(),
        };
        let of_occasion = self.of_occasion(|occasion| &occasion.lines);
        let lines = match verse {
            0 if of_occasion.is_empty() => of_subject(),
            0 => of_occasion,
            1 if self.subject.is_some() => of_subject(),
            1 => of_occasion,
            _ => Vec::new(),
        };
        lines
            .iter()
            .map(|line| Candidate::of(line, chosen(line, rng)))
            .collect()
    }

    /// The occasion's lines: those with a name where there is one, the others where there is none.
    fn of_occasion(&self, lines: impl Fn(&'static Occasion) -> &'static Vec<String>) -> Vec<String> {
        let Some(occasion) = self.occasion else {
            return Vec::new();
        };
        let named = |line: &&String| line.contains("{name}");
        match &self.name {
            Some(name) => {
                let lines = lines(occasion).iter().filter(named).cloned().collect::<Vec<_>>();
                with_all(&lines, "name", name)
            }
            None => lines(occasion).iter().filter(|line| !named(line)).cloned().collect(),
        }
    }
}

/// The prompt, and the part of it that is the subject.
struct Words {
    prompt: Prompt,
    subject: Option<Prompt>,
}

impl Words {
    /// How much the prompt points to what has these trigger words.
    fn weight(&self, triggers: &[String]) -> f32 {
        let in_prompt = triggers.iter().filter(|trigger| self.says(trigger)).count() as f32;
        let in_subject = |subject: &Prompt| triggers.iter().filter(|trigger| subject.has(trigger)).count() as f32;
        in_prompt + self.subject.as_ref().map_or(0.0, in_subject) * OF_SUBJECT
    }

    /// Whether the prompt has `trigger`, wants it, and means the song and not the singer by it.
    fn says(&self, trigger: &str) -> bool {
        let of_singer = |at: usize| {
            matches!(
                self.prompt.at(at),
                "voice" | "vocal" | "vocals" | "singer" | "singing" | "female" | "male" | "choir"
            )
        };
        self.prompt
            .find(trigger)
            .into_iter()
            .any(|span| !self.prompt.is_denied(span) && !(span.end..span.end + 2).any(of_singer))
    }
}

fn occasion(prompt: &Prompt, has_name: bool) -> Option<&'static Occasion> {
    let named = |occasion: &&Occasion| occasion.words.iter().any(|word| prompt.has(word));
    let anybody = |occasion: &&Occasion| has_name && occasion.words.is_empty();
    let occasions = &STOCK.occasions;
    occasions.iter().find(named).or_else(|| occasions.iter().find(anybody))
}

/// The stance the prompt points to most, or one of the genre's that suits the mood.
fn stance(
    words: &Words,
    brightness: f32,
    singing: &Singing,
    occasion: Option<&Occasion>,
    rng: &mut Rng,
) -> &'static Stance {
    let brought = occasion.and_then(|occasion| occasion.stance.as_ref());
    let weight = |stance: &Stance| {
        let by_occasion = if brought == Some(&stance.name) {
            OF_OCCASION
        } else {
            0.0
        };
        words.weight(&stance.words) + by_occasion
    };
    let usual = singing
        .stances
        .iter()
        .filter_map(|name| STOCK.stance(name))
        .collect::<Vec<_>>();
    let by_chance = suiting(usual, brightness, |stance| stance.brightness);
    heaviest(
        &STOCK.stances,
        weight,
        |stance| liking(&singing.stances, &stance.name),
        &by_chance,
        rng,
    )
}

/// The field the prompt points to most, or one of the genre's, and where later verses wander from there.
fn fields(words: &Words, brightness: f32, singing: &Singing, rng: &mut Rng) -> Vec<&'static Field> {
    let usual = singing
        .fields
        .iter()
        .filter_map(|name| STOCK.field(name))
        .collect::<Vec<_>>();
    let by_chance = suiting(usual, brightness, |field| field.brightness);
    let likes = |field: &Field| liking(&singing.fields, &field.name);
    let first = heaviest(
        &STOCK.fields,
        |field| words.weight(&field.words),
        likes,
        &by_chance,
        rng,
    );
    let near = first
        .near
        .iter()
        .filter_map(|name| STOCK.field(name))
        .collect::<Vec<_>>();
    let near = suiting(near, brightness, |field| field.brightness);
    let pointed = |field: &&&Field| words.weight(&field.words) > 0.0;
    let asked = near.iter().filter(pointed).copied().collect::<Vec<_>>();
    let next = |rng: &mut Rng| {
        let from = if asked.is_empty() { &near } else { &asked };
        rng.pick(from).copied().unwrap_or(first)
    };
    let second = if rng.chance(0.5) { first } else { next(rng) };
    let third = next(rng);
    vec![first, second, third]
}

/// What a genre that sings of `liked` adds to `name`.
fn liking(liked: &[String], name: &String) -> f32 {
    match (liked.contains(name), liked.len()) {
        (true, 1) => OF_ONLY,
        (true, _) => OF_GENRE,
        (false, _) => 0.0,
    }
}

/// Those of `items` that suit a mood of that brightness, or all where none does.
fn suiting<T>(items: Vec<&'static T>, brightness: f32, own: impl Fn(&T) -> f32) -> Vec<&'static T> {
    let suits = |item: &&T| brightness.abs() < 0.2 || (own(item) - brightness).abs() < MOOD_DISTANCE;
    let suiting = items.iter().copied().filter(suits).collect::<Vec<_>>();
    if suiting.is_empty() { items } else { suiting }
}

/// One of those with the greatest `weight` and then `likes`; where nothing weighs anything, one of `by_chance`.
fn heaviest<T>(
    all: &'static [T],
    weight: impl Fn(&T) -> f32,
    likes: impl Fn(&T) -> f32,
    by_chance: &[&'static T],
    rng: &mut Rng,
) -> &'static T {
    let total = |item: &T| match (weight(item), likes(item)) {
        (none, liking) if none <= 0.0 && liking < OF_ONLY => 0.0,
        (weight, liking) => weight + liking,
    };
    let most = all.iter().map(total).fold(0.0, f32::max);
    let best = all
        .iter()
        .filter(|item| most > 0.0 && total(item) >= most)
        .collect::<Vec<_>>();
    let from = if best.is_empty() { by_chance } else { &best };
    rng.pick(from).copied().unwrap_or(&all[0])
}

fn with_all(lines: &[String], name: &str, value: &str) -> Vec<String> {
    lines.iter().map(|line| with(line, name, value)).collect()
}
