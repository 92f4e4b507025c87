use std::time::Duration;

use busker_core::wallet::{Cursor, PayError, Settlement, Wallet, WalletError};
use busker_lightning::Sandbox;
use busker_lightning::faults::{CallFault, Faults, FaultyWallet, InvoiceFault, PayFault};
use futures::StreamExt;

use crate::support::{HOUR, PRICE, Shop, make, pay};

const A_WHILE: Duration = Duration::from_millis(250);

fn faulty(shop: &Shop) -> (FaultyWallet<Sandbox>, Faults) {
    FaultyWallet::new(shop.open())
}

#[tokio::test]
async fn a_fault_befalls_the_next_call_of_its_kind_only() {
    let shop = Shop::new();
    let (wallet, faults) = faulty(&shop);
    let invoice = make(&wallet).await;
    faults.next_lookup(CallFault::Unreachable);
    faults.next_watch(CallFault::Unreachable);
    faults.next_invoice(InvoiceFault::Call(CallFault::Unreachable));
    faults.next_pay(PayFault::Fails);

    let unreachable = |outcome: Option<WalletError>| matches!(outcome, Some(WalletError::Unreachable(_)));
    assert!(unreachable(wallet.lookup(invoice.payment_hash).await.err()));
    assert!(unreachable(wallet.watch(Cursor::default()).await.err()));
    assert!(unreachable(wallet.invoice(PRICE, "", HOUR).await.err()));
    assert!(matches!(pay(&wallet, &invoice).await, Err(PayError::Failed(_))));

    assert_eq!(wallet.lookup(invoice.payment_hash).await, Ok(Settlement::Open));
    pay(&wallet, &invoice).await.unwrap();
}

#[tokio::test]
async fn a_call_that_hangs_never_returns() {
    let shop = Shop::new();
    let (wallet, faults) = faulty(&shop);
    let invoice = make(&wallet).await;
    faults.next_lookup(CallFault::Hangs);
    faults.next_pay(PayFault::Hangs { paid: true });
    assert!(
        tokio::time::timeout(A_WHILE, wallet.lookup(invoice.payment_hash))
            .await
            .is_err()
    );
    assert!(tokio::time::timeout(A_WHILE, pay(&wallet, &invoice)).await.is_err());
    assert_eq!(wallet.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
}

#[tokio::test]
async fn a_lost_answer_leaves_the_money_where_the_test_wants_it() {
    let shop = Shop::new();
    let (wallet, faults) = faulty(&shop);
    for (paid, truth) in [(true, Settlement::Settled), (false, Settlement::Open)] {
        let invoice = make(&wallet).await;
        let hash = invoice.payment_hash;
        faults.next_pay(PayFault::LosesAnswer { paid });
        assert_eq!(pay(&wallet, &invoice).await, Err(PayError::Unknown { hash }));
        assert_eq!(wallet.lookup(hash).await, Ok(truth));
    }
}

#[tokio::test]
async fn hidden_settlements_come_late_and_complete() {
    let shop = Shop::new();
    let (wallet, faults) = faulty(&shop);
    let invoice = make(&wallet).await;
    let mut stream = wallet.watch(Cursor::default()).await.unwrap();
    faults.hide_settlements();
    pay(&wallet, &invoice).await.unwrap();
    assert_eq!(wallet.lookup(invoice.payment_hash).await, Ok(Settlement::Open));
    assert!(tokio::time::timeout(A_WHILE, stream.next()).await.is_err());

    faults.reveal_settlements();
    assert_eq!(wallet.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
    assert_eq!(stream.next().await.unwrap().payment_hash, invoice.payment_hash);
}

#[tokio::test]
async fn repeated_settlements_come_twice_with_the_same_cursor() {
    let shop = Shop::new();
    let (wallet, faults) = faulty(&shop);
    faults.repeat_settlements(true);
    let (first, second) = (make(&wallet).await, make(&wallet).await);
    pay(&wallet, &first).await.unwrap();
    pay(&wallet, &second).await.unwrap();
    let seen: Vec<_> = wallet.watch(Cursor::default()).await.unwrap().take(4).collect().await;
    assert_eq!(seen[0].payment_hash, first.payment_hash);
    assert_eq!(seen[2].payment_hash, second.payment_hash);
    assert_eq!((&seen[0], &seen[2]), (&seen[1], &seen[3]));
}

#[tokio::test]
async fn an_outage_ends_streams_and_fails_everything_until_it_is_over() {
    let shop = Shop::new();
    let (wallet, faults) = faulty(&shop);
    let mut stream = wallet.watch(Cursor::default()).await.unwrap();
    faults.take_down();
    assert_eq!(stream.next().await, None);
    assert!(wallet.check().await.is_err());
    faults.bring_back();
    wallet.check().await.unwrap();
    make(&wallet).await;
}
