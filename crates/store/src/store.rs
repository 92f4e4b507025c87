//! Opening and closing the database.

use std::sync::Arc;

use busker_core::orders::Orders;
use busker_core::queue::Queue;

use crate::db::Db;
use crate::error::Error;
use crate::jobs::Jobs;
use crate::orders::SqlOrders;
use crate::queue::ApalisQueue;

/// The order book and the job queue of one database.
#[derive(Clone)]
pub struct Store {
    /// What was ordered and what became of it.
    pub orders: Arc<dyn Orders>,
    /// Paid orders on their way to workers.
    pub queue: Arc<dyn Queue>,
    db: Db,
}

impl Store {
    /// Opens the database that `url` names, `sqlite://PATH` or `postgres://…`, and brings its tables up to date. A
    /// missing SQLite file is made; its folder must be there.
    ///
    /// # Errors
    /// [`Error`] says what to change.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        let db = Db::open(url).await?;
        db.migrate().await?;
        Jobs::migrate(&db).await?;
        let jobs = Jobs::new(db.clone());
        Ok(Self {
            orders: Arc::new(SqlOrders::new(db.clone(), jobs.clone())),
            queue: Arc::new(ApalisQueue::new(jobs)),
            db,
        })
    }

    /// Waits for running statements and closes all connections; whoever still uses the store gets errors.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
