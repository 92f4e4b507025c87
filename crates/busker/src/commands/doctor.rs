//! `busker doctor`: looks at everything a shop needs and says what to fix.

use std::process::ExitCode;

use anyhow::Context;
use busker_engines::installed_soundfont;
use busker_l402::MasterKeys;
use serde::Serialize;

use crate::cli::Doctor;
use crate::config::Config;
use crate::lyric_endpoint::LyricEndpoint;
use crate::{output, wiring};

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    part: &'static str,
    ok: bool,
    finding: String,
}

impl Finding {
    fn of(part: &'static str, result: anyhow::Result<String>) -> Self {
        match result {
            Ok(finding) => Self {
                part,
                ok: true,
                finding,
            },
            Err(error) => Self {
                part,
                ok: false,
                finding: format!("{error:#}"),
            },
        }
    }
}

pub(crate) async fn run(config: Config, args: Doctor) -> anyhow::Result<ExitCode> {
    let findings = [
        Finding::of("data folder", data_folder(&config)),
        Finding::of("master key", master_key(&config)),
        Finding::of("database", database(&config).await),
        Finding::of("audio store", audio_store(&config).await),
        Finding::of("wallet", wallet(&config).await),
        Finding::of("engines", engines(&config)),
        Finding::of("singer", singer(&config)),
        Finding::of("soundfont", soundfont(&config)),
        Finding::of("lyrics", lyrics(&config).await),
        Finding::of("listener", listener(&config)),
    ];
    let healthy = findings.iter().all(|finding| finding.ok);
    if args.json {
        output::json(&findings)?;
    } else {
        let rows = findings.iter().map(|finding| {
            let mark = if finding.ok { "ok" } else { "FIX" };
            vec![mark.to_owned(), finding.part.to_owned(), finding.finding.clone()]
        });
        output::table(&rows.collect::<Vec<_>>());
        output::note(if healthy {
            "everything is in order"
        } else {
            "mend what is marked FIX, then ask again"
        });
    }
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn data_folder(config: &Config) -> anyhow::Result<String> {
    let folder = config.make_data_dir()?;
    let probe = folder.join(".doctor");
    std::fs::write(&probe, b"probe")
        .and_then(|()| std::fs::remove_file(&probe))
        .with_context(|| {
            format!(
                "{} cannot be written to; check its owner and the free space",
                folder.display()
            )
        })?;
    Ok(folder.display().to_string())
}

fn master_key(config: &Config) -> anyhow::Result<String> {
    let path = config.key_file();
    let keys = MasterKeys::load_or_create(&path)?;
    let count = keys.ids().count();
    Ok(format!(
        "{count} in {}; keep a copy: without it paid macaroons open nothing",
        path.display()
    ))
}

async fn database(config: &Config) -> anyhow::Result<String> {
    let store = wiring::open_store(config).await?;
    let counts = store.orders.counts().await?;
    store.close().await;
    let kind = config.database_url().split(':').next().unwrap_or_default().to_owned();
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    Ok(format!(
        "{kind}, orders: {}",
        if counts.is_empty() {
            "none yet".to_owned()
        } else {
            counts.join(", ")
        }
    ))
}

async fn audio_store(config: &Config) -> anyhow::Result<String> {
    wiring::open_audio(config)?.check().await?;
    Ok("a file was written and removed".to_owned())
}

async fn wallet(config: &Config) -> anyhow::Result<String> {
    let wallet = wiring::open_wallet(config)?;
    wallet.check().await?;
    let card = wallet.card();
    let money = if card.sandbox {
        "play money, nobody earns anything"
    } else {
        "real money"
    };
    Ok(format!("{} on {}: {money}", card.name, card.network.name()))
}

fn engines(config: &Config) -> anyhow::Result<String> {
    let engines = wiring::engines(config);
    engines.ready()?;
    let names: Vec<String> = engines
        .catalog()
        .cards()
        .iter()
        .map(|card| format!("{} at {}", card.name, card.price_sats))
        .collect();
    Ok(names.join(", "))
}

fn singer(config: &Config) -> anyhow::Result<String> {
    if !config.engines.band.enabled {
        return Ok("not needed: the band is not enabled".to_owned());
    }
    let seconds = wiring::band(config).rehearse()?.as_secs_f64();
    Ok(format!(
        "built in, nothing to download; sang two words in a song made in {seconds:.1} s"
    ))
}

fn soundfont(config: &Config) -> anyhow::Result<String> {
    if let Some(name) = wiring::band(config).soundfont()? {
        return Ok(format!("{name} plays pianos, guitars, strings, winds and drums"));
    }
    Ok(match installed_soundfont() {
        Some(path) => format!(
            "none in use; {} is here: engines.band.soundfont = \"auto\" takes pianos, guitars, strings, winds and drums from it",
            path.display()
        ),
        None => "none in use, and none is needed; Debian has fluid-soundfont-gm and musescore-general-soundfont, for \
                 engines.band.soundfont = \"auto\""
            .to_owned(),
    })
}

async fn lyrics(config: &Config) -> anyhow::Result<String> {
    match LyricEndpoint::configured(&config.lyrics) {
        Some(endpoint) => endpoint.check().await,
        None => Ok("the band writes them itself; lyrics.url names no endpoint".to_owned()),
    }
}

fn listener(config: &Config) -> anyhow::Result<String> {
    let address = config.server.listen;
    match std::net::TcpListener::bind(address) {
        Ok(_) => Ok(format!("{address} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Ok(format!("{address} is in use, by a running shop if all is well"))
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}; change server.listen")),
    }
}
