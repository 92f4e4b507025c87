//! New orders, many to a commit.
//!
//! A durable commit costs milliseconds, whatever is in it. Quotes that arrive while one commit is under way share the
//! next one, so the rate of quotes is not bound by the rate of commits, and nobody waits for longer than two of them.

use busker_core::crash;
use busker_core::orders::StoreError;
use tokio::sync::{mpsc, oneshot};

use crate::db::Db;
use crate::sql;
use crate::value::Value;

/// Orders in one commit, at most.
const BATCH: usize = 128;

/// Orders that may wait for the next commit; beyond it callers wait for room.
const WAITING: usize = 1024;

/// Hands new orders to the one task that writes them.
#[derive(Debug)]
pub(crate) struct Inserter {
    sender: mpsc::Sender<Insertion>,
}

/// A new order's row, and who wants to know.
struct Insertion {
    values: Vec<Value>,
    answer: oneshot::Sender<Result<(), StoreError>>,
}

impl Inserter {
    /// Starts the writing task on the present runtime; it ends with the last sender.
    pub(crate) fn start(db: Db) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(write_all(db, receiver));
        Self { sender }
    }

    /// Returns once the order is durable.
    pub(crate) async fn insert(&self, values: Vec<Value>) -> Result<(), StoreError> {
        let gone = || StoreError::Unavailable("the store is closed".to_owned());
        let (answer, answered) = oneshot::channel();
        let insertion = Insertion { values, answer };
        self.sender.send(insertion).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

/// Why a batch was not written.
enum Failure {
    /// The database would take nothing.
    Whole(String),
    /// It would not take one of the rows, which undoes the others too.
    Row(String),
}

async fn write_all(db: Db, mut receiver: mpsc::Receiver<Insertion>) {
    let mut batch = Vec::with_capacity(BATCH);
    while receiver.recv_many(&mut batch, BATCH).await > 0 {
        match write(&db, &batch).await {
            Ok(results) => {
                for (insertion, result) in batch.drain(..).zip(results) {
                    answer(insertion, result);
                }
            }
            Err(Failure::Whole(reason)) => {
                for insertion in batch.drain(..) {
                    answer(insertion, Err(StoreError::Unavailable(reason.clone())));
                }
            }
            Err(Failure::Row(_)) => {
                for insertion in batch.drain(..) {
                    let result = write_alone(&db, &insertion).await;
                    answer(insertion, result);
                }
            }
        }
    }
}

/// A row by itself, so that a bad one fails for itself only.
async fn write_alone(db: &Db, insertion: &Insertion) -> Result<(), StoreError> {
    match write(db, std::slice::from_ref(insertion)).await {
        Ok(results) => results.into_iter().next().unwrap_or(Ok(())),
        Err(Failure::Whole(reason) | Failure::Row(reason)) => Err(StoreError::Unavailable(reason)),
    }
}

/// One result for each row.
async fn write(db: &Db, batch: &[Insertion]) -> Result<Vec<Result<(), StoreError>>, Failure> {
    let mut results = Vec::with_capacity(batch.len());
    let mut tx = db.begin().await.map_err(whole)?;
    for insertion in batch {
        let written = tx.execute(sql::INSERT, &insertion.values).await;
        let written = written.map_err(|error| Failure::Row(reason(error)))?;
        results.push(if written == 1 {
            Ok(())
        } else {
            Err(StoreError::Duplicate)
        });
    }
    crash::point("store.insert.before_commit");
    tx.commit().await.map_err(whole)?;
    crash::point("store.insert.after_commit");
    Ok(results)
}

fn whole(error: StoreError) -> Failure {
    Failure::Whole(reason(error))
}

fn reason(error: StoreError) -> String {
    match error {
        StoreError::Unavailable(reason) => reason,
        other => other.to_string(),
    }
}

/// Nobody may be listening any more; the order is stored all the same and expires by itself.
fn answer(insertion: Insertion, result: Result<(), StoreError>) {
    let _ = insertion.answer.send(result);
}
