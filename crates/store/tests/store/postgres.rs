//! Everything on PostgreSQL, where the machine has one.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use busker_core::id::OrderId;
use busker_core::order::OrderState;
use busker_core::orders::Orders;
use busker_store::{Error, Store};
use busker_testkit::Postgres;
use busker_testkit::orders_conformance::OrdersBench;
use busker_testkit::queue_conformance::{Hands, QueueBench, RunningQueue, pay_order, wait_for};
use futures::FutureExt;
use sqlx::postgres::PgPool;

struct Shop {
    store: Store,
    aside: PgPool,
    url: String,
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

async fn shop() -> Option<Shop> {
    Some(shop_at(Postgres::shared()?.fresh_database()).await)
}

async fn shop_at(url: String) -> Shop {
    let store = Store::connect(&url).await.unwrap();
    let aside = PgPool::connect(&url).await.unwrap();
    Shop { store, aside, url }
}

fn bench_of(shop: &Arc<Shop>) -> QueueBench {
    let url = shop.url.clone();
    QueueBench {
        orders: Arc::clone(&shop.store.orders),
        queue: Arc::clone(&shop.store.queue),
        connect: Arc::new(move || {
            let url = url.clone();
            async move { bench_of(&Arc::new(shop_at(url).await)) }.boxed()
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
async fn lost_connections_end_nothing() {
    let Some(shop) = shop().await.map(Arc::new) else { return };
    let bench = bench_of(&shop);
    let hands = Hands::new(&bench);
    hands.hold();
    let queue = RunningQueue::start(&bench, 2, &hands);
    let begun = pay_order(&bench, 1).await;
    hands.wait_until_in_hand(1).await;

    for _ in 0..5 {
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query(others).execute(&shop.aside).await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(!queue.has_ended());

    hands.release();
    wait_for(&bench, begun, OrderState::Delivered).await;
    let second = pay_order(&bench, 2).await;
    wait_for(&bench, second, OrderState::Delivered).await;
    queue.stop().await;
    assert_eq!(hands.songs(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_may_start_at_once() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.fresh_database();
    let (one, other) = tokio::join!(Store::connect(&url), Store::connect(&url));
    let (one, other) = (one.unwrap(), other.unwrap());
    one.orders.set_note("network", "regtest").await.unwrap();
    assert_eq!(other.orders.note("network").await.unwrap().as_deref(), Some("regtest"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_explained() {
    let refused = Store::connect("postgres://nobody:secret@127.0.0.1:1/shop")
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Open(_)), "{refused}");
    assert!(!refused.to_string().contains("secret"), "{refused}");
}

#[tokio::test]
async fn a_user_without_the_right_to_make_the_queue_is_told_which_right() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.fresh_database();
    let owner = PgPool::connect(&url).await.unwrap();
    for sql in ["CREATE ROLE clerk LOGIN", "GRANT ALL ON SCHEMA public TO clerk"] {
        sqlx::query(sql).execute(&owner).await.unwrap();
    }
    let refused = Store::connect(&url.replace("busker@", "clerk@")).await.unwrap_err();
    assert!(matches!(refused, Error::MigrateQueue(_)), "{refused}");
    assert!(refused.to_string().contains("GRANT CREATE ON DATABASE"), "{refused}");
}
