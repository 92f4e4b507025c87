use std::fs;
use std::time::Duration;

use busker_core::amount::Sats;
use busker_core::clock::Clock;
use busker_core::wallet::{Cursor, Network, PayError, Settlement, Wallet, WalletError};
use busker_lightning::{Bolt11, LightningError, Sandbox};
use futures::StreamExt;
use proptest::prelude::*;

use crate::support::{HOUR, NO_FEE, PRICE, Shop, make, pay};

#[tokio::test]
async fn its_invoices_are_real_and_say_that_the_money_is_not() {
    let shop = Shop::new();
    let wallet = shop.open();
    assert!(wallet.card().sandbox && wallet.card().keeps_preimages_private);
    let invoice = make(&wallet).await;
    assert!(
        invoice.bolt11.starts_with("lnbcrt3u1") && invoice.bolt11.len() >= 100,
        "{}",
        invoice.bolt11
    );
    let read = Bolt11::parse(&invoice.bolt11).unwrap();
    assert_eq!(read.network(), Network::Regtest);
    assert_eq!(read.memo(), "busker sandbox: no real money. one song");
    assert_eq!(read.expires_at(), invoice.expires_at);
    assert_eq!(
        invoice.expires_at.unix_seconds(),
        shop.clock.now().unix_seconds() + 3600
    );
}

#[tokio::test]
async fn amounts_and_times_that_make_no_sense_are_refused() {
    let wallet = Shop::new().open();
    for (amount, expiry) in [
        (Sats(0), HOUR),
        (Sats(u64::MAX), HOUR),
        (Sats(2_100_000_000_000_001), HOUR), // more than there is
        (PRICE, Duration::ZERO),
        (PRICE, HOUR * 24 * 366),
    ] {
        let refused = wallet.invoice(amount, "", expiry).await;
        assert!(matches!(refused, Err(WalletError::Refused(_))), "{amount} {expiry:?}");
    }
    wallet.invoice(Sats(100_000_000), "", HOUR).await.unwrap();
}

#[tokio::test]
async fn a_second_payment_is_refused_and_the_proof_of_the_first_is_kept() {
    let shop = Shop::new();
    let wallet = shop.open();
    let invoice = make(&wallet).await;
    assert_eq!(wallet.preimage_of_settled(&invoice.bolt11).await.unwrap(), None);
    let paid = pay(&wallet, &invoice).await.unwrap();
    assert_eq!(
        pay(&wallet, &invoice).await,
        Err(PayError::Unpayable("invoice is already paid".into()))
    );
    shop.clock.pass(HOUR * 2);
    let kept = shop
        .open()
        .preimage_of_settled(&invoice.bolt11.to_uppercase())
        .await
        .unwrap();
    assert_eq!(kept, Some(paid.preimage));
    assert_eq!(shop.settlements(), 1);
}

#[tokio::test]
async fn an_invoice_expires_at_its_second_and_not_before() {
    let shop = Shop::new();
    let wallet = shop.open();
    let (first, second) = (make(&wallet).await, make(&wallet).await);
    let left = shop.clock.now().until(first.expires_at);
    shop.clock.pass(left - Duration::from_millis(1));
    pay(&wallet, &first).await.unwrap();
    shop.clock.pass(Duration::from_millis(1));
    let late = pay(&wallet, &second).await;
    assert!(
        matches!(&late, Err(PayError::Unpayable(text)) if text.contains("expired")),
        "{late:?}"
    );
}

#[tokio::test]
async fn another_sandbox_s_invoice_can_be_neither_paid_nor_proved() {
    let (wallet, other) = (Shop::new(), Shop::new());
    let (wallet, other) = (wallet.open(), other.open());
    let invoice = make(&other).await;
    let refused = pay(&wallet, &invoice).await;
    assert!(
        matches!(&refused, Err(PayError::Unpayable(text)) if text.contains("not made by")),
        "{refused:?}"
    );
    let refused = wallet.preimage_of_settled(&invoice.bolt11).await;
    assert!(matches!(refused, Err(LightningError::NotOurs)));
}

#[tokio::test]
async fn a_payment_that_cannot_be_written_down_moves_no_money() {
    let shop = Shop::new();
    let wallet = shop.open();
    let invoice = make(&wallet).await;
    let log = fs::read(shop.log()).unwrap();
    fs::remove_file(shop.log()).unwrap();
    let failed = pay(&wallet, &invoice).await;
    assert!(
        matches!(&failed, Err(PayError::Failed(text)) if text.contains("settlements.log")),
        "{failed:?}"
    );
    wallet.lookup(invoice.payment_hash).await.unwrap_err();
    wallet.check().await.unwrap_err();

    fs::write(shop.log(), log).unwrap();
    pay(&wallet, &invoice).await.unwrap();
}

#[tokio::test]
async fn paying_never_makes_a_wallet_where_there_is_none() {
    let shop = Shop::new();
    let opened = Sandbox::open_existing(shop.folder.path(), shop.clock.clone());
    assert!(matches!(opened, Err(LightningError::NoWallet { .. })));
    assert_eq!(fs::read_dir(shop.folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_watcher_that_falls_behind_gets_everything_once_and_in_order() {
    let shop = Shop::new();
    let wallet = shop.open();
    let mut paid = Vec::new();
    for _ in 0..300 {
        let invoice = make(&wallet).await;
        pay(&wallet, &invoice).await.unwrap();
        paid.push(invoice.payment_hash);
    }
    let seen: Vec<_> = wallet.watch(Cursor::default()).await.unwrap().take(300).collect().await;
    assert!(seen.iter().map(|settled| settled.payment_hash).eq(paid.iter().copied()));
    let rest = wallet
        .watch(seen[298].cursor.clone())
        .await
        .unwrap()
        .next()
        .await
        .unwrap();
    assert_eq!(rest, seen[299]);
}

#[tokio::test]
async fn a_foreign_cursor_is_refused_or_begins_anew() {
    let shop = Shop::new();
    let wallet = shop.open();
    let invoice = make(&wallet).await;
    pay(&wallet, &invoice).await.unwrap();
    let refused = wallet.watch(Cursor("of-another-wallet".into())).await;
    assert!(matches!(refused.err(), Some(WalletError::Refused(_))));
    let mut stream = wallet.watch(Cursor("123456".into())).await.unwrap();
    assert_eq!(stream.next().await.unwrap().payment_hash, invoice.payment_hash);
    assert_eq!(wallet.lookup(invoice.payment_hash).await, Ok(Settlement::Settled));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_can_be_paid_but_an_invoice(text in ".{0,120}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let shop = Shop::new();
        let refused = runtime.block_on(shop.open().pay(&text, NO_FEE));
        prop_assert!(matches!(refused, Err(PayError::Unpayable(_))));
    }

    #[test]
    fn any_memo_makes_a_readable_invoice(memo in ".{0,800}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let shop = Shop::new();
        let invoice = runtime.block_on(shop.open().invoice(PRICE, &memo, HOUR)).unwrap();
        prop_assert!(Bolt11::parse(&invoice.bolt11).is_ok());
    }
}
