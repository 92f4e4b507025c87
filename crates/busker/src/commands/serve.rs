//! `busker serve`: opens the shop.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{Context, bail};
use busker_server::{Served, Shop};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;

use crate::cli::{LogFormat, Serve};
use crate::config::Config;
use crate::output::Failure;
use crate::{output, wiring};

const BANNER: &str = "SANDBOX: invoices are play money, no real sats move. Songs are real.";

pub(crate) async fn run(mut config: Config, args: Serve) -> anyhow::Result<ExitCode> {
    take_flags(&mut config, args);
    let (shop, store) = wiring::open_shop(&config).await?;
    refuse_public_sandbox(&config, &shop).map_err(Failure::usage)?;
    let public = listen(config.server.listen).await?;
    let admin = match config.admin_listen()? {
        None => None,
        Some(address) => {
            let metrics = PrometheusBuilder::new()
                .install_recorder()
                .context("metrics cannot be set up")?;
            Some((listen(address).await?, metrics))
        }
    };
    let address = public.local_addr()?;
    announce(&config, &shop, address);
    let result = busker_server::serve(shop, Served { public, admin }, stop_signal()).await;
    store.close().await;
    result?;
    tracing::info!("closed; every paid order is done or waits in the queue");
    Ok(ExitCode::SUCCESS)
}

fn take_flags(config: &mut Config, args: Serve) {
    if let Some(listen) = args.listen {
        config.server.listen = listen;
    }
    if let Some(listen) = args.admin_listen {
        config.server.admin_listen = listen.to_string();
    }
    if let Some(url) = args.public_url {
        config.server.public_url = url;
    }
    if let Some(slots) = args.slots {
        config.worker.slots = slots;
    }
    config.server.sandbox_public |= args.sandbox_public;
}

fn refuse_public_sandbox(config: &Config, shop: &Shop) -> anyhow::Result<()> {
    let listen = config.server.listen;
    if shop.is_sandbox() && !listen.ip().is_loopback() && !config.server.sandbox_public {
        bail!(
            "the sandbox wallet takes play money, and {listen} can be reached from other machines; listen on \
             127.0.0.1, or say --sandbox-public if strangers may have songs for nothing"
        );
    }
    Ok(())
}

pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let hint = "is another program using it? --listen 127.0.0.1:0 takes a free port";
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; {hint}"))
}

/// The line on standard output is for scripts: the shop is ready when it appears.
fn announce(config: &Config, shop: &Shop, address: SocketAddr) {
    output::line(format_args!("listening on http://{address}"));
    if shop.is_sandbox() {
        match config.log.format {
            LogFormat::Text => output::note(BANNER),
            LogFormat::Json => tracing::warn!("{BANNER}"),
        }
    }
    let data = config.data_dir.display();
    tracing::info!(%address, %data, slots = config.worker.slots, "open; how to buy: http://{address}/l402/generate-music");
}

/// Ready on Ctrl-C or a request to terminate.
pub(crate) async fn stop_signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate() => {}
    }
    tracing::info!("closing: no new orders; songs in the making finish or go back to the queue");
}

#[cfg(unix)]
async fn terminate() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminate() {
    std::future::pending().await
}
