//! The model must live through its own stories.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use busker_core::clock::SystemClock;
use busker_core::id::OrderId;
use busker_core::orders::Orders;
use busker_testkit::MemoryOrders;
use busker_testkit::orders_conformance::OrdersBench;

struct Bench(MemoryOrders);

#[async_trait]
impl OrdersBench for Bench {
    fn orders(&self) -> &dyn Orders {
        &self.0
    }

    async fn jobs(&self) -> u64 {
        self.0.jobs() as u64
    }

    async fn age(&self, id: OrderId, by: Duration) {
        self.0.age(id, by);
    }
}

async fn bench() -> Option<Bench> {
    Some(Bench(MemoryOrders::new(Arc::new(SystemClock))))
}

busker_testkit::orders_conformance!(bench);
