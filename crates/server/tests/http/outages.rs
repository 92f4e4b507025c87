//! While something is down, no new money is taken and no paid song is lost (I10).

use busker_lightning::faults::{InvoiceFault, WrongInvoice};
use serde_json::Value;

use super::shop::{TestShop, problem, request};

#[tokio::test]
async fn a_wallet_that_is_down_means_no_quotes_not_ready_and_paid_songs_all_the_same() {
    let shop = TestShop::open().await;
    let (_, delivered) = shop.bought(&request()).await;
    assert_eq!(shop.redeem(&request(), &delivered).await.status(), 200);
    let other = serde_json::json!({"prompt": "another one", "is_instrumental": true});
    let (_, paid_unseen) = shop.bought(&other).await;
    shop.faults.take_down();
    tokio::time::sleep(std::time::Duration::from_millis(5100)).await;

    let response = shop.post(&request()).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(problem(response).await["error_code"], "WALLET_UNAVAILABLE");
    let ready = shop.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status(), 503);
    assert_eq!(ready.json::<Value>().await.unwrap()["wallet"], false);

    assert_eq!(
        shop.redeem(&request(), &delivered).await.status(),
        200,
        "known to be settled"
    );
    assert_eq!(
        shop.redeem(&other, &paid_unseen).await.status(),
        200,
        "the preimage proves it (I1)"
    );
    shop.faults.bring_back();
}

#[tokio::test]
async fn a_wrong_invoice_never_reaches_a_buyer() {
    for wrong in [
        WrongInvoice::Network,
        WrongInvoice::Amount,
        WrongInvoice::Hash,
        WrongInvoice::Expired,
    ] {
        let shop = TestShop::open().await;
        shop.faults.next_invoice(InvoiceFault::Wrong(wrong));
        let response = shop.post(&request()).send().await.unwrap();
        assert_eq!(response.status(), 503, "{wrong:?}");
        assert!(!problem(response).await.to_string().contains("lnbc"));
        assert_eq!(shop.order_count().await, 0);
    }
}
