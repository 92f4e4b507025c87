//! Sentences as the voice is asked for them.

use crate::model::sound::Sound;
use crate::model::{Context, Gaussian, Model, Place, STATES, trajectory};
use crate::phone::{CONSONANTS, Phone, VOWELS};

/// The phones of a sentence, with a pause at either end and at each `|`.
///
/// Syllables are parted by spaces and their phones by hyphens; a stressed one has an apostrophe: `'m-ih-l-k | ax-n-d`.
pub(super) fn contexts(text: &str) -> Vec<Context> {
    let mut phones = vec![(Sound::Pause, None)];
    for syllable in text.split_whitespace() {
        if syllable == "|" {
            phones.push((Sound::Pause, None));
            continue;
        }
        let sounds = syllable
            .trim_start_matches('\'')
            .split('-')
            .map(sound)
            .collect::<Vec<_>>();
        let is_vowel = |sound: &&Sound| matches!(sound, Sound::Phone(phone) if phone.is_vowel());
        let vowel = *sounds.iter().find(is_vowel).expect("a syllable has a vowel");
        for (position, &sound) in (1..).zip(&sounds) {
            let size = u8::try_from(sounds.len()).unwrap();
            let place = Place {
                from_front: position,
                from_back: size + 1 - position,
                stressed: syllable.starts_with('\''),
                size,
                vowel,
            };
            phones.push((sound, Some(place)));
        }
    }
    phones.push((Sound::Pause, None));
    let at = |index: Option<usize>| {
        let phone = index.and_then(|index| phones.get(index));
        phone.map_or(Sound::Pause, |phone| phone.0)
    };
    let context = |(index, &(sound, place)): (usize, &(Sound, Option<Place>))| Context {
        before: [at(index.checked_sub(2)), at(index.checked_sub(1))],
        sound,
        after: [at(Some(index + 1)), at(Some(index + 2))],
        place,
    };
    phones.iter().enumerate().map(context).collect()
}

/// The sound of that name in labels.
pub(super) fn sound(name: &str) -> Sound {
    sounds()
        .find(|sound| sound.name() == name)
        .unwrap_or_else(|| panic!("no sound is called {name:?}"))
}

/// Every sound there is.
pub(super) fn sounds() -> impl Iterator<Item = Sound> {
    let phones = VOWELS.into_iter().chain(CONSONANTS).map(Sound::Phone);
    [Sound::Pause, Sound::Phone(Phone::AX)].into_iter().chain(phones)
}

/// How many frames each state of a phone lasts in speech.
pub(super) fn natural_lengths(means: [f32; STATES]) -> [usize; STATES] {
    means.map(|mean| (mean.round() as usize).max(1))
}

/// A sentence spoken at its natural pace, and for each frame whether it is sound rather than pause.
pub(super) fn speak(text: &str) -> (Vec<[f32; crate::model::ORDER]>, Vec<bool>) {
    let mut states: Vec<(Gaussian<'_>, usize)> = Vec::new();
    let mut spoken = Vec::new();
    for context in contexts(text) {
        let unit = Model::embedded().unit(&context);
        let lengths = natural_lengths(unit.means);
        states.extend(unit.states.into_iter().zip(lengths));
        spoken.resize(
            spoken.len() + lengths.iter().sum::<usize>(),
            context.sound != Sound::Pause,
        );
    }
    (trajectory(&states), spoken)
}
