//! Every wallet busker knows, by configuration. A new adapter adds one variant and one arm here.

use std::path::PathBuf;
use std::sync::Arc;

use busker_core::clock::Clock;
use busker_core::wallet::Wallet;

use crate::checked::CheckedWallet;
use crate::error::LightningError;
use crate::sandbox::Sandbox;

/// Which wallet, and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletConfig {
    /// Play money, with nothing to install.
    Sandbox {
        /// The data folder; the wallet keeps its files in `sandbox/` below it.
        data_dir: PathBuf,
    },
}

/// Opens the configured wallet. Reads and creates files, so call it at start, not while serving.
///
/// # Errors
/// [`LightningError`] when the wallet's own files cannot be used. A node that merely does not answer is no error here:
/// [`Wallet::check`] says so.
pub fn open(config: &WalletConfig, clock: Arc<dyn Clock>) -> Result<Arc<dyn Wallet>, LightningError> {
    match config {
        WalletConfig::Sandbox { data_dir } => {
            let sandbox = Sandbox::open(data_dir, Arc::clone(&clock))?;
            Ok(Arc::new(CheckedWallet::new(sandbox, clock)))
        }
    }
}
