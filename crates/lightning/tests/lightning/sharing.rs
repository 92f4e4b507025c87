//! Several wallets on one folder.

use std::sync::Arc;
use std::time::Duration;

use busker_core::wallet::{Cursor, PayError, Settlement, Wallet};
use futures::StreamExt;
use futures::future::join_all;

use crate::support::{Shop, make, open_in_real_time, pay, start_payer, was_child};

#[tokio::test]
async fn a_payment_by_one_wallet_is_seen_by_another_at_once() {
    let shop = Shop::new();
    let (server, payer) = (shop.open(), shop.open());
    let invoice = make(&server).await;
    assert_eq!(server.lookup(invoice.payment_hash).await, Ok(Settlement::Open));
    pay(&payer, &invoice).await.unwrap();
    assert_eq!(server.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
    assert_eq!(shop.open().lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
}

#[tokio::test]
async fn an_open_stream_gives_what_another_wallet_settles() {
    let shop = Shop::new();
    let (server, payer) = (shop.open(), shop.open());
    let invoice = make(&server).await;
    let mut stream = server.watch(Cursor::default()).await.unwrap();
    let early = tokio::time::timeout(Duration::from_millis(150), stream.next()).await;
    assert!(early.is_err(), "nothing is settled yet");
    pay(&payer, &invoice).await.unwrap();
    let settled = tokio::time::timeout(Duration::from_secs(10), stream.next())
        .await
        .unwrap();
    assert_eq!(settled.unwrap().payment_hash, invoice.payment_hash);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_payments_at_once_exactly_one_succeeds() {
    let shop = Shop::new();
    let wallets: Vec<_> = (0..4).map(|_| Arc::new(shop.open())).collect();
    let invoice = make(&*wallets[0]).await;
    let payments = (0..32).map(|number| {
        let (wallet, invoice) = (Arc::clone(&wallets[number % 4]), invoice.clone());
        tokio::spawn(async move { pay(&*wallet, &invoice).await })
    });
    let outcomes: Vec<_> = join_all(payments).await.into_iter().map(Result::unwrap).collect();
    let refused = PayError::Unpayable("invoice is already paid".into());
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(
        outcomes
            .iter()
            .filter(|outcome| **outcome == Err(refused.clone()))
            .count(),
        31
    );
    assert_eq!(shop.settlements(), 1);
}

#[tokio::test]
async fn of_many_processes_that_pay_at_once_exactly_one_succeeds() {
    if was_child().await {
        return;
    }
    let shop = Shop::new();
    let server = open_in_real_time(&shop);
    let invoice = make(&server).await;
    let name = "sharing::of_many_processes_that_pay_at_once_exactly_one_succeeds";
    let payers: Vec<_> = (0..4).map(|_| start_payer(name, &shop, &invoice, None)).collect();
    let paid = payers
        .into_iter()
        .filter_map(|mut payer| payer.wait().unwrap().success().then_some(()));
    assert_eq!(paid.count(), 1);
    assert_eq!(shop.settlements(), 1);
    assert_eq!(server.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
}
