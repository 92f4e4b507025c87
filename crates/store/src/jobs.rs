//! Jobs in apalis' tables, next to the orders and in their transactions.
//!
//! A job only says "look at this order". Its idempotency key is the order's id with the number of the change that made
//! it paid, so each payment and each retry enqueues exactly one job, and putting one back twice changes nothing.

use apalis::prelude::{Task, TaskBuilder};
use busker_core::clock::Timestamp;
use busker_core::id::OrderId;
use busker_core::orders::StoreError;
use tokio::sync::watch;

use crate::db::{Db, Tx};
use crate::error::Error;
use crate::value::Value;

/// apalis' name for our kind of jobs.
pub(crate) const QUEUE: &str = "songs";

/// Finished jobs are kept this long for whoever wants to look at them.
const KEEP_FINISHED_MS: i64 = 10 * 60 * 1000;

/// Workers that were not heard of for this long are forgotten.
const KEEP_WORKERS_MS: i64 = 24 * 3600 * 1000;

/// The same statements twice, because apalis' tables are not alike: seconds here, timestamps there.
struct Statements {
    depth: &'static str,
    release: &'static str,
    has: &'static str,
    vacuum_jobs: &'static str,
    vacuum_workers: &'static str,
}

const SQLITE: Statements = Statements {
    depth: "SELECT COUNT(*) FROM Jobs WHERE job_type = 'songs' AND status = 'Pending'",
    release: "UPDATE Jobs SET status = 'Pending', lock_by = NULL, lock_at = NULL, done_at = NULL \
              WHERE job_type = 'songs' AND idempotency_key = $1 AND status <> 'Pending'",
    has: "SELECT 1 FROM Jobs WHERE job_type = 'songs' AND idempotency_key = $1",
    vacuum_jobs: "DELETE FROM Jobs WHERE job_type = 'songs' AND status IN ('Done', 'Failed', 'Killed') \
                  AND done_at < $1 / 1000",
    vacuum_workers: "DELETE FROM Workers WHERE worker_type = 'songs' AND last_seen < $1 / 1000 \
                     AND NOT EXISTS (SELECT 1 FROM Jobs WHERE lock_by = Workers.id)",
};

#[cfg(feature = "postgres")]
const POSTGRES: Statements = Statements {
    depth: "SELECT COUNT(*) FROM apalis.jobs WHERE job_type = 'songs' AND status = 'Pending'",
    release: "UPDATE apalis.jobs SET status = 'Pending', lock_by = NULL, lock_at = NULL, done_at = NULL \
              WHERE job_type = 'songs' AND idempotency_key = $1 AND status <> 'Pending'",
    has: "SELECT 1 FROM apalis.jobs WHERE job_type = 'songs' AND idempotency_key = $1",
    vacuum_jobs: "DELETE FROM apalis.jobs WHERE job_type = 'songs' AND status IN ('Done', 'Failed', 'Killed') \
                  AND done_at < to_timestamp($1 / 1000)",
    vacuum_workers: "DELETE FROM apalis.workers WHERE worker_type = 'songs' AND last_seen < to_timestamp($1 / 1000) \
                     AND NOT EXISTS (SELECT 1 FROM apalis.jobs WHERE lock_by = apalis.workers.id)",
};

/// Puts jobs in and counts them.
#[derive(Debug, Clone)]
pub(crate) struct Jobs {
    db: Db,
    bell: watch::Sender<()>,
}

impl Jobs {
    pub(crate) fn new(db: Db) -> Self {
        Self {
            db,
            bell: watch::Sender::new(()),
        }
    }

    /// Brings apalis' tables up to date. Not by its `setup`, which also turns SQLite's durability off.
    pub(crate) async fn migrate(db: &Db) -> Result<(), Error> {
        match db {
            Db::Sqlite(pools) => apalis_sqlite::SqliteStorage::migrations().run(&pools.write).await,
            #[cfg(feature = "postgres")]
            Db::Postgres(pool) => apalis_postgres::PostgresStorage::migrations().run(pool).await,
        }
        .map_err(Error::MigrateQueue)
    }

    /// Enqueues the job of an order that this transaction makes paid.
    pub(crate) async fn push(
        &self,
        tx: &mut Tx,
        id: OrderId,
        revision: i64,
        run_at: Timestamp,
    ) -> Result<(), StoreError> {
        let job = job(id, revision, run_at)?;
        match tx {
            Tx::Sqlite(tx) => apalis_sqlite::queries::push_tasks(&mut **tx, QUEUE, &[job])
                .await
                .map_err(|error| StoreError::Unavailable(error.to_string())),
            #[cfg(feature = "postgres")]
            Tx::Postgres(tx) => apalis_postgres::queries::push_tasks(&mut **tx, QUEUE, vec![job])
                .await
                .map_err(|error| StoreError::Unavailable(error.to_string())),
        }
    }

    /// Enqueues it again unless it waits already. A paid order that nobody begins for long lost its job, whatever the
    /// queue believes: finished without effect, or held by a worker that is gone. The caller holds the order's row, so
    /// nobody else does the same just now.
    pub(crate) async fn push_again(
        &self,
        tx: &mut Tx,
        id: OrderId,
        revision: i64,
        run_at: Timestamp,
    ) -> Result<(), StoreError> {
        let statements = statements(&self.db);
        let key = [Value::from(idempotency_key(id, revision))];
        tx.execute(statements.release, &key).await?;
        if tx.fetch(statements.has, &key).await?.is_empty() {
            self.push(tx, id, revision, run_at).await?;
        }
        Ok(())
    }

    /// Jobs that wait for a worker.
    pub(crate) async fn depth(&self) -> Result<u64, StoreError> {
        let waiting = self.db.number(statements(&self.db).depth, &[]).await?;
        Ok(u64::try_from(waiting).unwrap_or(0))
    }

    /// Forgets jobs that are long done and workers that are long gone.
    pub(crate) async fn vacuum(&self) -> Result<(), StoreError> {
        let statements = statements(&self.db);
        let mut tx = self.db.begin().await?;
        let now = tx.now().await?.0;
        tx.execute(statements.vacuum_jobs, &[(now - KEEP_FINISHED_MS).into()])
            .await?;
        tx.execute(statements.vacuum_workers, &[(now - KEEP_WORKERS_MS).into()])
            .await?;
        tx.commit().await
    }

    /// Tells this process's workers to look now instead of at their next round.
    pub(crate) fn wake(&self) {
        self.bell.send_replace(());
    }

    /// Hears [`Jobs::wake`].
    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.bell.subscribe()
    }

    /// Where the jobs are.
    pub(crate) fn db(&self) -> &Db {
        &self.db
    }
}

fn statements(db: &Db) -> &'static Statements {
    match db {
        Db::Sqlite(_) => &SQLITE,
        #[cfg(feature = "postgres")]
        Db::Postgres(_) => &POSTGRES,
    }
}

fn job(id: OrderId, revision: i64, run_at: Timestamp) -> Result<Task<Vec<u8>>, StoreError> {
    let args = serde_json::to_vec(&id).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let run_at = u64::try_from(run_at.unix_seconds()).unwrap_or(0);
    Ok(TaskBuilder::new(args)
        .idempotency_key(idempotency_key(id, revision))
        .run_at_timestamp(run_at)
        .build())
}

fn idempotency_key(id: OrderId, revision: i64) -> String {
    format!("{id}:{revision}")
}

#[cfg(test)]
mod tests;
