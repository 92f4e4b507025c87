//! Takes until one is good.

use std::panic::{AssertUnwindSafe, catch_unwind};

use busker_core::engine::EngineError;
use busker_core::request::SEED_MAX;
use busker_core::song::Song;

/// Takes before the band gives up.
const TAKES: u64 = 4;
/// The golden ratio in 64 bits: steps of it never fall into a short cycle.
const SUB_SEED_STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// A song that may be sold.
#[derive(Debug)]
pub(super) struct Take {
    pub(super) song: Song,
    /// How clearly it is in the key asked for. Below zero a listener may hear another one.
    pub(super) key_fit: f64,
}

/// Why a take gave no song.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nobody wants the song any more.
    Cancelled,
    /// The take is not fit to be heard, and why.
    Faulty(String),
}

/// The first clear song that `take` makes of `seed` or one of the sub-seeds after it; where none is clear, the clearest.
///
/// A panic counts as a bad take, so whoever calls this never dies of one. Its message is left out of the error: it may
/// hold words of the buyer's.
///
/// # Errors
/// [`EngineError::Cancelled`] at once when a take was cancelled, [`EngineError::Transient`] when none was good.
pub(super) fn first_good(seed: u64, take: impl Fn(u64) -> Result<Take, Failure>) -> Result<Song, EngineError> {
    let mut reason = String::new();
    // Only its seed is kept: two songs of six minutes in memory are too many.
    let mut clearest: Option<(f64, u64)> = None;
    for number in 0..TAKES {
        let sub_seed = seed.wrapping_add(number.wrapping_mul(SUB_SEED_STEP)) & SEED_MAX;
        reason = match attempt(&take, sub_seed) {
            Ok(Take { song, key_fit }) if key_fit >= 0.0 => return Ok(song),
            Ok(Take { key_fit, .. }) => {
                if clearest.is_none_or(|(fit, _)| key_fit > fit) {
                    clearest = Some((key_fit, sub_seed));
                }
                continue;
            }
            Err(Failure::Cancelled) => return Err(EngineError::Cancelled),
            Err(Failure::Faulty(reason)) => reason,
        };
    }
    if let Some((_, sub_seed)) = clearest {
        reason = match attempt(&take, sub_seed) {
            Ok(Take { song, .. }) => return Ok(song),
            Err(Failure::Cancelled) => return Err(EngineError::Cancelled),
            Err(Failure::Faulty(reason)) => reason,
        };
    }
    Err(EngineError::Transient(format!(
        "{TAKES} takes were bad, the last because: {reason}"
    )))
}

fn attempt(take: impl Fn(u64) -> Result<Take, Failure>, seed: u64) -> Result<Take, Failure> {
    catch_unwind(AssertUnwindSafe(|| take(seed))).unwrap_or_else(|_| {
        Err(Failure::Faulty(
            "the band panicked; its message is on standard error".to_owned(),
        ))
    })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::{Failure, Take, first_good};
    use busker_core::engine::EngineError;
    use busker_core::song::{Song, SongFacts};

    /// A take whose song remembers its seed.
    fn heard(seed: u64, key_fit: f64) -> Take {
        let facts = SongFacts {
            seed,
            ..SongFacts::default()
        };
        Take {
            song: Song {
                facts,
                ..Song::default()
            },
            key_fit,
        }
    }

    #[test]
    fn the_first_take_keeps_the_seed_and_a_clear_one_ends_the_search() {
        let seeds = RefCell::new(Vec::new());
        let song = first_good(42, |seed| {
            seeds.borrow_mut().push(seed);
            Ok(heard(seed, 0.1))
        });
        assert_eq!(song.expect("a song").facts.seed, 42);
        assert_eq!(seeds.into_inner(), [42]);
    }

    #[test]
    fn bad_takes_and_panics_are_followed_by_others_from_new_seeds() {
        let seeds = RefCell::new(Vec::new());
        let song = first_good(42, |seed| {
            seeds.borrow_mut().push(seed);
            match seeds.borrow().len() {
                1 => Err(Failure::Faulty("silence".to_owned())),
                2 => panic!("a wrong note, on purpose"),
                _ => Ok(heard(seed, 0.0)),
            }
        });
        assert!(song.is_ok());
        let mut seeds = seeds.into_inner();
        seeds.dedup();
        assert_eq!(seeds.len(), 3);
    }

    #[test]
    fn a_doubtful_key_is_followed_by_other_takes_and_the_clearest_is_sold() {
        let seeds = RefCell::new(Vec::new());
        let fits = [-0.3, -0.1, -0.2, -0.4];
        let song = first_good(42, |seed| {
            let mut seeds = seeds.borrow_mut();
            let number = seeds.iter().position(|earlier| *earlier == seed).unwrap_or(seeds.len());
            seeds.push(seed);
            Ok(heard(seed, fits[number]))
        });
        let seeds = seeds.into_inner();
        assert_eq!(seeds.len(), 5, "four takes, and the clearest of them again");
        assert_eq!(song.expect("a song").facts.seed, seeds[1]);
    }

    #[test]
    fn a_clear_take_after_doubtful_ones_is_sold() {
        let number = RefCell::new(0);
        let song = first_good(42, |seed| {
            *number.borrow_mut() += 1;
            Ok(heard(seed, if *number.borrow() == 3 { 0.2 } else { -0.2 }))
        });
        assert!(song.is_ok());
        assert_eq!(number.into_inner(), 3);
    }

    #[test]
    fn the_band_gives_up_with_the_last_reason_and_without_private_words() {
        let error = first_good(1, |_| Err(Failure::Faulty("too loud".to_owned()))).expect_err("no take was good");
        assert_eq!(
            error,
            EngineError::Transient("4 takes were bad, the last because: too loud".to_owned())
        );
        let error = first_good(1, |_| panic!("secret words, on purpose")).expect_err("no take was good");
        assert!(matches!(&error, EngineError::Transient(text) if !text.contains("secret")));
    }

    #[test]
    fn a_cancelled_take_is_the_last() {
        let takes = RefCell::new(0);
        let error = first_good(1, |_| {
            *takes.borrow_mut() += 1;
            Err(Failure::Cancelled)
        });
        assert_eq!(error.expect_err("cancelled"), EngineError::Cancelled);
        assert_eq!(takes.into_inner(), 1);
    }
}
