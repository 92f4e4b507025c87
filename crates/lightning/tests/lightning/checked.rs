use busker_core::clock::Clock;
use busker_core::wallet::{Wallet, WalletError};
use busker_lightning::faults::{Faults, FaultyWallet, InvoiceFault, WrongInvoice};
use busker_lightning::{Bolt11, CheckedWallet, Expected, WalletConfig, check};

use crate::support::{HOUR, PRICE, Shop, make, pay};

fn checked(shop: &Shop) -> (impl Wallet, Faults) {
    let (faulty, faults) = FaultyWallet::new(shop.open());
    (CheckedWallet::new(faulty, shop.clock.clone()), faults)
}

#[tokio::test]
async fn every_wrong_invoice_is_refused_with_the_reason() {
    let shop = Shop::new();
    let (wallet, faults) = checked(&shop);
    for (wrong, reason) in [
        (
            WrongInvoice::Network,
            "the invoice is on mainnet, but this wallet is on regtest",
        ),
        (
            WrongInvoice::Amount,
            "the invoice asks for 301000 msat instead of 300000 msat",
        ),
        (WrongInvoice::NoAmount, "the invoice names no amount"),
        (WrongInvoice::Hash, "the invoice's payment hash is "),
        (WrongInvoice::Expired, "the invoice expired at 2026-11-22T07:39:59Z"),
        (WrongInvoice::Garbage, "this is not a valid BOLT11 invoice"),
    ] {
        faults.next_invoice(InvoiceFault::Wrong(wrong));
        let refused = wallet.invoice(PRICE, "one song", HOUR).await.unwrap_err();
        assert!(
            matches!(&refused, WalletError::WrongInvoice(text) if text.starts_with(reason)),
            "{wrong:?}: {refused}"
        );
    }
    make(&wallet).await;
}

#[tokio::test]
async fn the_configured_sandbox_makes_invoices_that_pass_and_can_be_paid() {
    let shop = Shop::new();
    let config = WalletConfig::Sandbox {
        data_dir: shop.folder.path().to_owned(),
    };
    let wallet = busker_lightning::open(&config, shop.clock.clone()).unwrap();
    wallet.check().await.unwrap();
    let invoice = make(&*wallet).await;
    let expected = Expected {
        network: wallet.card().network,
        amount: PRICE,
        expiry: HOUR,
        payment_hash: Some(invoice.payment_hash),
    };
    assert_eq!(check(&invoice.bolt11, &expected, shop.clock.now()).unwrap(), invoice);
    assert!(Bolt11::parse(&invoice.bolt11).unwrap().memo().contains("no real money"));
    assert_eq!(
        pay(&*wallet, &invoice).await.unwrap().preimage.payment_hash(),
        invoice.payment_hash
    );
}
