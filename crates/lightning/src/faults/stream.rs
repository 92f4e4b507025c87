//! A stream of settlements under the weather: interrupted, late, or twice.

use busker_core::wallet::Settled;
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use tokio::sync::watch;

use super::script::{Faults, Weather};

/// `inner`, as long as the wallet is up; each settlement only when it may be seen, and once or twice.
pub(super) fn faulty(inner: BoxStream<'static, Settled>, faults: &Faults) -> BoxStream<'static, Settled> {
    let state = FaultyStream {
        inner,
        weather: faults.weather(),
        again: None,
        _faults: faults.clone(),
    };
    stream::unfold(state, async |mut state| Some((state.next().await?, state))).boxed()
}

struct FaultyStream {
    inner: BoxStream<'static, Settled>,
    weather: watch::Receiver<Weather>,
    again: Option<Settled>,
    /// Keeps the weather alive for a stream that outlives its wallet.
    _faults: Faults,
}

impl FaultyStream {
    async fn next(&mut self) -> Option<Settled> {
        if let Some(settled) = self.again.take() {
            return Some(settled);
        }
        let mut until_down = self.weather.clone();
        let settled = tokio::select! {
            biased;
            _ = until_down.wait_for(|weather| weather.down) => return None,
            settled = self.inner.next() => settled?,
        };
        let seen = self
            .weather
            .wait_for(|weather| weather.down || !weather.hides_settlements);
        let weather = *seen.await.ok()?;
        if weather.down {
            return None;
        }
        if weather.repeats_settlements {
            self.again = Some(settled.clone());
        }
        Some(settled)
    }
}
