//! Takes until one is good.

use std::panic::{AssertUnwindSafe, catch_unwind};

use busker_core::engine::EngineError;
use busker_core::request::SEED_MAX;
use busker_core::song::Song;

/// Takes before the band gives up.
const TAKES: u64 = 4;
/// The golden ratio in 64 bits: steps of it never fall into a short cycle.
const SUB_SEED_STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Why a take gave no song.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nobody wants the song any more.
    Cancelled,
    /// The take is not fit to be heard, and why.
    Faulty(String),
}

/// The first song that `take` makes of `seed` or one of the sub-seeds after it.
///
/// A panic counts as a bad take, so whoever calls this never dies of one. Its message is left out of the error: it may
/// hold words of the buyer's.
///
/// # Errors
/// [`EngineError::Cancelled`] at once when a take was cancelled, [`EngineError::Transient`] when none was good.
pub(super) fn first_good(seed: u64, take: impl Fn(u64) -> Result<Song, Failure>) -> Result<Song, EngineError> {
    let mut reason = String::new();
    for number in 0..TAKES {
        let sub_seed = seed.wrapping_add(number.wrapping_mul(SUB_SEED_STEP)) & SEED_MAX;
        reason = match catch_unwind(AssertUnwindSafe(|| take(sub_seed))) {
            Ok(Ok(song)) => return Ok(song),
            Ok(Err(Failure::Cancelled)) => return Err(EngineError::Cancelled),
            Ok(Err(Failure::Faulty(reason))) => reason,
            Err(_) => "the band panicked; its message is on standard error".to_owned(),
        };
    }
    Err(EngineError::Transient(format!(
        "{TAKES} takes were bad, the last because: {reason}"
    )))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::{Failure, first_good};
    use busker_core::engine::EngineError;
    use busker_core::song::Song;

    #[test]
    fn the_first_take_keeps_the_seed_and_a_good_one_ends_the_search() {
        let seeds = RefCell::new(Vec::new());
        let song = first_good(42, |seed| {
            seeds.borrow_mut().push(seed);
            Ok(Song {
                rate: 7,
                ..Song::default()
            })
        });
        assert_eq!(song.expect("a song").rate, 7);
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
                _ => Ok(Song::default()),
            }
        });
        assert!(song.is_ok());
        let mut seeds = seeds.into_inner();
        seeds.dedup();
        assert_eq!(seeds.len(), 3);
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
