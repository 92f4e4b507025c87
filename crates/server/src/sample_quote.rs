//! One quote for all who only look: directories and dry runs ask by `HEAD` and do not pay.

use std::time::Duration;

use busker_core::request::SongRequest;
use serde_json::json;
use tokio::sync::Mutex;

use crate::error_code::ErrorCode;
use crate::problem::Problem;
use crate::quote::Quote;
use crate::shop::Shop;

/// A shown invoice stays payable at least this long.
const STILL_PAYABLE: Duration = Duration::from_secs(120);

#[derive(Default)]
pub(crate) struct SampleQuote(Mutex<Option<Quote>>);

impl Shop {
    /// A quote for the smallest request, made at most once in the life of an invoice.
    pub(crate) async fn sample_quote(&self) -> Result<Quote, Problem> {
        let mut cached = self.sample_quote.0.lock().await;
        let good_until = self
            .clock
            .now()
            .plus(STILL_PAYABLE.min(self.settings.invoice_expiry / 2));
        if let Some(quote) = cached.as_ref().filter(|quote| quote.order.expires_at > good_until) {
            return Ok(quote.clone());
        }
        let sample = SongRequest::parse(&json!({"prompt": "test"}), &self.catalog)
            .map_err(|error| Problem::new(ErrorCode::InternalError, error.to_string()))?;
        let quote = self.quote(sample.request).await?;
        *cached = Some(quote.clone());
        Ok(quote)
    }
}
