//! The stories that every job queue lives through together with the order book it shares a database with.
//!
//! [`queue_conformance!`](crate::queue_conformance!) turns them into one test each. What the stories promise is the effect:
//! a job may come twice, a song may not.

mod hands;

use std::sync::Arc;
use std::time::{Duration, Instant};

use busker_core::id::{Attempt, OrderId};
use busker_core::order::{LEASE, OrderEvent, OrderState};
use busker_core::orders::{Change, Orders};
use busker_core::queue::Queue;
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::build;

pub use hands::Hands;

/// A paid order begins at most this much later, on a machine that is busy with other tests.
const SOON: Duration = Duration::from_secs(2);

/// A queue on the bench, empty.
#[derive(Clone)]
pub struct QueueBench {
    /// The book that enqueues.
    pub orders: Arc<dyn Orders>,
    /// The queue under test.
    pub queue: Arc<dyn Queue>,
    /// Connects to the same database once more, as another node does.
    pub connect: Arc<dyn Fn() -> BoxFuture<'static, QueueBench> + Send + Sync>,
    /// Keeps what the database lives in.
    pub keep: Arc<dyn std::any::Any + Send + Sync>,
}

/// Makes one `#[tokio::test]` of each story. `$bench` is an async function that gives an `Option` of a
/// [`QueueBench`](crate::queue_conformance::QueueBench); `None` when it cannot run here.
#[macro_export]
macro_rules! queue_conformance {
    ($bench:path) => {
        $crate::queue_conformance!(@each $bench;
            two_workers_make_each_song_once
            a_paid_order_begins_at_once
            a_paid_order_begins_soon_after_a_quiet_time
            a_failed_try_comes_back_after_a_pause
            no_more_jobs_than_slots_are_in_hand
            stopping_waits_for_the_jobs_in_hand
            a_job_in_hand_is_not_begun_again
            a_handler_that_panics_harms_no_other_job
            a_killed_worker_loses_no_order
            a_queue_without_slots_is_refused
        );
    };
    (@each $bench:path; $($story:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                if let Some(bench) = $bench().await {
                    $crate::queue_conformance::$story(&bench).await;
                }
            }
        )*
    };
}

/// A queue that runs until stopped.
pub struct RunningQueue {
    stop: oneshot::Sender<()>,
    run: JoinHandle<()>,
}

impl RunningQueue {
    /// Starts it on the present runtime.
    pub fn start(bench: &QueueBench, slots: usize, hands: &Arc<Hands>) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (queue, hands) = (Arc::clone(&bench.queue), Arc::clone(hands));
        let run = tokio::spawn(async move {
            let stopped = stopped.map(|_| ()).boxed();
            queue.run(slots, hands, stopped).await.unwrap();
        });
        Self { stop, run }
    }

    /// Whether it ended by itself, which it must not.
    pub fn has_ended(&self) -> bool {
        self.run.is_finished()
    }

    /// Stops it and waits for its end.
    pub async fn stop(self) {
        self.stop.send(()).expect("the queue runs until it is told to stop");
        self.run.await.unwrap();
    }
}

/// Puts the `number`th order into the book and pays it.
pub async fn pay_order(bench: &QueueBench, number: u64) -> OrderId {
    let order = build::order(number, bench.orders.now().await.unwrap());
    bench.orders.insert(&order).await.unwrap();
    let paid = Change::Event(OrderEvent::PaymentSettled);
    bench.orders.apply(order.id, paid).await.unwrap();
    order.id
}

/// Waits until the order is in `state`.
pub async fn wait_for(bench: &QueueBench, id: OrderId, state: OrderState) {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let order = bench.orders.by_id(id).await.unwrap().expect("the order is in the book");
        if order.state == state {
            return;
        }
        assert!(Instant::now() < deadline, "{:?} did not become {state:?}", order.state);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// I4, with twice as many workers as there should be.
pub async fn two_workers_make_each_song_once(bench: &QueueBench) {
    let hands = [Hands::new(bench), Hands::new(bench)];
    let queues = [0, 1].map(|worker: usize| RunningQueue::start(bench, 2, &hands[worker]));
    let mut orders = Vec::new();
    for number in 0..20 {
        orders.push(pay_order(bench, number).await);
    }
    for id in orders {
        wait_for(bench, id, OrderState::Delivered).await;
        assert_eq!(bench.orders.by_id(id).await.unwrap().unwrap().attempts, 1);
    }
    for queue in queues {
        queue.stop().await;
    }
    assert_eq!(hands[0].songs() + hands[1].songs(), 20);
    assert_eq!(bench.queue.depth().await.unwrap(), 0);
}

/// In one process, nobody waits for the next look.
pub async fn a_paid_order_begins_at_once(bench: &QueueBench) {
    let hands = Hands::new(bench);
    let queue = RunningQueue::start(bench, 1, &hands);
    for number in 0..3 {
        let began = Instant::now();
        let id = pay_order(bench, number).await;
        wait_for(bench, id, OrderState::Delivered).await;
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    }
    queue.stop().await;
}

/// A worker that found nothing for a while still looks.
pub async fn a_paid_order_begins_soon_after_a_quiet_time(bench: &QueueBench) {
    let hands = Hands::new(bench);
    let queues = [0, 1].map(|_| RunningQueue::start(bench, 1, &hands));
    for number in 0..2 {
        tokio::time::sleep(Duration::from_secs(5)).await;
        let began = Instant::now();
        let id = pay_order(bench, number).await;
        wait_for(bench, id, OrderState::Delivered).await;
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    }
    for queue in queues {
        queue.stop().await;
    }
}

/// The pause is short, and the second try has a new number.
pub async fn a_failed_try_comes_back_after_a_pause(bench: &QueueBench) {
    let hands = Hands::new(bench);
    hands.fail_next(1);
    let queue = RunningQueue::start(bench, 1, &hands);
    let began = Instant::now();
    let id = pay_order(bench, 1).await;
    wait_for(bench, id, OrderState::Delivered).await;
    assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
    let order = bench.orders.by_id(id).await.unwrap().unwrap();
    assert_eq!((order.attempts, order.failures), (2, 1));
    queue.stop().await;
}

/// A slot is a processor.
pub async fn no_more_jobs_than_slots_are_in_hand(bench: &QueueBench) {
    let hands = Hands::new(bench);
    hands.hold();
    let queue = RunningQueue::start(bench, 2, &hands);
    let mut orders = Vec::new();
    for number in 0..4 {
        orders.push(pay_order(bench, number).await);
    }
    hands.wait_until_in_hand(2).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(hands.most_at_once(), 2);
    assert_eq!(bench.queue.depth().await.unwrap(), 2);
    hands.release();
    for id in orders {
        wait_for(bench, id, OrderState::Delivered).await;
    }
    assert_eq!(hands.most_at_once(), 2);
    queue.stop().await;
}

/// A song that was begun is finished.
pub async fn stopping_waits_for_the_jobs_in_hand(bench: &QueueBench) {
    let hands = Hands::new(bench);
    hands.hold();
    let queue = RunningQueue::start(bench, 1, &hands);
    let begun = pay_order(bench, 1).await;
    hands.wait_until_in_hand(1).await;
    let queued = pay_order(bench, 2).await;
    let stopping = tokio::spawn(queue.stop());
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!stopping.is_finished(), "a job is still in hand");
    hands.release();
    stopping.await.unwrap();
    let state = async |id| bench.orders.by_id(id).await.unwrap().unwrap().state;
    assert_eq!(state(begun).await, OrderState::Delivered);
    assert_eq!(state(queued).await, OrderState::Paid);
}

/// Whatever wakes the worker, the song is made once.
pub async fn a_job_in_hand_is_not_begun_again(bench: &QueueBench) {
    let hands = Hands::new(bench);
    hands.hold();
    let queue = RunningQueue::start(bench, 4, &hands);
    let id = pay_order(bench, 1).await;
    hands.wait_until_in_hand(1).await;
    bench.orders.requeue(id).await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    hands.release();
    wait_for(bench, id, OrderState::Delivered).await;
    queue.stop().await;
    assert_eq!((hands.songs(), hands.most_at_once()), (1, 1));
}

/// The other jobs never hear of it.
pub async fn a_handler_that_panics_harms_no_other_job(bench: &QueueBench) {
    let hands = Hands::new(bench);
    hands.panic_next(1);
    let queue = RunningQueue::start(bench, 1, &hands);
    let unlucky = pay_order(bench, 1).await;
    hands.wait_until_calls(1).await;
    let lucky = pay_order(bench, 2).await;
    wait_for(bench, lucky, OrderState::Delivered).await;
    assert!(!queue.has_ended());
    let order = bench.orders.by_id(unlucky).await.unwrap().unwrap();
    assert_eq!(order.state, OrderState::Paid);
    bench.orders.requeue(unlucky).await.unwrap();
    wait_for(bench, unlucky, OrderState::Delivered).await;
    queue.stop().await;
}

/// The worker dies in the middle of a song; its lease runs out, and another worker makes the song.
///
/// The doomed worker has connections of its own: one that it shared would die with its runtime in the hands of the others.
pub async fn a_killed_worker_loses_no_order(bench: &QueueBench) {
    let id = pay_order(bench, 1).await;
    let thread = std::thread::spawn({
        let connect = Arc::clone(&bench.connect);
        move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            let doomed = runtime.block_on(async {
                let bench = connect().await;
                let doomed = Hands::new(&bench);
                doomed.hold();
                let _queue = RunningQueue::start(&bench, 1, &doomed);
                doomed.wait_until_in_hand(1).await;
                doomed
            });
            runtime.shutdown_background();
            doomed
        }
    });
    let doomed = tokio::task::spawn_blocking(move || thread.join().unwrap())
        .await
        .unwrap();
    let order = bench.orders.by_id(id).await.unwrap().unwrap();
    assert_eq!(order.state, OrderState::Generating(Attempt(1)));
    assert!(order.lease_until <= Some(bench.orders.now().await.unwrap().plus(LEASE)));

    let lost = Change::Failed {
        attempt: Attempt(1),
        failure: build::failure(),
        final_try: false,
    };
    bench.orders.apply(id, lost).await.unwrap();
    let hands = Hands::new(bench);
    let queue = RunningQueue::start(bench, 1, &hands);
    wait_for(bench, id, OrderState::Delivered).await;
    queue.stop().await;
    assert_eq!((doomed.songs(), hands.songs()), (0, 1));
}

/// It would wait for ever.
pub async fn a_queue_without_slots_is_refused(bench: &QueueBench) {
    let never = futures::future::pending().boxed();
    assert!(bench.queue.run(0, Hands::new(bench), never).await.is_err());
}
