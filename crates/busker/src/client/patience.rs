//! How long to go on trying, and how often.

use std::time::Duration;

use tokio::time::Instant;

/// The first pause; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// No pause is longer, whatever the server asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// Pauses that grow, until the patience is over.
pub(crate) struct Patience {
    lasts: Duration,
    since: Option<Instant>,
    next: Duration,
}

impl Patience {
    /// Lasts this long from the first failure on.
    pub(crate) fn lasting(lasts: Duration) -> Self {
        Self {
            lasts,
            since: None,
            next: FIRST_PAUSE,
        }
    }

    /// Something went well: the next failure is a first one again.
    pub(crate) fn renew(&mut self) {
        *self = Self::lasting(self.lasts);
    }

    /// How long to wait before the next try; `None` when it is time to give up. `asked` is what the server wants.
    pub(crate) fn pause(&mut self, asked: Option<Duration>) -> Option<Duration> {
        self.pause_at(Instant::now(), asked)
    }

    fn pause_at(&mut self, now: Instant, asked: Option<Duration>) -> Option<Duration> {
        let since = *self.since.get_or_insert(now);
        let pause = asked.unwrap_or(Duration::ZERO).max(self.next).min(LONGEST_PAUSE);
        self.next = (self.next * 2).min(LONGEST_PAUSE);
        (now.duration_since(since) < self.lasts).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let mut patience = Patience::lasting(Duration::from_secs(10));
        let (mut now, mut pauses) = (Instant::now(), Vec::new());
        while let Some(pause) = patience.pause_at(now, None) {
            pauses.push(pause.as_millis());
            now += pause;
        }
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000]);
        patience.renew();
        assert_eq!(patience.pause_at(now, None), Some(FIRST_PAUSE));
    }

    #[test]
    fn the_servers_wish_counts_within_reason() {
        let mut patience = Patience::lasting(Duration::from_secs(10));
        assert_eq!(
            patience.pause(Some(Duration::from_secs(7))),
            Some(Duration::from_secs(7))
        );
        assert_eq!(patience.pause(Some(Duration::from_secs(3600))), Some(LONGEST_PAUSE));
    }
}
