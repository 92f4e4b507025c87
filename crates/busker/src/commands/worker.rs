//! `busker worker`: only makes songs. It needs the shared database and audio store, and no wallet.

use std::process::ExitCode;

use anyhow::anyhow;

use crate::cli::Worker;
use crate::commands::serve::stop_signal;
use crate::config::Config;
use crate::output::Failure;
use crate::wiring::{self, OpenWorkshop};

pub(crate) async fn run(mut config: Config, args: Worker) -> anyhow::Result<ExitCode> {
    match args.slots {
        Some(0) => {
            return Err(Failure::usage(anyhow!(
                "a worker without slots makes no songs; --slots takes 1 or more"
            )));
        }
        Some(slots) => config.worker.slots = slots,
        // The file may say 0 for the API nodes that share it.
        None => config.worker.slots = config.worker.slots.max(1),
    }
    let OpenWorkshop { workshop, store } = wiring::open_workshop(&config).await?;
    tracing::info!(slots = config.worker.slots, "waiting for paid orders");
    let result = busker_server::run_worker(workshop, stop_signal()).await;
    store.close().await;
    result?;
    tracing::info!("stopped; songs in the making went back to the queue");
    Ok(ExitCode::SUCCESS)
}
