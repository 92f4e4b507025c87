//! Runs a shop until it is told to stop, then lets every song and every answer in the making finish or go back.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use busker_core::queue::QueueError;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api;
use crate::reconciler::{reconcile_shop, reconcile_workshop};
use crate::shop::Shop;
use crate::watcher::watch_settlements;
use crate::worker::Worker;
use crate::workshop::Workshop;

/// Beyond the drain time, open connections and workers get this long before the process leaves all the same.
const LAST_GRACE: Duration = Duration::from_secs(10);

/// What a shop listens on.
#[derive(Debug)]
pub struct Served {
    /// For buyers.
    pub public: TcpListener,
    /// For the operator: health and metrics.
    pub admin: Option<(TcpListener, PrometheusHandle)>,
}

/// A shop had to close.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The listening socket failed.
    #[error("the listening socket failed: {0}")]
    Listen(#[from] std::io::Error),
    /// No worker can run.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Serves buyers, watches payments and, with at least one slot, makes songs, until `stop` is ready.
///
/// # Errors
/// [`ServeError`] when something failed that running on cannot mend; orders are safe.
pub async fn serve(
    shop: Arc<Shop>,
    served: Served,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let closing = cancel_on(shop.workshop(), stop);
    let helpers = [
        tokio::spawn(watch_settlements(shop.clone())),
        tokio::spawn(reconcile_shop(shop.clone())),
    ];
    let admin = served.admin.map(|(listener, metrics)| {
        let router = api::admin_router(shop.clone(), metrics);
        let stopping = shop.stopping.clone();
        tokio::spawn(async move {
            let serving = axum::serve(listener, router).with_graceful_shutdown(stopping.cancelled_owned());
            if let Err(error) = serving.await {
                tracing::error!(%error, "the admin listener failed");
            }
        })
    });
    let worker = start_worker(shop.workshop());
    let service = api::router(shop.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let listener = served.public.tap_io(|stream| {
        // Small answers should not wait for more.
        let _ = stream.set_nodelay(true);
    });
    let serving = axum::serve(listener, service).with_graceful_shutdown(shop.stopping.clone().cancelled_owned());
    let deadline = async {
        shop.stopping.cancelled().await;
        tokio::time::sleep(shop.settings.drain + LAST_GRACE).await;
    };
    let result = tokio::select! {
        result = async {
            let (http, worked) = tokio::join!(async { serving.await }, worker);
            http?;
            worked
        } => result,
        () = deadline => {
            tracing::warn!("some connections or songs did not end in time; their orders stay in the queue");
            Ok(())
        }
    };
    shop.stopping.cancel();
    closing.abort();
    for helper in helpers.into_iter().chain(admin) {
        let _ = tokio::time::timeout(Duration::from_secs(2), helper).await;
    }
    result
}

/// Makes songs without serving buyers, until `stop` is ready.
///
/// # Errors
/// [`ServeError::Queue`] when the queue cannot go on.
pub async fn run_worker(
    workshop: Arc<Workshop>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let closing = cancel_on(&workshop, stop);
    let reconciler = tokio::spawn(reconcile_workshop(workshop.clone()));
    let result = start_worker(&workshop).await;
    workshop.stopping.cancel();
    closing.abort();
    let _ = reconciler.await;
    result
}

fn cancel_on(workshop: &Arc<Workshop>, stop: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    let stopping = workshop.stopping.clone();
    tokio::spawn(async move {
        stop.await;
        stopping.cancel();
    })
}

/// The worker loop as a future that ends when the shop closes; one without slots just waits for that.
async fn start_worker(workshop: &Arc<Workshop>) -> Result<(), ServeError> {
    let stopping = workshop.stopping.clone();
    if workshop.settings.slots == 0 {
        stopping.cancelled().await;
        return Ok(());
    }
    let worker = Arc::new(Worker::new(workshop.clone()));
    workshop
        .queue
        .run(workshop.settings.slots, worker, Box::pin(stopping.cancelled_owned()))
        .await?;
    Ok(())
}
