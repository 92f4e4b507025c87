//! Logs: what happens, in words for people or as JSON, on standard error. Never a prompt, a lyric, a preimage or a
//! macaroon.

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::cli::LogFormat;
use crate::config::LogConfig;
use crate::output::Failure;

/// The queue library's own chatter is only for those who ask for it.
const LIBRARIES: &str = "sqlx=warn,apalis=warn,apalis_core=warn,apalis_sqlite=warn,apalis_postgres=warn,hyper=warn";

pub(crate) fn start(config: &LogConfig, quiet: bool) -> anyhow::Result<()> {
    let level = if quiet { "error" } else { config.level.as_str() };
    let directives = if level.contains('=') {
        level.to_owned()
    } else {
        format!("{level},{LIBRARIES}")
    };
    let filter = EnvFilter::try_new(&directives)
        .with_context(|| format!("log.level is `{}`, which is no level and no filter", config.level))
        .map_err(Failure::usage)?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => builder
            .with_target(false)
            .with_ansi(crate::output::interactive())
            .init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}
