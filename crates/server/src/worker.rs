//! Makes the songs.
//!
//! A job may come twice, late, or while another worker has the order. What decides is only the order's compare-and-set:
//! a try starts by winning it, keeps it by its heartbeat, and ends by winning it again with the song or the failure.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use busker_core::crash;
use busker_core::engine::{Engine, EngineError, RenderOptions, RenderWatch};
use busker_core::id::{Attempt, OrderId};
use busker_core::order::{Failure, Order, OrderEvent, Progress};
use busker_core::orders::{Change, StoreError};
use busker_core::queue::JobHandler;
use busker_core::request::SongRequest;
use tokio::sync::{oneshot, watch};

use crate::error_code::ErrorCode;
use crate::files::Finished;
use crate::workshop::Workshop;

/// How often a running try shows that it lives; well within [`busker_core::order::LEASE`].
const HEARTBEAT: Duration = Duration::from_secs(1);

/// The engine's share of a song's time; the rest is encoding.
const ENGINE_SHARE: f32 = 0.8;

/// The worker of one process.
pub(crate) struct Worker {
    workshop: Arc<Workshop>,
}

/// How a try ended.
enum Outcome {
    Made(Box<Finished>),
    Failed(EngineError),
    /// The order went to somebody else, or the shop closed.
    Stopped,
}

#[async_trait]
impl JobHandler for Worker {
    async fn handle(&self, id: OrderId) {
        if let Err(error) = self.work_on(id).await {
            tracing::error!(order.id = %id, %error, "a try broke off; the reconciler will pick the order up again");
        }
    }
}

impl Worker {
    /// A worker in `workshop`.
    pub(crate) fn new(workshop: Arc<Workshop>) -> Self {
        Self { workshop }
    }

    async fn work_on(&self, id: OrderId) -> Result<(), StoreError> {
        if self.workshop.stopping.is_cancelled() {
            return Ok(());
        }
        let Some(order) = self.workshop.orders.by_id(id).await? else {
            return Ok(());
        };
        let attempt = order.next_attempt();
        let started = self
            .workshop
            .apply_event(id, OrderEvent::AttemptStarted(attempt))
            .await?;
        if started.refused.is_some() {
            tracing::debug!(order.id = %id, "this job was already done or is being done");
            return Ok(());
        }
        crash::point("worker.started");
        let order = started.order;
        let began = std::time::Instant::now();
        match self.make(&order, attempt).await? {
            Outcome::Made(files) => {
                crash::point("worker.made");
                self.deliver(&order, attempt, *files).await?;
                metrics::histogram!("busker_song_seconds").record(began.elapsed().as_secs_f64());
            }
            Outcome::Failed(EngineError::Cancelled) | Outcome::Stopped => {
                self.workshop
                    .apply_event(id, OrderEvent::AttemptReleased(attempt))
                    .await?;
            }
            Outcome::Failed(error) => self.fail(id, attempt, &error.to_string(), is_final(&error)).await?,
        }
        Ok(())
    }

    /// Runs the engine on a thread of its own and keeps the lease meanwhile.
    async fn make(&self, order: &Order, attempt: Attempt) -> Result<Outcome, StoreError> {
        let Some(engine) = self.workshop.engines.by_slug(&order.model) else {
            let problem = format!("no engine here plays `{}`", order.model);
            return Ok(Outcome::Failed(EngineError::Transient(problem)));
        };
        let (progress_in, progress_out) = watch::channel(Progress::default());
        let look = Arc::new(Look {
            progress: progress_in,
            cancelled: AtomicBool::new(false),
        });
        let (result_in, mut result_out) = oneshot::channel();
        let job = EngineJob {
            engine,
            request: order.request.clone(),
            options: RenderOptions {
                threads: self.workshop.settings.threads_per_song,
                ..RenderOptions::default()
            },
            look: look.clone(),
        };
        let thread = std::thread::Builder::new().name("song".to_owned());
        if let Err(error) = thread.spawn(move || drop(result_in.send(job.run()))) {
            return Ok(Outcome::Failed(EngineError::Transient(format!(
                "no thread could be started: {error}"
            ))));
        }
        let mut beat = tokio::time::interval(HEARTBEAT);
        let closing = self.closing();
        tokio::pin!(closing);
        loop {
            tokio::select! {
                result = &mut result_out => return Ok(match result {
                    Ok(Ok(files)) => Outcome::Made(Box::new(files)),
                    Ok(Err(error)) => Outcome::Failed(error),
                    Err(_) => Outcome::Failed(EngineError::Transient("the engine's thread died".to_owned())),
                }),
                _ = beat.tick() => {
                    let progress = progress_out.borrow().clone();
                    match self.workshop.heartbeat(order.id, attempt, &progress).await {
                        Ok(true) => {}
                        Ok(false) => {
                            look.cancelled.store(true, Ordering::Relaxed);
                            return Ok(Outcome::Stopped);
                        }
                        // The song goes on: the database may be back before the lease is over.
                        Err(error) => tracing::warn!(order.id = %order.id, %error, "no heartbeat could be written"),
                    }
                }
                () = &mut closing => {
                    look.cancelled.store(true, Ordering::Relaxed);
                    return Ok(Outcome::Stopped);
                }
            }
        }
    }

    /// Ready when the shop has been closing for as long as songs in the making may take.
    async fn closing(&self) {
        self.workshop.stopping.cancelled().await;
        tokio::time::sleep(self.workshop.settings.drain).await;
    }

    async fn deliver(&self, order: &Order, attempt: Attempt, files: Finished) -> Result<(), StoreError> {
        let stored = match self.workshop.store_files(&order.model, files).await {
            Ok(stored) => stored,
            Err(problem) => return self.fail(order.id, attempt, &problem, false).await,
        };
        crash::point("worker.stored");
        let applied = self
            .workshop
            .apply(order.id, Change::Delivered(attempt, Box::new(stored)))
            .await?;
        if let Some(refused) = applied.refused {
            tracing::warn!(order.id = %order.id, %refused, "a finished song came too late; another try has the order");
        }
        Ok(())
    }

    async fn fail(&self, id: OrderId, attempt: Attempt, problem: &str, final_try: bool) -> Result<(), StoreError> {
        tracing::warn!(order.id = %id, attempt = attempt.0, problem, final_try, "a try failed");
        metrics::counter!("busker_failed_tries_total").increment(1);
        let failure = Failure {
            code: ErrorCode::GenerationFailed.code().to_owned(),
            detail: "the song could not be made".to_owned(),
        };
        self.workshop
            .apply(
                id,
                Change::Failed {
                    attempt,
                    failure,
                    final_try,
                },
            )
            .await?;
        Ok(())
    }
}

fn is_final(error: &EngineError) -> bool {
    matches!(error, EngineError::Permanent(_))
}

struct EngineJob {
    engine: Arc<dyn Engine>,
    request: SongRequest,
    options: RenderOptions,
    look: Arc<Look>,
}

impl EngineJob {
    fn run(self) -> Result<Finished, EngineError> {
        let song = self.engine.render(&self.request, &self.options, &*self.look)?;
        self.look.encoding();
        let files = busker_engines::finish(&song, &self.request)
            .map_err(|error| EngineError::Transient(format!("the song could not be encoded: {error}")))?;
        let mut facts = song.facts;
        facts.warnings.extend(files.main.note.clone());
        Ok(Finished { files, facts })
    }
}

struct Look {
    progress: watch::Sender<Progress>,
    cancelled: AtomicBool,
}

impl Look {
    fn encoding(&self) {
        self.tell(ENGINE_SHARE, "encoding");
    }

    fn tell(&self, fraction: f32, stage: &str) {
        self.progress.send_replace(Progress {
            fraction,
            stage: stage.to_owned(),
        });
    }
}

impl RenderWatch for Look {
    fn progress(&self, fraction: f32, stage: &str) {
        self.tell(fraction.clamp(0.0, 1.0) * ENGINE_SHARE, stage);
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
