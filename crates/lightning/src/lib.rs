//! Lightning wallets behind one port, and the sandbox wallet.
//!
//! [`open`] gives the shop its wallet. Whatever the wallet is, [`CheckedWallet`] reads every invoice it makes
//! before anybody sees it, and [`conformance`] holds the rules that every wallet keeps. An adapter for another node is
//! one file with an `impl Wallet`, one variant of [`WalletConfig`] and one harness for the conformance rules.

mod bolt11;
pub mod check;
mod checked;
pub mod conformance;
mod error;
pub mod faults;
mod forge;
mod sandbox;
mod wallets;

pub use bolt11::Bolt11;
pub use check::{Expected, check, check_payout};
pub use checked::CheckedWallet;
pub use error::LightningError;
pub use sandbox::Sandbox;
pub use wallets::{WalletConfig, open};
