//! From a credential to its order: who shows up with proof of payment gets the song they paid for, once, whoever asks
//! how often, in parallel, on whichever node.

use std::time::Duration;

use busker_core::id::PaymentHash;
use busker_core::order::{Order, OrderEvent};
use busker_core::request::SongRequest;
use busker_core::wallet::{Settlement, WalletError};
use busker_l402::{Credential, Demand, Refusal, RequestDigest, UnixSeconds, Verified, VerifyError, verify};

use crate::error_code::ErrorCode;
use crate::problem::Problem;
use crate::quote::MUSIC;
use crate::shop::Shop;

/// A wallet may show the payer the preimage a moment before it reports the invoice as settled.
const SETTLEMENT_PATIENCE: Duration = Duration::from_secs(3);

/// How often the wallet is asked within that time.
const ASK_EVERY: Duration = Duration::from_millis(250);

/// Why a credential opens nothing.
pub(crate) enum Denied {
    /// Answer with a fresh challenge and this reason.
    PayAgain(Reason),
    /// Answer with this problem; the credential keeps its worth.
    Problem(Problem),
}

/// What the fresh challenge says about the credential that came with the request.
pub(crate) struct Reason {
    pub(crate) code: ErrorCode,
    pub(crate) detail: String,
    /// The order that the credential did pay for, when it is real.
    pub(crate) paid_order: Option<Box<Order>>,
}

impl Reason {
    fn denies(code: ErrorCode, detail: impl ToString) -> Denied {
        Denied::PayAgain(Self {
            code,
            detail: detail.to_string(),
            paid_order: None,
        })
    }
}

impl<E: Into<Problem>> From<E> for Denied {
    fn from(error: E) -> Self {
        Self::Problem(error.into())
    }
}

impl Shop {
    /// The paid order that `authorization` opens for `request`.
    pub(crate) async fn redeem(&self, authorization: &str, request: &SongRequest) -> Result<Order, Denied> {
        let credential =
            Credential::parse(authorization).map_err(|error| Reason::denies(ErrorCode::CredentialMalformed, error))?;
        let verified = verify(&self.keys, &credential).map_err(|error| {
            let code = match error {
                VerifyError::WrongPreimage => ErrorCode::WrongPreimage,
                _ => ErrorCode::CredentialForeign,
            };
            Reason::denies(code, error)
        })?;
        let Some(order) = self.orders.by_payment(PaymentHash(verified.payment_hash.0)).await? else {
            return Err(Reason::denies(
                ErrorCode::CredentialForeign,
                "this shop has no order for this credential",
            ));
        };
        let order = self.ensure_paid(order).await?;
        self.ensure_covers(&verified, order, request)
    }

    /// The order as paid, or why not.
    async fn ensure_paid(&self, order: Order) -> Result<Order, Denied> {
        if order.state.is_paid() {
            return Ok(order);
        }
        match self.ask_wallet(order.payment_hash).await {
            Ok(Settlement::Settled) => {}
            Ok(Settlement::Open | Settlement::Closed | Settlement::Unknown) => {
                let detail = "the wallet has not seen this payment yet; if you paid, send the same credential again";
                return Err(Reason::denies(ErrorCode::PaymentNotSettled, detail));
            }
            // The wallet cannot be asked, but nobody can know a preimage that it keeps to itself until it is paid (I1).
            Err(_) if self.wallet.card().keeps_preimages_private => {}
            Err(error) => return Err(error.into()),
        }
        Ok(self.apply_event(order.id, OrderEvent::PaymentSettled).await?.order)
    }

    async fn ask_wallet(&self, hash: PaymentHash) -> Result<Settlement, WalletError> {
        let until = tokio::time::Instant::now() + SETTLEMENT_PATIENCE;
        loop {
            let answer = tokio::time::timeout_at(until, self.wallet.lookup(hash)).await;
            let over = tokio::time::Instant::now() + ASK_EVERY >= until;
            match answer {
                Ok(Ok(Settlement::Open)) if !over => {}
                Ok(answer) => return answer,
                Err(_) => return Err(WalletError::Unreachable("no answer in time".to_owned())),
            }
            tokio::time::sleep(ASK_EVERY).await;
        }
    }

    fn ensure_covers(&self, verified: &Verified, order: Order, request: &SongRequest) -> Result<Order, Denied> {
        let now = u64::try_from(self.clock.now().unix_seconds()).unwrap_or(0);
        let demand = Demand {
            service: MUSIC,
            now: UnixSeconds(now),
            request: RequestDigest(request.digest().0),
        };
        let Err(refusal) = verified.check(&demand) else {
            return Ok(order);
        };
        let code = match refusal {
            Refusal::Expired { .. } => ErrorCode::CredentialExpired,
            Refusal::WrongRequest { .. } => ErrorCode::RequestMismatch,
            _ => ErrorCode::CredentialForeign,
        };
        let detail = match code {
            ErrorCode::RequestMismatch => "this credential was paid for a request with other parameters; your song \
                                           is at `paid_order_url`"
                .to_owned(),
            _ => refusal.to_string(),
        };
        Err(Denied::PayAgain(Reason {
            code,
            detail,
            paid_order: Some(Box::new(order)),
        }))
    }
}
