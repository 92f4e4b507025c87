//! How long each part of the work took.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Notes when one stage gives way to the next.
#[derive(Debug, Default)]
pub(super) struct Stages(Mutex<Vec<(String, Instant)>>);

impl Stages {
    /// `stage` is under way.
    pub(super) fn now(&self, stage: &str) {
        let mut begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if begun.last().is_none_or(|(last, _)| last != stage) {
            begun.push((stage.to_owned(), Instant::now()));
        }
    }

    /// Every stage so far with its seconds, in the order they began; one that was taken up again is there again.
    pub(super) fn seconds(&self) -> Vec<(String, f64)> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = begun.iter().skip(1).map(|(_, begin)| *begin).chain([Instant::now()]);
        let spent = begun.iter().zip(ends);
        spent
            .map(|((stage, begin), end)| (stage.clone(), (end - *begin).as_secs_f64()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Stages;

    #[test]
    fn stages_follow_each_other_and_their_times_add_up() {
        let stages = Stages::default();
        for stage in ["playing", "playing", "mixing", "playing"] {
            stages.now(stage);
        }
        let seconds = stages.seconds();
        let names: Vec<&str> = seconds.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["playing", "mixing", "playing"]);
        assert!(seconds.iter().all(|(_, seconds)| (0.0..5.0).contains(seconds)));
    }
}
