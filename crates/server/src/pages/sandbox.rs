//! The sandbox's payment page: pays an invoice with play money and shows the preimage, as a phone wallet would.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Response};
use busker_core::amount::Msats;
use busker_core::wallet::PayError;
use serde::Deserialize;

use crate::shop::Shop;

#[derive(Deserialize)]
pub(super) struct PayForm {
    #[serde(default)]
    invoice: String,
}

#[derive(Template)]
#[template(path = "sandbox_pay.html")]
struct PayPage {
    invoice: String,
    preimage: Option<String>,
    problem: Option<String>,
}

pub(super) async fn show(Query(form): Query<PayForm>) -> Response {
    super::render(&PayPage {
        invoice: form.invoice.trim().to_owned(),
        preimage: None,
        problem: None,
    })
}

pub(super) async fn pay(State(shop): State<Arc<Shop>>, Form(form): Form<PayForm>) -> Response {
    let invoice = form.invoice.trim().to_owned();
    match shop.wallet.pay(&invoice, Msats(0)).await {
        Ok(paid) => super::render(&PayPage {
            invoice,
            preimage: Some(paid.preimage.to_hex()),
            problem: None,
        }),
        Err(error) => {
            let status = match error {
                PayError::Unpayable(_) => axum::http::StatusCode::BAD_REQUEST,
                PayError::Failed(_) | PayError::Unknown { .. } => axum::http::StatusCode::BAD_GATEWAY,
            };
            let page = PayPage {
                invoice,
                preimage: None,
                problem: Some(error.to_string()),
            };
            (status, super::render(&page)).into_response()
        }
    }
}
