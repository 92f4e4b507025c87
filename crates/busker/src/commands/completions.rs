//! `busker completions`: shell completion scripts.

use std::process::ExitCode;

use clap::CommandFactory;

use crate::cli::{Cli, Completions};

pub(crate) fn run(args: &Completions) -> anyhow::Result<ExitCode> {
    clap_complete::generate(args.shell, &mut Cli::command(), "busker", &mut std::io::stdout());
    Ok(ExitCode::SUCCESS)
}
