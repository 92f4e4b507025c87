//! `busker keys`: the master key that signs macaroons.

use std::process::ExitCode;

use anyhow::Context;
use busker_l402::MasterKeys;

use crate::cli::{Keys, KeysCommand};
use crate::config::Config;
use crate::output;

pub(crate) fn run(config: &Config, args: &Keys) -> anyhow::Result<ExitCode> {
    match args.command {
        KeysCommand::Rotate => {
            let path = config.key_file();
            let keys = MasterKeys::rotate(&path).context("the master key cannot be rotated")?;
            let count = keys.ids().count();
            output::line(format_args!(
                "{} holds {count} keys; the newest signs from the next start on",
                path.display()
            ));
            Ok(ExitCode::SUCCESS)
        }
    }
}
