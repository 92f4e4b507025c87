//! An order as a row, and back.

use std::str::FromStr;

use busker_core::amount::Sats;
use busker_core::clock::Timestamp;
use busker_core::id::{Attempt, OrderId, PaymentHash};
use busker_core::order::{Order, OrderState, Progress};
use busker_core::orders::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::value::{Row, Value};

/// An order with the number of its changes of state, which the compare-and-set compares.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) order: Order,
    pub(crate) revision: i64,
}

/// The values for [`crate::sql::INSERT`].
pub(crate) fn inserted(order: &Order) -> Result<Vec<Value>, StoreError> {
    Ok(vec![
        order.id.to_hex().into(),
        order.key.to_hex().into(),
        order.payment_hash.to_hex().into(),
        order.invoice.as_str().into(),
        i64::try_from(order.price.0)
            .map_err(|_| unreadable(order.id.to_hex(), "its price is larger than all money"))?
            .into(),
        order.model.as_str().into(),
        json(order, &order.request)?.into(),
        order.digest.to_hex().into(),
        order.state.name().into(),
        order.attempts.into(),
        order.failures.into(),
        order.created_at.into(),
        order.expires_at.into(),
        order.settled_at.into(),
        order.deadline.into(),
        order.lease_until.into(),
        json(order, &order.progress)?.into(),
        maybe_json(order, order.song.as_ref())?.into(),
        maybe_json(order, order.failure.as_ref())?.into(),
        0_i64.into(),
        order.created_at.into(), // its first turn to be looked at comes after those of older orders
    ])
}

/// The values for [`crate::sql::SWAP`].
pub(crate) fn swapped(
    before: &Stored,
    after: &Order,
    now: Timestamp,
    queued_at: Option<Timestamp>,
) -> Result<Vec<Value>, StoreError> {
    Ok(vec![
        after.state.name().into(),
        after.attempts.into(),
        after.failures.into(),
        after.settled_at.into(),
        after.deadline.into(),
        after.lease_until.into(),
        json(after, &after.progress)?.into(),
        maybe_json(after, after.song.as_ref())?.into(),
        maybe_json(after, after.failure.as_ref())?.into(),
        queued_at.into(),
        now.into(),
        after.id.to_hex().into(),
        before.order.state.name().into(),
        before.order.attempts.into(),
        before.revision.into(),
    ])
}

/// The values for [`crate::sql::HEARTBEAT`].
pub(crate) fn heartbeat(
    id: OrderId,
    attempt: Attempt,
    progress: &Progress,
    lease_until: Timestamp,
) -> Result<Vec<Value>, StoreError> {
    let progress = serde_json::to_string(progress).map_err(|error| unreadable(id.to_hex(), error.to_string()))?;
    Ok(vec![
        lease_until.into(),
        progress.into(),
        id.to_hex().into(),
        attempt.0.into(),
    ])
}

/// Reads a row of an order's id alone.
pub(crate) fn id(row: &Row) -> Result<OrderId, StoreError> {
    let id = row.text(0)?;
    hex(&id, &id)
}

/// Reads a row of an order's id and the number of its running try.
pub(crate) fn try_of_order(row: &Row) -> Result<(OrderId, Attempt), StoreError> {
    let order = id(row)?;
    Ok((order, Attempt(whole(&order.to_hex(), row.int(1)?)?)))
}

/// Reads a row of an order's id and its payment hash.
pub(crate) fn payment_of_order(row: &Row) -> Result<(OrderId, PaymentHash), StoreError> {
    let order = id(row)?;
    Ok((order, hex(&order.to_hex(), &row.text(1)?)?))
}

/// Reads the columns of [`crate::sql`]'s selects.
pub(crate) fn stored(row: &Row) -> Result<Stored, StoreError> {
    let id = row.text(0)?;
    let attempts = whole(&id, row.int(9)?)?;
    let state = row.text(8)?;
    let state = OrderState::from_name(&state, Attempt(attempts))
        .ok_or_else(|| unreadable(id.clone(), format!("it is in the unknown state `{state}`")))?;
    let order = Order {
        id: hex(&id, &id)?,
        key: hex(&id, &row.text(1)?)?,
        payment_hash: hex(&id, &row.text(2)?)?,
        invoice: row.text(3)?,
        price: Sats(whole(&id, row.int(4)?)?),
        model: row.text(5)?,
        request: from_json(&id, &row.text(6)?)?,
        digest: hex(&id, &row.text(7)?)?,
        state,
        attempts,
        failures: whole(&id, row.int(10)?)?,
        created_at: Timestamp(row.int(11)?),
        expires_at: Timestamp(row.int(12)?),
        settled_at: row.maybe_int(13)?.map(Timestamp),
        deadline: row.maybe_int(14)?.map(Timestamp),
        lease_until: row.maybe_int(15)?.map(Timestamp),
        progress: from_json(&id, &row.text(16)?)?,
        song: row.maybe_text(17)?.map(|text| from_json(&id, &text)).transpose()?,
        failure: row.maybe_text(18)?.map(|text| from_json(&id, &text)).transpose()?,
    };
    Ok(Stored {
        order,
        revision: row.int(19)?,
    })
}

/// A name in hexadecimal.
fn hex<T: FromStr>(id: &str, text: &str) -> Result<T, StoreError>
where
    T::Err: ToString,
{
    text.parse()
        .map_err(|error: T::Err| unreadable(id.to_owned(), error.to_string()))
}

/// A number that cannot be negative.
pub(crate) fn whole<T: TryFrom<i64>>(id: &str, number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| unreadable(id.to_owned(), format!("the number {number} is out of range")))
}

fn json(order: &Order, value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(order.id.to_hex(), error.to_string()))
}

fn maybe_json(order: &Order, value: Option<&impl Serialize>) -> Result<Option<String>, StoreError> {
    value.map(|value| json(order, value)).transpose()
}

fn from_json<T: DeserializeOwned>(id: &str, text: &str) -> Result<T, StoreError> {
    // serde_json's own message may quote the text, and a request is private
    serde_json::from_str(text).map_err(|error| {
        let place = format!("a JSON column is wrong at character {}", error.column());
        unreadable(id.to_owned(), place)
    })
}

fn unreadable(id: String, problem: impl Into<String>) -> StoreError {
    StoreError::Unreadable {
        id,
        problem: problem.into(),
    }
}
