//! The HTTP shop: L402 API, docs page, worker loop, settlement watcher, reconciler.
//!
//! [`Shop`] knows what an order needs and nothing of HTTP; `api` turns its answers into HTTP; [`serve`] runs
//! everything until it is told to stop. Look first at `quote` (a request becomes an invoice), `redeem` (a credential
//! becomes an order) and `worker` (an order becomes a song).

mod api;
mod error_code;
mod files;
mod hub;
mod limits;
mod pages;
mod problem;
mod quote;
mod random;
mod reconciler;
mod redeem;
mod sample_quote;
mod serve;
mod settings;
mod shop;
mod vitals;
mod watcher;
mod worker;
mod workshop;

pub use api::openapi::openapi_json;
pub use error_code::{ErrorCode, ErrorCodeEntry};
pub use pages::EXAMPLE_REQUEST;
pub use problem::Problem;
pub use serve::{ServeError, Served, run_worker, serve};
pub use settings::Settings;
pub use shop::{OpenError, Shop, Till};
pub use vitals::Vitals;
pub use workshop::{Workshop, WorkshopParts};
