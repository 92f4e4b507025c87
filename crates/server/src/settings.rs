//! What an operator may set about the shop. The binary fills it from file, environment and flags.

use std::net::IpAddr;
use std::time::Duration;

/// Settings of the HTTP shop.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How buyers reach the shop, without a trailing slash, like `https://songs.example`. `None` takes the request's host.
    pub public_url: Option<String>,
    /// A redeeming call waits at most this long for its song before it answers 202.
    pub hold_max: Duration,
    /// How long an invoice can be paid.
    pub invoice_expiry: Duration,
    /// How long after the invoice's expiry a credential still opens its song.
    pub credential_grace: Duration,
    /// Quotes one client address may ask for in a minute; 0 for no limit. Addresses are counted in memory by /24 (IPv4)
    /// or /48 (IPv6) and never stored.
    pub quotes_per_minute: u32,
    /// Unpaid quotes that may be open at once; beyond it new ones are refused with 429.
    pub open_quotes_max: u64,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Songs made at the same time by this process; 0 for an API node without a worker.
    pub slots: usize,
    /// How often the reconciler looks for orders that need a hand.
    pub reconcile_every: Duration,
    /// How long a stopping server waits for songs in the making before it gives them back to the queue.
    pub drain: Duration,
    /// Threads one song may use; `None` takes what the machine has.
    pub threads_per_song: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: None,
            hold_max: Duration::from_secs(90),
            invoice_expiry: Duration::from_secs(600),
            credential_grace: Duration::from_secs(30 * 24 * 3600),
            quotes_per_minute: 120,
            open_quotes_max: 10_000,
            trusted_proxies: Vec::new(),
            slots: 1,
            reconcile_every: Duration::from_secs(5),
            drain: Duration::from_secs(20),
            threads_per_song: None,
        }
    }
}
