//! Puts the parts of a shop together as the configuration says.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use busker_core::audio::AudioStore;
use busker_core::clock::SystemClock;
use busker_core::wallet::Wallet;
use busker_engines::{BandEngine, Engines};
use busker_l402::MasterKeys;
use busker_lightning::{Sandbox, WalletConfig};
use busker_server::{Shop, Till, Workshop, WorkshopParts};
use busker_store::{Files, Store};

use crate::config::{Config, WalletKind};
use crate::lyric_endpoint::LyricEndpoint;

/// A workshop and the database it stands on.
pub(crate) struct OpenWorkshop {
    pub(crate) workshop: Arc<Workshop>,
    pub(crate) store: Store,
}

pub(crate) fn engines(config: &Config) -> Engines {
    let engines = Engines::default();
    if config.engines.band.enabled {
        engines.with(band(config))
    } else {
        engines
    }
}

pub(crate) fn band(config: &Config) -> BandEngine {
    let band = BandEngine::new(config.band_price()).with_soundfont(config.soundfont());
    match LyricEndpoint::configured(&config.lyrics) {
        Some(endpoint) => band.with_lyric_writer(endpoint, config.lyrics.patience()),
        None => band,
    }
}

/// The engines of a process that makes songs: what they read once is read now, beside everything else, and not while the
/// first buyer waits.
fn warmed_engines(config: &Config) -> Engines {
    if !config.engines.band.enabled || config.worker.slots == 0 {
        return engines(config);
    }
    let band = band(config);
    let reading = band.clone();
    let thread = std::thread::Builder::new().name("soundfont".to_owned());
    let started = thread.spawn(move || match reading.soundfont() {
        Ok(None) => {}
        Ok(Some(name)) => tracing::info!(soundfont = name, "the band plays sampled instruments"),
        Err(error) => tracing::error!(%error, "the band plays its own instruments only"),
    });
    // Without the thread the first song reads the file.
    drop(started);
    Engines::default().with(band)
}

pub(crate) async fn open_store(config: &Config) -> anyhow::Result<Store> {
    config.make_data_dir()?;
    Store::connect(&config.database_url())
        .await
        .context("the order book cannot be opened")
}

pub(crate) fn open_audio(config: &Config) -> anyhow::Result<Arc<dyn AudioStore>> {
    let place = match config.audio.store.as_str() {
        "" => config.data_dir.join("audio"),
        bucket if bucket.starts_with("s3://") => return open_bucket(bucket),
        folder => PathBuf::from(folder),
    };
    std::fs::create_dir_all(&place).with_context(|| format!("the audio folder {} cannot be made", place.display()))?;
    let files = Files::local(&place).with_context(|| format!("the audio folder {} cannot be used", place.display()))?;
    Ok(Arc::new(files))
}

#[cfg(feature = "s3")]
fn open_bucket(url: &str) -> anyhow::Result<Arc<dyn AudioStore>> {
    Ok(Arc::new(Files::bucket(url).context("the audio bucket cannot be used")?))
}

#[cfg(not(feature = "s3"))]
fn open_bucket(_url: &str) -> anyhow::Result<Arc<dyn AudioStore>> {
    anyhow::bail!("audio.store names a bucket, but this build has no S3; build with `--features s3`")
}

pub(crate) fn open_wallet(config: &Config) -> anyhow::Result<Arc<dyn Wallet>> {
    let wallet = match config.wallet.kind {
        WalletKind::Sandbox => WalletConfig::Sandbox {
            data_dir: config.make_data_dir()?.to_owned(),
        },
    };
    busker_lightning::open(&wallet, Arc::new(SystemClock)).context("the wallet cannot be opened")
}

/// The sandbox wallet itself, for what only it can do.
pub(crate) fn open_sandbox(config: &Config) -> anyhow::Result<Sandbox> {
    Sandbox::open_existing(&config.data_dir, Arc::new(SystemClock)).context("the sandbox wallet cannot be opened")
}

pub(crate) async fn open_workshop(config: &Config) -> anyhow::Result<OpenWorkshop> {
    let store = open_store(config).await?;
    let workshop = Workshop::new(WorkshopParts {
        orders: store.orders.clone(),
        queue: store.queue.clone(),
        audio: open_audio(config)?,
        engines: warmed_engines(config),
        settings: config.settings(),
    });
    Ok(OpenWorkshop { workshop, store })
}

pub(crate) async fn open_shop(config: &Config) -> anyhow::Result<(Arc<Shop>, Store)> {
    let OpenWorkshop { workshop, store } = open_workshop(config).await?;
    let keys = MasterKeys::load_or_create(&config.key_file()).context("the master key cannot be used")?;
    let till = Till {
        wallet: open_wallet(config)?,
        keys,
        clock: Arc::new(SystemClock),
    };
    let shop = Shop::open(workshop, till).await.context("the shop cannot open")?;
    Ok((shop, store))
}
