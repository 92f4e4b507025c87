//! Every answer that is not a song, in one table: `GET /api/error-codes`, the docs and the code read the same lines.

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! error_codes {
    ($($name:ident $code:literal $status:ident $title:literal, charged: $charged:literal, $meaning:literal, $action:literal;)*) => {
        /// A stable name for what happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorCode {
            $(#[doc = $meaning] $name,)*
        }

        impl ErrorCode {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As in `error_code` and `X-Error-Code`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status it comes with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)* }
            }

            /// A few words for people.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// What the buyer can do.
            pub fn action(self) -> &'static str {
                match self { $(Self::$name => $action,)* }
            }

            /// Its line in the catalogue.
            pub fn entry(self) -> ErrorCodeEntry {
                match self {
                    $(Self::$name => ErrorCodeEntry {
                        error_code: $code, status: StatusCode::$status.as_u16(), meaning: $meaning, charged: $charged,
                        what_to_do: $action,
                    },)*
                }
            }
        }
    };
}

error_codes! {
    PaymentRequired "PAYMENT_REQUIRED" PAYMENT_REQUIRED "Payment required", charged: false,
        "The request is fine; this is what it costs.",
        "Pay the invoice, then send the same request again with `Authorization: L402 <macaroon>:<preimage>`.";
    CredentialMalformed "CREDENTIAL_MALFORMED" PAYMENT_REQUIRED "Credential not understood", charged: false,
        "The `Authorization` header could not be read as an L402 credential.",
        "Send `Authorization: L402 <macaroon>:<preimage>` with the macaroon and the preimage exactly as you got them.";
    CredentialForeign "CREDENTIAL_FOREIGN" PAYMENT_REQUIRED "Credential from elsewhere", charged: false,
        "The macaroon was not issued by this server, or was changed.",
        "Pay the fresh invoice in this answer, or send the credential to the server that issued it.";
    WrongPreimage "WRONG_PREIMAGE" PAYMENT_REQUIRED "Preimage does not fit", charged: false,
        "The preimage does not belong to the macaroon's invoice.",
        "Use the preimage your wallet showed for the invoice that came with this macaroon.";
    CredentialExpired "CREDENTIAL_EXPIRED" PAYMENT_REQUIRED "Credential expired", charged: false,
        "The macaroon's time is over. A song that was made stays at its order page.",
        "Open `paid_order_url` if you paid before; otherwise pay the fresh invoice.";
    RequestMismatch "REQUEST_MISMATCH" PAYMENT_REQUIRED "Paid for another request", charged: false,
        "The credential is real and paid, but for a request with other parameters.",
        "Send exactly the request you paid for, or open `paid_order_url`; the fresh invoice is for the new request.";
    PaymentNotSettled "PAYMENT_NOT_SETTLED" PAYMENT_REQUIRED "Payment not seen", charged: false,
        "The wallet has not seen the payment of this credential's invoice.",
        "If you have paid, wait a moment and send the same credential again; do not pay twice.";
    InvalidParams "L402_INVALID_PARAMS" BAD_REQUEST "Invalid request", charged: false,
        "One or more fields are wrong. Nothing was charged and no invoice exists.",
        "Correct the named fields; `example` shows a right value.";
    InvalidJson "INVALID_JSON" BAD_REQUEST "Not JSON", charged: false,
        "The body is not valid JSON.",
        "Send a JSON object, for example {\"prompt\": \"calm piano ballad in C major\"}.";
    UnsupportedMediaType "UNSUPPORTED_MEDIA_TYPE" UNSUPPORTED_MEDIA_TYPE "Not JSON", charged: false,
        "The body's `Content-Type` is not JSON.",
        "Add the header `Content-Type: application/json`.";
    BodyTooLarge "BODY_TOO_LARGE" PAYLOAD_TOO_LARGE "Body too large", charged: false,
        "The body is larger than 64 KiB.",
        "Prompts hold up to 2000 and lyrics up to 3500 characters; nothing else is needed.";
    RequestTimeout "REQUEST_TIMEOUT" REQUEST_TIMEOUT "Request too slow", charged: false,
        "The body was announced and did not arrive.",
        "Send the same request again; a credential keeps its worth.";
    RateLimited "RATE_LIMITED" TOO_MANY_REQUESTS "Too many quotes", charged: false,
        "Too many unpaid quotes were asked for.",
        "Wait for `Retry-After` seconds. Paid requests are never limited.";
    NotFound "NOT_FOUND" NOT_FOUND "Nothing here", charged: false,
        "There is nothing at this address.",
        "`GET /api/openapi.json` lists every address.";
    OrderNotFound "ORDER_NOT_FOUND" NOT_FOUND "No such order", charged: false,
        "No order has this key.",
        "Check the address: it is in `order_url` of the 402 answer.";
    MethodNotAllowed "METHOD_NOT_ALLOWED" METHOD_NOT_ALLOWED "Method not allowed", charged: false,
        "This address does not take this method.",
        "`GET /api/openapi.json` lists the methods of every address.";
    RangeNotSatisfiable "RANGE_NOT_SATISFIABLE" RANGE_NOT_SATISFIABLE "Range outside the file", charged: false,
        "The range lies outside the file.",
        "`Content-Range` of this answer tells the file's length.";
    NotRefundable "NOT_REFUNDABLE" CONFLICT "Not possible now", charged: false,
        "Only an order whose song failed for good can be retried or refunded.",
        "Look at `state` of the order.";
    RefundsNotOffered "REFUNDS_NOT_OFFERED" NOT_IMPLEMENTED "No automatic refunds", charged: true,
        "This shop's wallet does not send refunds by itself.",
        "`POST …/retry` makes the song again for free; the operator sees the order as refundable.";
    GenerationFailed "GENERATION_FAILED" BAD_GATEWAY "The song could not be made", charged: true,
        "Every try at the song failed. The order is refundable.",
        "`POST …/retry` at the order's address tries again for free.";
    WalletUnavailable "WALLET_UNAVAILABLE" SERVICE_UNAVAILABLE "Wallet unavailable", charged: false,
        "The shop's Lightning wallet does not answer. Paid orders are safe.",
        "Send the same request again after `Retry-After` seconds; do not pay again.";
    ServiceUnavailable "SERVICE_UNAVAILABLE" SERVICE_UNAVAILABLE "Shop unavailable", charged: false,
        "The shop's storage or engine is not ready. Paid orders are safe.",
        "Send the same request again after `Retry-After` seconds.";
    InternalError "INTERNAL_ERROR" INTERNAL_SERVER_ERROR "Internal error", charged: false,
        "Something unforeseen happened. Paid orders are safe.",
        "Send the same request again; a credential keeps its worth.";
}

/// One line of the catalogue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorCodeEntry {
    /// The stable name.
    pub error_code: &'static str,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What happened.
    pub meaning: &'static str,
    /// Whether sats were taken when this is seen.
    pub charged: bool,
    /// What to do about it.
    pub what_to_do: &'static str,
}
