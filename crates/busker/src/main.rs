//! The `busker` program: reads the command line and the configuration, and hands over to one file a command.

mod cli;
mod client;
mod commands;
mod config;
mod logging;
mod lyric_endpoint;
mod output;
mod parameters;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::output::Failure;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(error) => {
            output::error(&error);
            Failure::exit_code(&error)
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match &cli.command {
        Command::Completions(args) => return commands::completions::run(args),
        Command::Licenses => return Ok(commands::licenses::run()),
        _ => {}
    }
    let config = Config::load(&cli.common).map_err(Failure::usage)?;
    // Only servers tell their life on standard error; the other commands speak for themselves.
    let quiet = !matches!(cli.command, Command::Serve(_) | Command::Worker(_)) && cli.common.log.is_none();
    logging::start(&config.log, quiet)?;
    // Two TLS libraries' providers may be linked one day; naming one keeps the choice from being ambiguous.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match cli.command {
        Command::Demo(args) => commands::demo::run(config, args).await,
        Command::Serve(args) => commands::serve::run(config, args).await,
        Command::Worker(args) => commands::worker::run(config, args).await,
        Command::Song(args) => commands::song::run(config, args).await,
        Command::Render(args) => commands::render::run(config, args).await,
        Command::Pay(args) => commands::pay::run(config, args).await,
        Command::Orders(args) => commands::orders::run(config, args).await,
        Command::Models(args) => commands::models::run(config, &args),
        Command::Doctor(args) => commands::doctor::run(config, args).await,
        Command::Keys(args) => commands::keys::run(&config, &args),
        Command::Licenses => Ok(commands::licenses::run()),
        Command::Completions(args) => commands::completions::run(&args),
    }
}
