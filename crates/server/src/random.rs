//! Randomness for names that must not be guessed.

use busker_core::id::{AudioKey, OrderId, OrderKey};

use crate::error_code::ErrorCode;
use crate::problem::Problem;

fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn order_id() -> Result<OrderId, Problem> {
    bytes().map(OrderId).map_err(refused)
}

pub(crate) fn order_key() -> Result<OrderKey, Problem> {
    bytes().map(OrderKey).map_err(refused)
}

pub(crate) fn audio_key() -> Result<AudioKey, getrandom::Error> {
    bytes().map(AudioKey)
}

fn refused(error: getrandom::Error) -> Problem {
    tracing::error!(%error, "the operating system gives no random bytes");
    Problem::new(
        ErrorCode::ServiceUnavailable,
        "the shop cannot make a new order right now",
    )
    .retry_after(10)
}
