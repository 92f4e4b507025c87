//! One face for both databases: the same SQL text, the same values, the same rows.
//!
//! SQLite has one writer at a time. All writes of this process go through a pool of a single connection, whose waiting
//! line is fair and costs nothing, instead of colliding in the file; reads have connections of their own.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use busker_core::clock::Timestamp;
use busker_core::orders::StoreError;
use sqlx::migrate::Migrator;
#[cfg(feature = "postgres")]
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Transaction};

use crate::error::Error;
use crate::value::{Row, Value, bind, unavailable};

/// How long a statement waits for another process's lock or for a free connection before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Connections for reading, and for everything on PostgreSQL.
const CONNECTIONS: u32 = 8;

/// The clocks, in milliseconds since 1970.
const SQLITE_CLOCK: &str = "SELECT CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)";
#[cfg(feature = "postgres")]
const POSTGRES_CLOCK: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

/// An open database.
#[derive(Debug, Clone)]
pub(crate) enum Db {
    /// One file on this machine.
    Sqlite(SqlitePools),
    /// A server, for shops on several machines.
    #[cfg(feature = "postgres")]
    Postgres(PgPool),
}

/// SQLite's connections.
#[derive(Debug, Clone)]
pub(crate) struct SqlitePools {
    /// Many.
    pub(crate) read: SqlitePool,
    /// One.
    pub(crate) write: SqlitePool,
}

/// A running transaction; rolled back unless committed.
pub(crate) enum Tx {
    /// Begun `IMMEDIATE`: it holds the write lock, so it can never be told to start over.
    Sqlite(Transaction<'static, sqlx::Sqlite>),
    /// At the server's usual level, "read committed": every write compares what it expects to find.
    #[cfg(feature = "postgres")]
    Postgres(Transaction<'static, sqlx::Postgres>),
}

impl Db {
    /// Opens the database that `url` names; a missing SQLite file is made.
    pub(crate) async fn open(url: &str) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            return open_sqlite(url).await.map(Self::Sqlite);
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return open_postgres(url).await;
        }
        Err(Error::UnknownScheme)
    }

    /// Brings the tables up to date. The history table has a name of its own because the queue keeps one too.
    pub(crate) async fn migrate(&self) -> Result<(), Error> {
        let mut migrator: Migrator = sqlx::migrate!("./migrations");
        migrator.dangerous_set_table_name("busker_migrations");
        match self {
            Self::Sqlite(pools) => migrator.run(&pools.write).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => migrator.run(pool).await,
        }
        .map_err(Error::Migrate)
    }

    /// Begins a transaction that will write.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let begun = match self {
            Self::Sqlite(pools) => pools.write.begin_with("BEGIN IMMEDIATE").await.map(Tx::Sqlite),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.begin().await.map(Tx::Postgres),
        };
        begun.map_err(unavailable)
    }

    /// Reads rows outside any transaction.
    pub(crate) async fn fetch(&self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = match self {
            Self::Sqlite(pools) => {
                let rows = bind(sqlx::query(sql), values).fetch_all(&pools.read).await;
                rows.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => {
                let rows = bind(sqlx::query(sql), values).fetch_all(pool).await;
                rows.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        };
        rows.map_err(unavailable)
    }

    /// Reads a single number.
    pub(crate) async fn number(&self, sql: &'static str, values: &[Value]) -> Result<i64, StoreError> {
        single_number(&self.fetch(sql, values).await?)
    }

    /// The database's clock (I8).
    pub(crate) async fn now(&self) -> Result<Timestamp, StoreError> {
        self.number(self.clock(), &[]).await.map(Timestamp)
    }

    /// Waits for running statements and closes all connections.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pools) => {
                pools.read.close().await;
                pools.write.close().await;
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.close().await,
        }
    }

    fn clock(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => SQLITE_CLOCK,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => POSTGRES_CLOCK,
        }
    }
}

impl Tx {
    /// Runs a statement and says how many rows it touched.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        let touched = match self {
            Self::Sqlite(tx) => {
                let done = bind(sqlx::query(sql), values).execute(&mut **tx).await;
                done.map(|done| done.rows_affected())
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(tx) => {
                let done = bind(sqlx::query(sql), values).execute(&mut **tx).await;
                done.map(|done| done.rows_affected())
            }
        };
        touched.map_err(unavailable)
    }

    /// Reads rows.
    pub(crate) async fn fetch(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = match self {
            Self::Sqlite(tx) => {
                let rows = bind(sqlx::query(sql), values).fetch_all(&mut **tx).await;
                rows.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(tx) => {
                let rows = bind(sqlx::query(sql), values).fetch_all(&mut **tx).await;
                rows.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        };
        rows.map_err(unavailable)
    }

    /// The database's clock (I8).
    pub(crate) async fn now(&mut self) -> Result<Timestamp, StoreError> {
        let clock = match self {
            Self::Sqlite(_) => SQLITE_CLOCK,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => POSTGRES_CLOCK,
        };
        single_number(&self.fetch(clock, &[]).await?).map(Timestamp)
    }

    /// Makes everything durable at once.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            #[cfg(feature = "postgres")]
            Self::Postgres(tx) => tx.commit().await,
        }
        .map_err(unavailable)
    }
}

fn single_number(rows: &[Row]) -> Result<i64, StoreError> {
    let row = rows
        .first()
        .ok_or_else(|| StoreError::Unavailable("it gave no answer".to_owned()))?;
    row.int(0)
}

async fn open_sqlite(url: &str) -> Result<SqlitePools, Error> {
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(Error::InMemory);
    }
    let options = SqliteConnectOptions::from_str(url)
        .map_err(Error::Open)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full) // a payment that a power cut forgets is lost money (I6)
        .busy_timeout(PATIENCE);
    keep_private(options.get_filename()).map_err(|error| Error::Open(sqlx::Error::Io(error)))?;
    // SQLite ends a transaction by itself when the disk is full or fails, but the driver goes on counting it as open and
    // refuses every later one. Such a connection is replaced, or the shop would stay closed after the disk has space.
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            .before_acquire(|connection, _| {
                let usable = !connection.is_in_transaction();
                Box::pin(async move { Ok(usable) })
            })
    };
    let write = pool(1).connect_with(options.clone()).await.map_err(Error::Open)?;
    let read = pool(CONNECTIONS).connect_with(options).await.map_err(Error::Open)?;
    Ok(SqlitePools { read, write })
}

/// Makes the file readable by its owner only: the order keys in it give access to songs. SQLite makes the files beside
/// it alike.
#[cfg(unix)]
fn keep_private(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;

    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true).mode(0o600).open(file).map(drop)
}

#[cfg(not(unix))]
fn keep_private(_file: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(feature = "postgres")]
async fn open_postgres(url: &str) -> Result<Db, Error> {
    let options = PgConnectOptions::from_str(url).map_err(Error::Open)?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE);
    pool.connect_with(options).await.map(Db::Postgres).map_err(Error::Open)
}

#[cfg(not(feature = "postgres"))]
async fn open_postgres(_url: &str) -> Result<Db, Error> {
    Err(Error::NoPostgres)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn writing_goes_on_once_a_full_disk_has_space_again() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("shop.db").display());
        let Db::Sqlite(pools) = Db::open(&url).await.unwrap() else {
            panic!("the address names SQLite");
        };
        let run = |sql: &'static str| sqlx::query(sql).execute(&pools.write);
        run("CREATE TABLE notes (text BLOB)").await.unwrap();
        run("PRAGMA max_page_count = 8").await.unwrap();

        let mut full = pools.write.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let error = sqlx::query("INSERT INTO notes VALUES (zeroblob(1000000))")
            .execute(&mut *full)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("full"), "{error}");
        drop(full);

        let mut tx = pools.write.begin_with("BEGIN IMMEDIATE").await.unwrap();
        sqlx::query("INSERT INTO notes VALUES ('paid')")
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}
