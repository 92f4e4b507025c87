//! Progress for people: a bar on a terminal, the name of each stage elsewhere.

use std::fmt::Display;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::teller::Work;
use crate::output;

/// Shows how far a song is.
pub(crate) struct Meter {
    bar: Option<ProgressBar>,
    last_stage: Mutex<String>,
}

impl Meter {
    /// A bar if a person is looking; it appears when there is work to show.
    pub(crate) fn new() -> Self {
        let bar = output::interactive().then(|| {
            let bar = ProgressBar::with_draw_target(Some(1000), ProgressDrawTarget::hidden());
            if let Ok(style) = ProgressStyle::with_template("  {bar:30} {percent:>3}%  {elapsed:>3}  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self {
            bar,
            last_stage: Mutex::new(String::new()),
        }
    }

    /// Whether a person is looking.
    pub(crate) fn is_watched(&self) -> bool {
        self.bar.is_some()
    }

    /// Shows where the work is.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a fraction of a thousand"
    )]
    pub(crate) fn show(&self, work: &Work) {
        if let Some(bar) = &self.bar {
            if bar.is_hidden() {
                bar.reset_elapsed();
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            bar.set_position((work.fraction.clamp(0.0, 1.0) * 1000.0) as u64);
            bar.set_message(plain(&work.stage));
            return;
        }
        let mut last = self
            .last_stage
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if *last != work.stage {
            last.clone_from(&work.stage);
            output::note(format_args!("  {}", plain(&work.stage)));
        }
    }

    /// A line above the bar.
    pub(crate) fn note(&self, text: impl Display) {
        match &self.bar {
            Some(bar) => bar.suspend(|| output::note(text)),
            None => output::note(text),
        }
    }

    /// A line of the result above the bar.
    pub(crate) fn line(&self, text: impl Display) {
        match &self.bar {
            Some(bar) => bar.suspend(|| output::line(text)),
            None => output::line(text),
        }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A shop's words must not steer the buyer's terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
