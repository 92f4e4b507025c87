//! How often somebody may ask for a quote without paying.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use busker_core::orders::StoreError;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error_code::ErrorCode;
use crate::problem::Problem;
use crate::settings::Settings;
use crate::shop::Shop;

/// Counting open quotes touches the database, so a count is used this long.
const COUNT_FRESH: Duration = Duration::from_secs(1);

/// Neighbours share a bucket: /24 of IPv4, /48 of IPv6. Kept in memory only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Bucket {
    V4([u8; 3]),
    V6([u8; 6]),
}

impl Bucket {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Self::V4([a, b, c])
            }
            IpAddr::V6(address) => {
                let o = address.octets();
                Self::V6([o[0], o[1], o[2], o[3], o[4], o[5]])
            }
        }
    }
}

pub(crate) struct Limits {
    by_client: Option<DefaultKeyedRateLimiter<Bucket>>,
    open_quotes: Mutex<Option<(Instant, u64)>>,
}

impl Limits {
    pub(crate) fn new(settings: &Settings) -> Self {
        let quota = NonZeroU32::new(settings.quotes_per_minute).map(Quota::per_minute);
        Self {
            by_client: quota.map(RateLimiter::keyed),
            open_quotes: Mutex::new(None),
        }
    }

    /// Forgets clients that have been quiet.
    pub(crate) fn tidy(&self) {
        if let Some(limiter) = &self.by_client {
            limiter.retain_recent();
        }
    }

    fn allow(&self, client: IpAddr) -> Result<(), Problem> {
        let Some(limiter) = &self.by_client else { return Ok(()) };
        limiter.check_key(&Bucket::of(client)).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            Problem::new(
                ErrorCode::RateLimited,
                "too many quotes were asked for from your network",
            )
            .retry_after(wait)
        })
    }
}

impl Shop {
    /// Whether `client` may have one more quote.
    pub(crate) async fn allow_quote(&self, client: IpAddr) -> Result<(), Problem> {
        self.limits.allow(client)?;
        if self.open_quotes().await? >= self.settings.open_quotes_max {
            let detail = "the shop has more unpaid invoices open than it allows; some will expire soon";
            return Err(Problem::new(ErrorCode::RateLimited, detail).retry_after(60));
        }
        Ok(())
    }

    async fn open_quotes(&self) -> Result<u64, StoreError> {
        let known = self.limits.open_quotes.lock().ok().and_then(|known| *known);
        if let Some((_, count)) = known.filter(|(at, _)| at.elapsed() < COUNT_FRESH) {
            return Ok(count);
        }
        let count = self.orders.open_quotes().await?;
        if let Ok(mut known) = self.limits.open_quotes.lock() {
            *known = Some((Instant::now(), count));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Limits};
    use crate::settings::Settings;

    #[test]
    fn neighbours_share_a_limit_and_strangers_do_not() {
        let limits = Limits::new(&Settings {
            quotes_per_minute: 2,
            ..Settings::default()
        });
        let address = |text: &str| text.parse().expect("an address");
        assert!(limits.allow(address("192.0.2.1")).is_ok());
        assert!(limits.allow(address("192.0.2.200")).is_ok());
        assert!(limits.allow(address("192.0.2.3")).is_err());
        assert!(limits.allow(address("198.51.100.3")).is_ok());
        assert_eq!(
            Bucket::of(address("::ffff:192.0.2.9")),
            Bucket::of(address("192.0.2.1"))
        );
        assert_eq!(
            Bucket::of(address("2001:db8:1::1")),
            Bucket::of(address("2001:db8:1:2::9"))
        );
    }
}
