//! What only the inside sees: rows that are cleared away, jobs that are taken back.

use std::time::Duration;

use busker_core::order::OrderEvent;
use busker_core::orders::{Change, Orders};
#[cfg(feature = "postgres")]
use busker_testkit::Postgres;
use busker_testkit::build;
use tempfile::TempDir;

use super::*;
use crate::orders::SqlOrders;

/// Every way to spoil a job of a paid order, and to look at what is there; apalis' tables differ, so the words do.
struct Words {
    db: Db,
    table: &'static str,
    hour_ago: &'static str,
    _folder: Option<TempDir>,
}

async fn databases() -> Vec<Words> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("shop.db").display());
    let mut databases = vec![Words {
        db: Db::open(&url).await.unwrap(),
        table: "Jobs",
        hour_ago: "unixepoch() - 3600",
        _folder: Some(folder),
    }];
    #[cfg(feature = "postgres")]
    if let Some(server) = Postgres::shared() {
        databases.push(Words {
            db: Db::open(&server.fresh_database()).await.unwrap(),
            table: "apalis.jobs",
            hour_ago: "now() - interval '1 hour'",
            _folder: None,
        });
    }
    for words in &databases {
        words.db.migrate().await.unwrap();
        Jobs::migrate(&words.db).await.unwrap();
    }
    databases
}

impl Words {
    async fn run(&self, sql: String) {
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        let mut tx = self.db.begin().await.unwrap();
        tx.execute(sql, &[]).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn rows(&self) -> i64 {
        let sql: &'static str = Box::leak(format!("SELECT COUNT(*) FROM {}", self.table).into_boxed_str());
        self.db.number(sql, &[]).await.unwrap()
    }
}

#[tokio::test]
async fn a_paid_order_gets_its_job_back_whatever_became_of_it() {
    for words in databases().await {
        let jobs = Jobs::new(words.db.clone());
        let orders = SqlOrders::new(words.db.clone(), jobs.clone());
        let order = build::order(1, orders.now().await.unwrap());
        orders.insert(&order).await.unwrap();
        orders
            .apply(order.id, Change::Event(OrderEvent::PaymentSettled))
            .await
            .unwrap();
        let table = words.table;
        for fate in ["Queued", "Running", "Done", "Failed", "Killed"] {
            words.run(format!("UPDATE {table} SET status = '{fate}'")).await;
            assert_eq!(jobs.depth().await.unwrap(), 0, "{table} {fate}");
            orders.requeue(order.id).await.unwrap();
            assert_eq!(
                (jobs.depth().await.unwrap(), words.rows().await),
                (1, 1),
                "{table} {fate}"
            );
        }
        words.run(format!("DELETE FROM {table}")).await;
        orders.requeue(order.id).await.unwrap();
        assert_eq!(jobs.depth().await.unwrap(), 1, "{table}");
    }
}

#[tokio::test]
async fn finished_jobs_are_cleared_away_and_waiting_ones_are_not() {
    for words in databases().await {
        let jobs = Jobs::new(words.db.clone());
        for (number, fate) in [(1, "Pending"), (2, "Done"), (3, "Running"), (4, "Done")] {
            let mut tx = words.db.begin().await.unwrap();
            let now = tx.now().await.unwrap();
            let id = build::order(number, now).id;
            jobs.push(&mut tx, id, 1, now).await.unwrap();
            tx.commit().await.unwrap();
            let (table, key, long_ago) = (words.table, idempotency_key(id, 1), words.hour_ago);
            let done_at = if number == 4 { "NULL" } else { long_ago };
            words
                .run(format!(
                    "UPDATE {table} SET status = '{fate}', done_at = {done_at} WHERE idempotency_key = '{key}'"
                ))
                .await;
        }
        jobs.vacuum().await.unwrap();
        assert_eq!(words.rows().await, 3, "{}", words.table);
        assert_eq!(jobs.depth().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn whoever_listens_is_woken() {
    let words = databases().await.remove(0);
    let jobs = Jobs::new(words.db.clone());
    let mut bell = jobs.listen();
    jobs.wake();
    let woken = tokio::time::timeout(Duration::from_secs(1), bell.changed()).await;
    assert!(woken.is_ok_and(|rung| rung.is_ok()));
}
