//! The shop itself: a workshop with a till. It quotes, notices payment, and hands out what was made.

use std::ops::Deref;
use std::sync::Arc;

use busker_core::clock::Clock;
use busker_core::orders::StoreError;
use busker_core::wallet::Wallet;
use busker_l402::MasterKeys;

use crate::limits::Limits;
use crate::sample_quote::SampleQuote;
use crate::vitals::VitalsCache;
use crate::workshop::Workshop;

/// The note under which the wallet's network is remembered at first start.
const NETWORK_NOTE: &str = "wallet.network";

/// Where the money comes in.
pub struct Till {
    /// The Lightning backend.
    pub wallet: Arc<dyn Wallet>,
    /// What macaroons are signed with.
    pub keys: MasterKeys,
    /// Time.
    pub clock: Arc<dyn Clock>,
}

/// One shop in one process. Cheap to share; holds no order itself.
pub struct Shop {
    workshop: Arc<Workshop>,
    pub(crate) wallet: Arc<dyn Wallet>,
    pub(crate) keys: MasterKeys,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) vitals_cache: VitalsCache,
    pub(crate) sample_quote: SampleQuote,
}

/// A shop is a workshop that can also sell.
impl Deref for Shop {
    type Target = Workshop;

    fn deref(&self) -> &Workshop {
        &self.workshop
    }
}

/// A shop cannot open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No engine, nothing to sell.
    #[error("no engine is enabled, so there is nothing to sell; enable one under [engines]")]
    NoEngine,
    /// The database belongs to a shop on another Lightning network.
    #[error(
        "this database was started on {stored}, but the wallet is on {configured}: real and play money must not meet; \
         use another data folder or database for {configured}"
    )]
    OtherNetwork {
        /// As remembered.
        stored: String,
        /// As configured now.
        configured: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Shop {
    /// Opens the shop on the network it was first started on.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(workshop: Arc<Workshop>, till: Till) -> Result<Arc<Self>, OpenError> {
        if workshop.catalog.cards().is_empty() {
            return Err(OpenError::NoEngine);
        }
        let configured = till.wallet.card().network.name();
        match workshop.orders.note(NETWORK_NOTE).await? {
            None => workshop.orders.set_note(NETWORK_NOTE, configured).await?,
            Some(stored) if stored == configured => {}
            Some(stored) => {
                return Err(OpenError::OtherNetwork {
                    stored,
                    configured: configured.to_owned(),
                });
            }
        }
        Ok(Arc::new(Self {
            limits: Limits::new(&workshop.settings),
            workshop,
            wallet: till.wallet,
            keys: till.keys,
            clock: till.clock,
            vitals_cache: VitalsCache::default(),
            sample_quote: SampleQuote::default(),
        }))
    }

    /// The song-making half.
    pub fn workshop(&self) -> &Arc<Workshop> {
        &self.workshop
    }

    /// Whether money here is play money.
    pub fn is_sandbox(&self) -> bool {
        self.wallet.card().sandbox
    }
}
