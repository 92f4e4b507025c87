//! Lightning wallets behind one port, and the sandbox wallet.
//!
//! [`wallets::open`] gives the shop its wallet. Whatever the wallet is, [`CheckedWallet`] reads every invoice it makes
//! before anybody sees it, and [`conformance`] holds the rules that every wallet keeps. An adapter for another node is
//! one file with an `impl Wallet`, one line in [`wallets`] and one harness for the conformance rules.

pub mod bolt11;
pub mod check;
mod checked;
pub mod conformance;
mod error;
pub mod faults;
mod forge;
mod sandbox;
pub mod wallets;

pub use bolt11::Bolt11;
pub use check::{Expected, check};
pub use checked::CheckedWallet;
pub use error::LightningError;
pub use sandbox::Sandbox;
pub use wallets::{WalletConfig, open};
