//! A folder with a sandbox in it, a clock that only moves when told, and a second process.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use busker_core::amount::{Msats, Sats};
use busker_core::clock::{Clock, SystemClock, Timestamp};
use busker_core::wallet::{Invoice, Paid, PayError, Wallet};
use busker_lightning::Sandbox;
use tempfile::TempDir;

pub(crate) const PRICE: Sats = Sats(300);
pub(crate) const HOUR: Duration = Duration::from_secs(3600);
pub(crate) const NO_FEE: Msats = Msats(0);

pub(crate) struct ManualClock(AtomicI64);

impl ManualClock {
    pub(crate) fn pass(&self, time: Duration) {
        self.0
            .fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// A data folder, gone with the value.
pub(crate) struct Shop {
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<ManualClock>,
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(ManualClock(AtomicI64::new(1_795_333_199_500))),
        }
    }

    pub(crate) fn open(&self) -> Sandbox {
        Sandbox::open(self.folder.path(), self.clock.clone()).unwrap()
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.folder.path().join("sandbox/settlements.log")
    }

    /// Settlements in the log.
    pub(crate) fn settlements(&self) -> usize {
        std::fs::read_to_string(self.log()).unwrap().lines().count()
    }
}

pub(crate) async fn make(wallet: &dyn Wallet) -> Invoice {
    wallet.invoice(PRICE, "one song", HOUR).await.unwrap()
}

pub(crate) async fn pay(wallet: &dyn Wallet, invoice: &Invoice) -> Result<Paid, PayError> {
    wallet.pay(&invoice.bolt11, NO_FEE).await
}

const DATA_DIR: &str = "BUSKER_TEST_DATA_DIR";
const INVOICE: &str = "BUSKER_TEST_INVOICE";

/// Starts this test binary again to pay `invoice` in another process, which runs only the test `test`. That test calls
/// [`was_child`] first. `crash_at` names the crash point where the process shall die.
pub(crate) fn start_payer(test: &str, shop: &Shop, invoice: &Invoice, crash_at: Option<&str>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test])
        .env(DATA_DIR, shop.folder.path())
        .env(INVOICE, &invoice.bolt11)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(point) = crash_at {
        command.env("BUSKER_CRASH_AT", point);
    }
    command.spawn().unwrap()
}

/// Pays and says `true` in a process of [`start_payer`]; a payment that fails ends that process with an error.
pub(crate) async fn was_child() -> bool {
    let (Some(folder), Ok(invoice)) = (std::env::var_os(DATA_DIR), std::env::var(INVOICE)) else {
        return false;
    };
    let wallet = Sandbox::open_existing(Path::new(&folder), Arc::new(SystemClock)).unwrap();
    wallet.pay(&invoice, NO_FEE).await.unwrap();
    true
}

/// As another process does: with the system's clock.
pub(crate) fn open_in_real_time(shop: &Shop) -> Sandbox {
    Sandbox::open(shop.folder.path(), Arc::new(SystemClock)).unwrap()
}
