//! The job queue's worker side: apalis behind the `Queue` port.
//!
//! apalis gives up a worker on the first failed statement and drops what it was doing. Here a hiccup ends nothing: each
//! job runs on a task of its own, which a lost worker does not touch, and a fresh worker under a name never used before
//! takes over after a pause. What comes twice because an acknowledgement was lost waits until the first is done, and is
//! then turned away by the order's compare-and-set.

mod desk;
mod name;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis::prelude::{BackendExt, Data, WorkerBuilder, WorkerBuilderExt, WorkerContext, WorkerError};
use async_trait::async_trait;
use busker_core::id::OrderId;
use busker_core::queue::{JobHandler, Queue, QueueError};
use futures::future::{BoxFuture, FutureExt, Shared};
use futures::stream::{self, BoxStream, StreamExt};
use tokio::sync::watch;

use crate::db::Db;
use crate::jobs::{Jobs, QUEUE};
use desk::Desk;
use name::WorkerNames;

/// Workers in other processes see a new job at most this much later.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// A worker shows that it lives this often.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// After this many missed heartbeats others take its jobs: within the lease of an order.
const MISSED_HEARTBEATS: usize = 4;

/// First and longest pause before a fresh worker starts.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(15));

/// A worker that lived this long was healthy: the next pause is the shortest again.
const HEALTHY: Duration = Duration::from_secs(60);

/// Finished jobs are cleared away this often.
const VACUUM_EVERY: Duration = Duration::from_secs(60);

/// apalis, by the order book's database.
#[derive(Debug)]
pub(crate) struct ApalisQueue {
    jobs: Jobs,
    names: WorkerNames,
}

/// Ready once the queue should stop.
type Stop = Shared<BoxFuture<'static, ()>>;

impl ApalisQueue {
    pub(crate) fn new(jobs: Jobs) -> Self {
        Self {
            jobs,
            names: WorkerNames::for_this_start(),
        }
    }

    /// One worker's life: until `stop`, or until the database fails it.
    async fn work(&self, slots: usize, desk: &Desk, stop: &Stop) -> Result<(), WorkerError> {
        let context = WorkerContext::new(&self.names.next());
        let looks = looks(self.jobs.listen());
        let life = match self.jobs.db() {
            Db::Sqlite(pools) => {
                let config = apalis_sqlite::Config::default()
                    .queue(QUEUE)
                    .batch_size(1)
                    .heartbeat_interval(HEARTBEAT)
                    .missed_heartbeats(MISSED_HEARTBEATS);
                let storage = apalis_sqlite::SqliteStorage::<OrderId>::new(&pools.write).with_config(config);
                WorkerBuilder::new(&context)
                    .backend(storage.poll_with_stream(looks))
                    .data(desk.clone())
                    .concurrency(slots)
                    .build(take)
                    .run()
                    .boxed()
            }
            #[cfg(feature = "postgres")]
            Db::Postgres(pool) => {
                let config = apalis_postgres::Config::default()
                    .queue(QUEUE)
                    .batch_size(1)
                    .heartbeat_interval(HEARTBEAT)
                    .missed_heartbeats(MISSED_HEARTBEATS);
                let storage = apalis_postgres::PostgresStorage::<OrderId>::new(pool).with_config(config);
                WorkerBuilder::new(&context)
                    .backend(storage.poll_with_stream(looks))
                    .data(desk.clone())
                    .concurrency(slots)
                    .build(take)
                    .run()
                    .boxed()
            }
        };
        let life = AssertUnwindSafe(life).catch_unwind().map(|ended| match ended {
            Ok(ended) => ended,
            Err(_panic) => Err(WorkerError::PanicError("the queue library panicked".to_owned())),
        });
        tokio::pin!(life);
        tokio::select! {
            ended = &mut life => ended,
            () = stop.clone() => match context.stop() {
                Ok(()) => life.await,
                Err(_not_started) => Ok(()),
            },
        }
    }

    async fn vacuum_for_ever(&self) {
        loop {
            tokio::time::sleep(VACUUM_EVERY).await;
            if let Err(error) = self.jobs.vacuum().await {
                tracing::warn!(%error, "finished jobs could not be cleared away");
            }
        }
    }

    async fn work_until(&self, slots: usize, desk: &Desk, stop: &Stop) {
        let mut pause = PAUSES.0;
        while stop.peek().is_none() {
            let began = tokio::time::Instant::now();
            let ended = self.work(slots, desk, stop).await;
            if stop.peek().is_some() {
                return;
            }
            if began.elapsed() > HEALTHY {
                pause = PAUSES.0;
            }
            match ended {
                Ok(()) => tracing::warn!("the queue's worker ended; a fresh one starts in {pause:?}"),
                Err(error) => tracing::warn!(%error, "the queue's worker failed; a fresh one starts in {pause:?}"),
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => pause = PAUSES.1.min(pause * 2),
                () = stop.clone() => return,
            }
        }
    }
}

#[async_trait]
impl Queue for ApalisQueue {
    async fn run(
        &self,
        slots: usize,
        worker: Arc<dyn JobHandler>,
        stop: BoxFuture<'static, ()>,
    ) -> Result<(), QueueError> {
        if slots == 0 {
            return Err(QueueError("a worker needs at least one slot".to_owned()));
        }
        let stop = stop.shared();
        let desk = Desk::new(worker, slots);
        tokio::select! {
            () = self.work_until(slots, &desk, &stop) => {}
            () = self.vacuum_for_ever() => {}
        }
        desk.drain().await;
        Ok(())
    }

    async fn depth(&self) -> Result<u64, QueueError> {
        self.jobs.depth().await.map_err(|error| QueueError(error.to_string()))
    }
}

/// What apalis calls for each job. It never fails: a job that went wrong is the order's business, not the queue's.
async fn take(order: OrderId, desk: Data<Desk>) {
    desk.work_on(order).await;
}

/// The moments at which a worker looks for jobs: when one was enqueued here, and every little while for those that were
/// enqueued elsewhere.
///
/// apalis asks for one moment, looks, and where the look is over at once never asks for the next: it would sleep until
/// its heartbeat. So each answer has already asked for the next moment, and the task is sure to be woken by it.
fn looks(bell: watch::Receiver<()>) -> BoxStream<'static, ()> {
    let mut moments = stream::unfold(bell, |mut bell| async move {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            rung = bell.changed() => if rung.is_err() {
                tokio::time::sleep(LOOK_EVERY).await; // the store was dropped; the clock remains
            },
        }
        Some(((), bell))
    })
    .boxed();
    let look = move |context: &mut Context<'_>| {
        let mut is_due = false;
        while moments.poll_next_unpin(context).is_ready() {
            is_due = true;
        }
        if is_due { Poll::Ready(Some(())) } else { Poll::Pending }
    };
    stream::poll_fn(look).boxed()
}
