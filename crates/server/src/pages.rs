//! Pages for people: the documentation, and the sandbox's payment page. They load nothing from elsewhere and run no
//! script.

mod docs;
mod sandbox;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::shop::Shop;

pub use docs::EXAMPLE_REQUEST;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLE: &str = include_str!("../assets/page.css");

pub(crate) fn router(shop: &Shop) -> Router<Arc<Shop>> {
    let pages = Router::new()
        .route("/", get(docs::front))
        .route("/l402/generate-music", get(docs::page))
        .route("/assets/page.css", get(style));
    if shop.is_sandbox() {
        pages.route("/sandbox/pay", get(sandbox::show).post(sandbox::pay))
    } else {
        pages
    }
}

async fn style() -> Response {
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "max-age=3600"),
        ],
        STYLE,
    )
        .into_response()
}

fn render(page: &impl askama::Template) -> Response {
    match page.render() {
        Ok(html) => {
            let headers = [
                (CONTENT_SECURITY_POLICY, POLICY),
                (REFERRER_POLICY, "no-referrer"),
                (X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, Html(html)).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
