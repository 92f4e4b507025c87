//! Everything on SQLite.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use busker_core::id::OrderId;
use busker_core::order::OrderState;
use busker_core::orders::Orders;
use busker_store::{Error, Store};
use busker_testkit::build;
use busker_testkit::orders_conformance::OrdersBench;
use busker_testkit::queue_conformance::{Hands, QueueBench, RunningQueue, pay_order, wait_for};
use futures::FutureExt;
use futures::future::join_all;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;

struct Shop {
    store: Store,
    aside: SqlitePool,
    folder: Arc<TempDir>,
}

#[async_trait]
impl OrdersBench for Shop {
    fn orders(&self) -> &dyn Orders {
        &*self.store.orders
    }

    async fn jobs(&self) -> u64 {
        self.store.queue.depth().await.unwrap()
    }

    async fn age(&self, id: OrderId, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap();
        let aged = sqlx::query(super::AGE)
            .bind(by)
            .bind(id.to_hex())
            .execute(&self.aside)
            .await;
        assert_eq!(aged.unwrap().rows_affected(), 1);
    }
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("shop.db").display())
}

async fn shop() -> Option<Shop> {
    Some(shop_in(Arc::new(tempfile::tempdir().unwrap())).await)
}

async fn shop_in(folder: Arc<TempDir>) -> Shop {
    let store = Store::connect(&url(&folder)).await.unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("shop.db"))
        .busy_timeout(Duration::from_secs(30));
    let aside = SqlitePool::connect_with(options).await.unwrap();
    Shop { store, aside, folder }
}

fn bench_of(shop: &Arc<Shop>) -> QueueBench {
    let folder = Arc::clone(&shop.folder);
    QueueBench {
        orders: Arc::clone(&shop.store.orders),
        queue: Arc::clone(&shop.store.queue),
        connect: Arc::new(move || {
            let folder = Arc::clone(&folder);
            async move { bench_of(&Arc::new(shop_in(folder).await)) }.boxed()
        }),
        keep: Arc::clone(shop) as _,
    }
}

async fn queue() -> Option<QueueBench> {
    Some(bench_of(&Arc::new(shop().await?)))
}

mod orders {
    busker_testkit::orders_conformance!(super::shop);
}

mod jobs {
    busker_testkit::queue_conformance!(super::queue);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_held_by_another_process_for_seconds_ends_nothing() {
    let shop = Arc::new(shop().await.unwrap());
    let aside = shop.aside.clone();
    let bench = bench_of(&shop);
    let hands = Hands::new(&bench);
    hands.hold();
    let queue = RunningQueue::start(&bench, 2, &hands);
    let begun = pay_order(&bench, 1).await;
    hands.wait_until_in_hand(1).await;

    let lock = aside.begin_with("BEGIN IMMEDIATE").await.unwrap();
    hands.release();
    let paid = tokio::spawn({
        let bench = bench.clone();
        async move { pay_order(&bench, 2).await }
    });
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert!(!paid.is_finished() && !queue.has_ended());
    lock.rollback().await.unwrap();

    wait_for(&bench, begun, OrderState::Delivered).await;
    wait_for(&bench, paid.await.unwrap(), OrderState::Delivered).await;
    queue.stop().await;
    assert_eq!((hands.songs(), hands.most_at_once()), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_failed_is_replaced_and_its_job_goes_on() {
    let shop = Arc::new(shop().await.unwrap());
    let bench = bench_of(&shop);
    let hands = Hands::new(&bench);
    hands.hold();
    let queue = RunningQueue::start(&bench, 2, &hands);
    let begun = pay_order(&bench, 1).await;
    hands.wait_until_in_hand(1).await;

    sqlx::query("ALTER TABLE Jobs RENAME TO Away")
        .execute(&shop.aside)
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    sqlx::query("ALTER TABLE Away RENAME TO Jobs")
        .execute(&shop.aside)
        .await
        .unwrap();
    assert!(!queue.has_ended());

    let second = pay_order(&bench, 2).await;
    hands.wait_until_in_hand(2).await;
    hands.release();
    wait_for(&bench, begun, OrderState::Delivered).await;
    wait_for(&bench, second, OrderState::Delivered).await;
    queue.stop().await;
    assert_eq!(hands.songs(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_are_there_again_after_a_restart() {
    let shop = shop().await.unwrap();
    let order = build::order(1, shop.store.orders.now().await.unwrap());
    shop.store.orders.insert(&order).await.unwrap();
    shop.store.close().await;
    assert!(shop.store.orders.now().await.is_err(), "a closed store answers nothing");
    assert!(
        shop.store
            .orders
            .insert(&build::order(2, order.created_at))
            .await
            .is_err()
    );

    let again = Store::connect(&url(&shop.folder)).await.unwrap();
    assert_eq!(again.orders.by_id(order.id).await.unwrap(), Some(order));
}

#[tokio::test]
async fn a_wrong_url_is_explained() {
    let explained = async |url: &str| Store::connect(url).await.unwrap_err();
    assert!(matches!(explained("busker.db").await, Error::UnknownScheme));
    assert!(matches!(explained("mysql://shop").await, Error::UnknownScheme));
    assert!(matches!(explained("sqlite::memory:").await, Error::InMemory));
    let nowhere = explained("sqlite:///nowhere/at/all/shop.db").await;
    assert!(nowhere.to_string().contains("does its folder exist"), "{nowhere}");
}

/// The aim is 500 quotes a second with durable commits; a busy test machine gets a wide margin.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_callers_store_quotes_faster_than_single_commits_could() {
    const CALLERS: u64 = 64;
    const EACH: u64 = 40;
    let shop = shop().await.unwrap();
    let at = shop.store.orders.now().await.unwrap();
    let began = Instant::now();
    let callers = (0..CALLERS).map(|caller| {
        let orders = Arc::clone(&shop.store.orders);
        tokio::spawn(async move {
            let mut waits = Vec::new();
            for number in 0..EACH {
                let order = build::order(caller * EACH + number, at);
                let asked = Instant::now();
                orders.insert(&order).await.unwrap();
                waits.push(asked.elapsed());
            }
            waits
        })
    });
    let mut waits: Vec<Duration> = join_all(callers).await.into_iter().flat_map(Result::unwrap).collect();
    let rate = (CALLERS * EACH) as f64 / began.elapsed().as_secs_f64();
    waits.sort();
    let p99 = waits[waits.len() * 99 / 100];
    println!("{rate:.0} quotes a second, p99 {p99:?}");
    assert!(rate > 500.0, "{rate:.0} quotes a second");
}
