//! Why the store could not be opened.

/// The store cannot be used as configured. The text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The URL names no database this program knows. The URL itself may hold a password and is not shown.
    #[error("the database URL must begin with `sqlite://` or `postgres://`, as in `sqlite://busker.db`")]
    UnknownScheme,
    /// A database in memory would lose money at the next restart.
    #[error("orders cannot be kept in memory: name a file, as in `sqlite://busker.db`")]
    InMemory,
    /// This build has no driver for it.
    #[error("this build has no PostgreSQL in it; build it with the cargo feature `postgres`")]
    NoPostgres,
    /// It could not be reached.
    #[error("the database cannot be opened: {0}; does it run, may this user write to it, and does its folder exist?")]
    Open(#[source] sqlx::Error),
    /// Its tables could not be brought up to date.
    #[error(
        "the database's tables cannot be brought up to date: {0}; may its user create tables, and was it last used by this version or an older one?"
    )]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// The queue's own tables could not be brought up to date.
    #[error(
        "the job queue's tables cannot be brought up to date: {0}; on PostgreSQL its user needs the right to create \
         the schema `apalis` and the extension `hstore` (`GRANT CREATE ON DATABASE …`, or let an administrator run \
         `CREATE EXTENSION hstore` once)"
    )]
    MigrateQueue(#[source] sqlx::migrate::MigrateError),
    /// The folder for files cannot be used.
    #[error("the audio folder {path} cannot be used: {problem}; does it exist, and may this user write to it?")]
    Folder {
        /// The folder as configured.
        path: String,
        /// What the system said.
        problem: String,
    },
    /// The bucket's URL or the environment's credentials are wrong.
    #[cfg(feature = "s3")]
    #[error("the bucket cannot be used: {0}; set `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_REGION`")]
    Bucket(String),
}
