//! `busker orders`: what was ordered and what became of it. Prompts and lyrics are the buyers' own and are not shown.

use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use busker_core::id::Attempt;
use busker_core::order::{Order, OrderEvent, OrderState};
use busker_core::orders::{Change, OrderFilter, Orders as OrderBook};
use serde_json::{Value, json};

use crate::cli::{Orders, OrdersCommand};
use crate::config::Config;
use crate::output::Failure;
use crate::{output, wiring};

pub(crate) async fn run(config: Config, args: Orders) -> anyhow::Result<ExitCode> {
    let store = wiring::open_store(&config).await?;
    let book = store.orders.as_ref();
    let done = match args.command {
        OrdersCommand::List { state, limit, json } => list(book, state, limit, json).await,
        OrdersCommand::Show { order, json } => {
            let order = find(book, &order).await?;
            show(&order, json)
        }
        OrdersCommand::Retry { order, json } => retry(book, &order, json).await,
    };
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn list(book: &dyn OrderBook, state: Option<String>, limit: u32, as_json: bool) -> anyhow::Result<()> {
    let state = match state {
        None => None,
        Some(name) => {
            let known = OrderState::from_name(&name, Attempt(0));
            Some(
                known
                    .ok_or_else(|| Failure::usage(anyhow!("`{name}` is no state; see `busker orders list --help`")))?,
            )
        }
    };
    let orders = book.list(&OrderFilter { state, limit }).await?;
    if as_json {
        return output::json(&orders.iter().map(described).collect::<Vec<_>>());
    }
    let head = ["ORDER", "STATE", "PRICE", "MODEL", "QUOTED", "PAID", "SONG"]
        .map(str::to_owned)
        .to_vec();
    let rows = orders.iter().map(|order| {
        vec![
            order.id.to_string(),
            order.state.name().to_owned(),
            order.price.to_string(),
            order.model.clone(),
            order.created_at.to_string(),
            order.settled_at.map_or_else(String::new, |at| at.to_string()),
            order
                .song
                .as_ref()
                .map_or_else(String::new, |song| format!("{:.0} s", song.duration_seconds)),
        ]
    });
    output::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
    Ok(())
}

fn show(order: &Order, as_json: bool) -> anyhow::Result<()> {
    let described = described(order);
    if as_json {
        return output::json(&described);
    }
    let members = described
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null());
    let rows = members.map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        vec![name.clone(), value]
    });
    output::table(&rows.collect::<Vec<_>>());
    Ok(())
}

async fn retry(book: &dyn OrderBook, name: &str, as_json: bool) -> anyhow::Result<()> {
    let order = find(book, name).await?;
    let applied = book.apply(order.id, Change::Event(OrderEvent::RetryRequested)).await?;
    if let Some(refused) = applied.refused {
        bail!("{refused}; only a refundable order can be tried again");
    }
    show(&applied.order, as_json)
}

async fn find(book: &dyn OrderBook, name: &str) -> anyhow::Result<Order> {
    let by_id = match name.parse() {
        Ok(id) => book.by_id(id).await?,
        Err(_) => None,
    };
    let found = match (by_id, name.parse()) {
        (Some(order), _) => Some(order),
        (None, Ok(hash)) => book.by_payment(hash).await?,
        (None, Err(_)) => None,
    };
    found.with_context(|| format!("there is no order `{name}`; `busker orders list` shows them"))
}

fn described(order: &Order) -> Value {
    json!({
        "order": order.id.to_string(),
        "state": order.state.name(),
        "stage": matches!(order.state, OrderState::Generating(_)).then(|| order.progress.stage.clone()),
        "progress": matches!(order.state, OrderState::Generating(_)).then_some(order.progress.fraction),
        "price_sats": order.price.0,
        "model": order.model,
        "payment_hash": order.payment_hash.to_string(),
        "quoted_at": order.created_at.to_string(),
        "expires_at": order.expires_at.to_string(),
        "paid_at": order.settled_at.map(|at| at.to_string()),
        "deadline": order.deadline.map(|at| at.to_string()),
        "tries": order.attempts,
        "failed_tries": order.failures,
        "failure": order.failure.as_ref().map(|failure| failure.detail.clone()),
        "audio_bytes": order.song.as_ref().map(|song| song.bytes),
        "audio_sha256": order.song.as_ref().map(|song| song.sha256.to_string()),
        "duration_seconds": order.song.as_ref().map(|song| song.duration_seconds),
    })
}
