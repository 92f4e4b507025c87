//! What the commands say: results on standard output, everything else on standard error.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use serde::Serialize;

/// A failure with an exit code of its own; any other error exits with 1.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    error: anyhow::Error,
}

impl Failure {
    /// Wrong usage or configuration.
    pub(crate) fn usage(error: anyhow::Error) -> anyhow::Error {
        Self { code: 2, error }.into()
    }

    /// The price is over the buyer's limit.
    pub(crate) fn too_dear(error: anyhow::Error) -> anyhow::Error {
        Self { code: 3, error }.into()
    }

    /// The song could not be made; the order is refundable.
    pub(crate) fn refundable(error: anyhow::Error) -> anyhow::Error {
        Self { code: 4, error }.into()
    }

    pub(crate) fn exit_code(error: &anyhow::Error) -> ExitCode {
        ExitCode::from(error.downcast_ref::<Self>().map_or(1, |failure| failure.code))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

/// A line on standard output. A closed pipe is no error: the reader has had enough.
pub(crate) fn line(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A line on standard error.
pub(crate) fn note(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// One line of JSON on standard output.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string(value)?);
    Ok(())
}

/// An error and its causes, each once.
pub(crate) fn error(error: &anyhow::Error) {
    let mut text = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if !text.contains(&cause) {
            text = if text.is_empty() {
                cause
            } else {
                format!("{text}: {cause}")
            };
        }
    }
    note(format_args!("error: {text}"));
}

/// Whether a person is looking at standard error.
pub(crate) fn interactive() -> bool {
    std::io::stderr().is_terminal()
}

/// A table with aligned columns, the first row being the heads.
pub(crate) fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
            .collect();
        line(cells.join("  ").trim_end());
    }
}
