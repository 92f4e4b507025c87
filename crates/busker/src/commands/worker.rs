//! `busker worker`: only makes songs. It needs the shared database and audio store, and no wallet.

use std::process::ExitCode;

use crate::cli::Worker;
use crate::commands::serve::stop_signal;
use crate::config::Config;
use crate::wiring::{self, OpenWorkshop};

pub(crate) async fn run(mut config: Config, args: Worker) -> anyhow::Result<ExitCode> {
    if let Some(slots) = args.slots {
        config.worker.slots = slots;
    }
    config.worker.slots = config.worker.slots.max(1);
    let OpenWorkshop { workshop, store } = wiring::open_workshop(&config).await?;
    tracing::info!(slots = config.worker.slots, "waiting for paid orders");
    let result = busker_server::run_worker(workshop, stop_signal()).await;
    store.close().await;
    result?;
    tracing::info!("stopped; songs in the making went back to the queue");
    Ok(ExitCode::SUCCESS)
}
