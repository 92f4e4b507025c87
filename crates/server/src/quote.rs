//! From a valid request to an invoice and a macaroon.

use busker_core::amount::Sats;
use busker_core::order::{Order, OrderState, Progress};
use busker_core::request::SongRequest;
use busker_l402::{Challenge, PaymentHash, RequestDigest, Service, Terms, UnixSeconds};

use crate::error_code::ErrorCode;
use crate::problem::Problem;
use crate::random;
use crate::shop::Shop;

/// What a macaroon of this shop is good for.
pub(crate) const MUSIC: Service = Service::new("music", 0);

/// A price with everything needed to pay it.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) order: Order,
    pub(crate) challenge: Challenge,
}

impl Shop {
    /// Makes an invoice and remembers the order. Nothing is stored before the wallet answered.
    pub(crate) async fn quote(&self, request: SongRequest) -> Result<Quote, Problem> {
        if self.stopping.is_cancelled() {
            return Err(unready("the shop is closing for a moment"));
        }
        let vitals = self.vitals().await;
        if !vitals.wallet {
            let detail = "the shop's Lightning wallet does not answer right now";
            return Err(Problem::new(ErrorCode::WalletUnavailable, detail).retry_after(10));
        }
        if !vitals.may_quote() {
            return Err(unready("the shop cannot take new orders right now"));
        }
        let card = self
            .catalog
            .choose(&request)
            .ok_or_else(|| unready("no model is available right now"))?;
        let (model, price) = (card.slug.clone(), card.price_sats);
        let invoice = self
            .wallet
            .invoice(price, &self.memo(price), self.settings.invoice_expiry)
            .await?;
        let digest = request.digest();
        let order = Order {
            id: random::order_id()?,
            key: random::order_key()?,
            payment_hash: invoice.payment_hash,
            invoice: invoice.bolt11,
            price,
            model,
            request,
            digest,
            state: OrderState::Quoted,
            attempts: 0,
            failures: 0,
            created_at: self.clock.now(),
            expires_at: invoice.expires_at,
            settled_at: None,
            deadline: None,
            lease_until: None,
            progress: Progress::default(),
            song: None,
            failure: None,
        };
        let challenge = self.challenge(&order)?;
        self.orders.insert(&order).await?;
        metrics::counter!("busker_quotes_total").increment(1);
        tracing::info!(order.id = %order.id, order.model = order.model, order.sats = order.price.0, "quoted");
        Ok(Quote { order, challenge })
    }

    fn challenge(&self, order: &Order) -> Result<Challenge, Problem> {
        let valid_until = order.expires_at.plus(self.settings.credential_grace).unix_seconds();
        let terms = Terms {
            service: MUSIC,
            valid_until: UnixSeconds(u64::try_from(valid_until).unwrap_or(0)),
            request: RequestDigest(order.digest.0),
        };
        let macaroon = self
            .keys
            .mint(PaymentHash(order.payment_hash.0), &terms)
            .map_err(|error| {
                tracing::error!(%error, "no macaroon could be minted");
                unready("the shop cannot make a new order right now")
            })?;
        Challenge::new(&macaroon, &order.invoice).map_err(|error| {
            tracing::error!(%error, "the wallet's invoice does not fit into a header");
            unready("the shop cannot make a new order right now")
        })
    }

    /// What the payer's wallet shows. It never holds a word of the request.
    fn memo(&self, price: Sats) -> String {
        let sandbox = if self.is_sandbox() {
            "busker sandbox, no real money: "
        } else {
            ""
        };
        format!("{sandbox}one song, {price}")
    }
}

fn unready(detail: &str) -> Problem {
    Problem::new(ErrorCode::ServiceUnavailable, detail).retry_after(10)
}
