//! Processes that die in the middle of a payment.

use std::fs::{self, OpenOptions};
use std::io::Write;

use busker_core::wallet::{Cursor, PayError, Settlement, Wallet};
use futures::StreamExt;

use crate::support::{Shop, make, open_in_real_time, pay, start_payer, was_child};

#[tokio::test]
async fn a_payer_killed_before_the_log_has_paid_nothing_and_may_pay_again() {
    if was_child().await {
        return;
    }
    let shop = Shop::new();
    let server = open_in_real_time(&shop);
    let invoice = make(&server).await;
    let name = "crash::a_payer_killed_before_the_log_has_paid_nothing_and_may_pay_again";
    let mut payer = start_payer(name, &shop, &invoice, Some("sandbox.pay.before_log"));
    assert!(!payer.wait().unwrap().success());
    assert_eq!(server.lookup(invoice.payment_hash).await, Ok(Settlement::Open));

    let mut payer = start_payer(name, &shop, &invoice, None);
    assert!(payer.wait().unwrap().success());
    assert_eq!(server.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
}

#[tokio::test]
async fn a_payer_killed_after_the_log_has_paid_and_can_still_get_the_proof() {
    if was_child().await {
        return;
    }
    let shop = Shop::new();
    let server = open_in_real_time(&shop);
    let invoice = make(&server).await;
    let name = "crash::a_payer_killed_after_the_log_has_paid_and_can_still_get_the_proof";
    let mut payer = start_payer(name, &shop, &invoice, Some("sandbox.pay.after_log"));
    assert!(!payer.wait().unwrap().success());

    assert_eq!(server.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
    assert!(matches!(pay(&server, &invoice).await, Err(PayError::Unpayable(_))));
    let preimage = server.preimage_of_settled(&invoice.bolt11).await.unwrap().unwrap();
    assert_eq!(preimage.payment_hash(), invoice.payment_hash);
    assert_eq!(shop.settlements(), 1);
}

#[tokio::test]
async fn a_line_torn_by_a_crash_settles_nothing_and_is_repaired_by_the_next_payment() {
    let shop = Shop::new();
    let server = shop.open();
    let (before, torn, after) = (make(&server).await, make(&server).await, make(&server).await);
    pay(&server, &before).await.unwrap();
    let line = format!("1795333199500 {} 300000", torn.payment_hash);
    let mut log = OpenOptions::new().append(true).open(shop.log()).unwrap();
    log.write_all(line.as_bytes()).unwrap();
    drop(log);

    let restarted = shop.open();
    for wallet in [&server, &restarted] {
        assert_eq!(wallet.lookup(before.payment_hash).await, Ok(Settlement::Settled));
        assert_eq!(wallet.lookup(torn.payment_hash).await, Ok(Settlement::Open));
    }
    let mut stream = server.watch(Cursor::default()).await.unwrap();
    assert_eq!(stream.next().await.unwrap().payment_hash, before.payment_hash);

    pay(&restarted, &after).await.unwrap();
    assert_eq!(stream.next().await.unwrap().payment_hash, after.payment_hash);
    assert_eq!(server.lookup(torn.payment_hash).await, Ok(Settlement::Open));
    assert!(
        !fs::read_to_string(shop.log())
            .unwrap()
            .contains(&torn.payment_hash.to_string())
    );
    pay(&server, &torn).await.unwrap();
    assert_eq!(stream.next().await.unwrap().payment_hash, torn.payment_hash);
}
