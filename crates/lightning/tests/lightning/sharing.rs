//! Several wallets on one folder.

use std::sync::Arc;
use std::time::Duration;

use busker_core::wallet::{Cursor, PayError, Settlement, Wallet};
use busker_lightning::Sandbox;
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

/// Often, because the moment in which two payments could both find the invoice open is short.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_payments_at_once_exactly_one_succeeds() {
    const ROUNDS: usize = 40;
    let shop = Shop::new();
    let wallets = four_wallets(&shop);
    let refused = PayError::Unpayable("invoice is already paid".into());
    for round in 1..=ROUNDS {
        let invoice = make(&*wallets[0]).await;
        let payments = wallets.iter().cycle().take(8).cloned().map(|wallet| {
            let invoice = invoice.clone();
            tokio::spawn(async move { pay(&*wallet, &invoice).await })
        });
        let outcomes: Vec<_> = join_all(payments).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert_eq!(
            outcomes
                .iter()
                .filter(|outcome| **outcome == Err(refused.clone()))
                .count(),
            7
        );
        assert_eq!(shop.settlements(), round);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn payments_of_different_invoices_at_once_are_all_kept() {
    let shop = Shop::new();
    let wallets = four_wallets(&shop);
    let mut invoices = Vec::new();
    for _ in 0..80 {
        invoices.push(make(&*wallets[0]).await);
    }
    let payments = wallets.iter().cycle().cloned().zip(invoices.clone());
    let payments = payments.map(|(wallet, invoice)| tokio::spawn(async move { pay(&*wallet, &invoice).await }));
    for outcome in join_all(payments).await {
        outcome.unwrap().unwrap();
    }
    assert_eq!(shop.settlements(), 80);
    for invoice in &invoices {
        assert_eq!(wallets[3].lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
    }
}

fn four_wallets(shop: &Shop) -> [Arc<Sandbox>; 4] {
    std::array::from_fn(|_| Arc::new(shop.open()))
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
