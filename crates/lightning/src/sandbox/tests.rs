use std::sync::Arc;
use std::time::Duration;

use bitcoin::secp256k1::SecretKey;
use busker_core::amount::{Msats, Sats};
use busker_core::clock::{Clock, SystemClock};
use busker_core::id::{PaymentHash, Preimage};
use busker_core::wallet::{Network, PayError, Wallet};
use tempfile::TempDir;

use super::{Draft, LONGEST_MEMO, Sandbox, play_money_memo};

const SECRET: [u8; 32] = [3; 32];

fn sandbox() -> (TempDir, Sandbox) {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::open(folder.path(), Arc::new(SystemClock)).unwrap();
    (folder, sandbox)
}

fn own_draft(sandbox: &Sandbox) -> Draft<'static> {
    Draft {
        network: Network::Regtest,
        amount: Some(Sats(300).into()),
        payment_hash: sandbox.key.preimage(&SECRET).payment_hash(),
        payment_secret: SECRET,
        memo: "",
        made_at: SystemClock.now(),
        expiry: Duration::from_secs(60),
    }
}

/// Pays what the wallet's own key signed.
async fn pay_own(sandbox: &Sandbox, draft: Draft<'_>) -> Result<Preimage, PayError> {
    let invoice = draft.sign(&sandbox.secp, sandbox.key.node_key()).unwrap();
    sandbox.pay(&invoice, Msats(0)).await.map(|paid| paid.preimage)
}

#[tokio::test]
async fn an_invoice_is_its_own_record() {
    let (_folder, sandbox) = sandbox();
    let paid = pay_own(&sandbox, own_draft(&sandbox)).await;
    assert_eq!(paid, Ok(sandbox.key.preimage(&SECRET)));
}

#[tokio::test]
async fn even_what_the_own_key_signed_is_refused_on_another_network_or_without_an_amount_or_preimage() {
    let (_folder, sandbox) = sandbox();
    for (draft, reason) in [
        (
            Draft {
                network: Network::Mainnet,
                ..own_draft(&sandbox)
            },
            "the invoice is on mainnet",
        ),
        (
            Draft {
                amount: None,
                ..own_draft(&sandbox)
            },
            "the invoice names no amount",
        ),
        (
            Draft {
                payment_hash: PaymentHash([1; 32]),
                ..own_draft(&sandbox)
            },
            "this invoice was not made by the sandbox",
        ),
    ] {
        let refused = pay_own(&sandbox, draft).await;
        assert!(
            matches!(&refused, Err(PayError::Unpayable(text)) if text.starts_with(reason)),
            "{refused:?}"
        );
    }
}

/// Else whoever holds an invoice could sign it again for a smaller amount and settle it with that.
#[tokio::test]
async fn an_own_invoice_that_somebody_else_signed_again_is_refused() {
    let (_folder, sandbox) = sandbox();
    let cheaper = Draft {
        amount: Some(Sats(1).into()),
        ..own_draft(&sandbox)
    };
    let other_key = SecretKey::from_slice(&[8; 32]).unwrap();
    let invoice = cheaper.sign(&sandbox.secp, &other_key).unwrap();
    let refused = sandbox.pay(&invoice, Msats(0)).await;
    assert!(
        matches!(&refused, Err(PayError::Unpayable(text)) if text.contains("not made by")),
        "{refused:?}"
    );
}

#[test]
fn a_memo_begins_with_the_warning_and_always_fits() {
    assert_eq!(play_money_memo("one song"), "busker sandbox: no real money. one song");
    let long = play_money_memo(&"é".repeat(500));
    assert!(
        (LONGEST_MEMO - 1..=LONGEST_MEMO).contains(&long.len()),
        "{}",
        long.len()
    );
}
