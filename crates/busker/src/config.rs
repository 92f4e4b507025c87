//! What an operator can set: a TOML file, overridden by the environment (`BUSKER__SERVER__LISTEN`), overridden by flags.
//!
//! `contrib/busker.toml` shows every option with its default; a test keeps the two equal.

mod lyrics;
mod secret;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use busker_core::amount::Sats;
use busker_engines::SoundFontChoice;
use busker_server::Settings;
use serde::{Deserialize, Serialize};

use crate::cli::{Common, LogFormat};
pub(crate) use lyrics::LyricsConfig;
pub(crate) use secret::Secret;

/// A tenth of a bitcoin for one song is a slip of the keyboard.
const PRICE_MAX: u64 = 10_000_000;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    /// Where orders, songs and keys are kept. Empty: `busker` below the user's data folder.
    pub(crate) data_dir: PathBuf,
    pub(crate) server: ServerConfig,
    pub(crate) database: DatabaseConfig,
    pub(crate) audio: AudioConfig,
    pub(crate) wallet: WalletSection,
    pub(crate) worker: WorkerConfig,
    pub(crate) limits: LimitsConfig,
    pub(crate) engines: EnginesConfig,
    pub(crate) lyrics: LyricsConfig,
    pub(crate) log: LogConfig,
}

/// `[server]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ServerConfig {
    /// Address and port for buyers; port 0 takes a free one.
    pub(crate) listen: SocketAddr,
    /// Address and port for health and metrics, for the operator only. Empty: off.
    pub(crate) admin_listen: String,
    /// How buyers reach the shop, like `https://songs.example`. Empty: as each request's host says.
    pub(crate) public_url: String,
    /// A redeeming call waits at most this long for its song before it is answered by 202.
    pub(crate) hold_max_seconds: u64,
    /// A stopping server waits this long for songs in the making before it gives them back to the queue.
    pub(crate) drain_seconds: u64,
    /// Addresses of proxies whose X-Forwarded-* headers are believed.
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// Let the sandbox listen beyond this machine.
    pub(crate) sandbox_public: bool,
}

/// `[database]`
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DatabaseConfig {
    /// "sqlite://PATH" or "postgres://USER:PASSWORD@HOST/NAME". Empty: busker.db in the data folder.
    pub(crate) url: String,
}

/// `[audio]`
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AudioConfig {
    /// A folder, or "s3://BUCKET/PREFIX" in a build with the feature `s3`. Empty: `audio` in the data folder.
    pub(crate) store: String,
}

/// `[wallet]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct WalletSection {
    /// Which wallet takes the money: "sandbox" (play money, nothing to install).
    pub(crate) kind: WalletKind,
    /// How long an invoice can be paid.
    pub(crate) invoice_expiry_seconds: u64,
    /// How long after its invoice's expiry a credential still opens its song.
    pub(crate) credential_grace_days: u64,
}

/// Wallets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WalletKind {
    /// Play money.
    Sandbox,
}

/// `[worker]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct WorkerConfig {
    /// Songs made at the same time by this process; 0 leaves them to `busker worker`.
    pub(crate) slots: usize,
    /// Threads one song may use; 0 takes what the machine has.
    pub(crate) threads_per_song: usize,
    /// How often to look for orders that need a hand.
    pub(crate) reconcile_seconds: u64,
}

/// `[limits]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LimitsConfig {
    /// Quotes a client network (/24 or /48) may ask for in a minute; 0: no limit. Paid requests are never limited.
    pub(crate) quotes_per_minute: u32,
    /// Unpaid invoices that may be open at once.
    pub(crate) open_quotes_max: u64,
}

/// `[engines]`
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EnginesConfig {
    pub(crate) band: BandConfig,
}

/// `[engines.band]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BandConfig {
    /// Whether the embedded band is on offer.
    pub(crate) enabled: bool,
    /// What one song costs. Clients' default spending caps begin at 1000.
    pub(crate) price_sats: u64,
    /// A General MIDI SoundFont (.sf2) for pianos, guitars, strings, winds and drums: a path, "auto" for the best one that
    /// is installed, "none" for the band's own instruments.
    pub(crate) soundfont: String,
}

/// `[log]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogConfig {
    /// error, warn, info, debug, or a tracing filter.
    pub(crate) level: String,
    /// "text" or "json".
    pub(crate) format: LogFormat,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8402)),
            admin_listen: String::new(),
            public_url: String::new(),
            hold_max_seconds: 90,
            drain_seconds: 20,
            trusted_proxies: Vec::new(),
            sandbox_public: false,
        }
    }
}

impl Default for WalletSection {
    fn default() -> Self {
        Self {
            kind: WalletKind::Sandbox,
            invoice_expiry_seconds: 600,
            credential_grace_days: 30,
        }
    }
}

impl Default for WorkerConfig {
    fn default() -> Self {
        Self {
            slots: 1,
            threads_per_song: 0,
            reconcile_seconds: 5,
        }
    }
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            quotes_per_minute: 120,
            open_quotes_max: 10_000,
        }
    }
}

impl Default for BandConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            price_sats: 300,
            soundfont: "none".to_owned(),
        }
    }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            level: "info".to_owned(),
            format: LogFormat::Text,
        }
    }
}

impl Config {
    /// Reads file and environment, then lets the common flags win.
    pub(crate) fn load(common: &Common) -> anyhow::Result<Self> {
        let mut sources = config::Config::builder();
        if let Some(path) = &common.config {
            if !path.is_file() {
                bail!("there is no configuration file {}", path.display());
            }
            let file = config::File::from(path.as_path()).format(config::FileFormat::Toml);
            sources = sources.add_source(file);
        }
        let environment = config::Environment::with_prefix("BUSKER")
            .prefix_separator("__")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("server.trusted_proxies");
        let merged = sources
            .add_source(environment)
            .build()
            .context("the configuration cannot be read")?;
        let mut config: Self = merged.try_deserialize().context("the configuration is wrong")?;
        if let Some(dir) = &common.data_dir {
            config.data_dir.clone_from(dir);
        }
        if config.data_dir.as_os_str().is_empty() {
            config.data_dir = user_data_dir()?;
        }
        if let Some(level) = &common.log {
            config.log.level.clone_from(level);
        }
        if let Some(format) = common.log_format {
            config.log.format = format;
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        if self.wallet.invoice_expiry_seconds < 60 {
            bail!(
                "wallet.invoice_expiry_seconds is {}: buyers need at least 60",
                self.wallet.invoice_expiry_seconds
            );
        }
        if self.worker.reconcile_seconds == 0 {
            bail!("worker.reconcile_seconds must be at least 1");
        }
        let url = &self.server.public_url;
        if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
            bail!("server.public_url is `{url}`; it must begin with https:// or http://");
        }
        self.lyrics.check()?;
        let price = self.engines.band.price_sats;
        if !(1..=PRICE_MAX).contains(&price) {
            bail!("engines.band.price_sats is {price}; it must be from 1 to {PRICE_MAX}");
        }
        Ok(())
    }

    /// The settings of the shop.
    pub(crate) fn settings(&self) -> Settings {
        let public_url = &self.server.public_url;
        Settings {
            public_url: (!public_url.is_empty()).then(|| public_url.trim_end_matches('/').to_owned()),
            hold_max: Duration::from_secs(self.server.hold_max_seconds),
            invoice_expiry: Duration::from_secs(self.wallet.invoice_expiry_seconds),
            credential_grace: Duration::from_secs(self.wallet.credential_grace_days.max(1) * 24 * 3600),
            quotes_per_minute: self.limits.quotes_per_minute,
            open_quotes_max: self.limits.open_quotes_max,
            trusted_proxies: self.server.trusted_proxies.clone(),
            slots: self.worker.slots,
            reconcile_every: Duration::from_secs(self.worker.reconcile_seconds),
            drain: Duration::from_secs(self.server.drain_seconds),
            threads_per_song: (self.worker.threads_per_song > 0).then_some(self.worker.threads_per_song),
        }
    }

    /// What one song of the band costs.
    pub(crate) fn band_price(&self) -> Sats {
        Sats(self.engines.band.price_sats)
    }

    /// What the band plays sampled instruments from.
    pub(crate) fn soundfont(&self) -> SoundFontChoice {
        SoundFontChoice::named(&self.engines.band.soundfont)
    }

    /// Where the order book is.
    pub(crate) fn database_url(&self) -> String {
        match self.database.url.as_str() {
            "" => format!("sqlite://{}", self.data_dir.join("busker.db").display()),
            url => url.to_owned(),
        }
    }

    /// The master key file.
    pub(crate) fn key_file(&self) -> PathBuf {
        self.data_dir.join("master.key")
    }

    /// The address for health and metrics, when set.
    pub(crate) fn admin_listen(&self) -> anyhow::Result<Option<SocketAddr>> {
        match self.server.admin_listen.as_str() {
            "" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .with_context(|| format!("server.admin_listen is `{text}`, not ADDRESS:PORT")),
        }
    }

    /// Makes the data folder, for its owner only.
    pub(crate) fn make_data_dir(&self) -> anyhow::Result<&Path> {
        let dir = self.data_dir.as_path();
        std::fs::create_dir_all(dir).with_context(|| format!("the data folder {} cannot be made", dir.display()))?;
        Ok(dir)
    }
}

/// Where a user's programs keep their data (XDG base directories; `LOCALAPPDATA` on Windows).
fn user_data_dir() -> anyhow::Result<PathBuf> {
    let from = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = from("XDG_DATA_HOME")
        .or_else(|| from("LOCALAPPDATA"))
        .or_else(|| from("HOME").map(|home| home.join(".local/share")));
    match base {
        Some(base) => Ok(base.join("busker")),
        None => bail!("no home folder is known; say where to keep data with --data-dir"),
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn the_commented_sample_holds_every_option_with_its_default() {
        let sample = include_str!("../../../contrib/busker.toml");
        let uncommented: String = sample
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|line| line.contains(" = "))
                    .unwrap_or(line)
            })
            .collect::<Vec<_>>()
            .join("\n");
        let source = config::File::from_str(&uncommented, config::FileFormat::Toml);
        let built = config::Config::builder()
            .add_source(source)
            .build()
            .expect("the sample is TOML");
        let parsed: Config = built.clone().try_deserialize().expect("the sample's options exist");
        assert_eq!(parsed, Config::default());
        let shown: serde_json::Value = built.try_deserialize().expect("plain data");
        let all = serde_json::to_value(Config::default()).expect("plain data");
        assert_eq!(
            paths(&shown),
            paths(&all),
            "every option is in the sample, and no other"
        );
    }

    fn paths(value: &serde_json::Value) -> std::collections::BTreeSet<String> {
        match value.as_object() {
            Some(members) => members
                .iter()
                .flat_map(|(name, value)| match value.is_object() {
                    true => paths(value).into_iter().map(|path| format!("{name}.{path}")).collect(),
                    false => vec![name.clone()],
                })
                .collect(),
            None => std::collections::BTreeSet::new(),
        }
    }
}
