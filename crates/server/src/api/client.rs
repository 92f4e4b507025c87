//! Who is asking, and by which address they reach us.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::http::request::Parts;

use crate::settings::Settings;
use crate::shop::Shop;

/// The address of the client; that of the last untrusted hop when the call came through trusted proxies.
pub(super) struct ClientAddress(pub(super) IpAddr);

/// The shop's own address as this client knows it, without a trailing slash.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl(pub(crate) String);

impl FromRequestParts<Arc<Shop>> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shop: &Arc<Shop>) -> Result<Self, Infallible> {
        let peer = peer(parts);
        Ok(Self(client_address(peer, &parts.headers, &shop.settings)))
    }
}

impl FromRequestParts<Arc<Shop>> for BaseUrl {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shop: &Arc<Shop>) -> Result<Self, Infallible> {
        Ok(Self(base_url(peer(parts), &parts.headers, &shop.settings)))
    }
}

fn peer(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip().to_canonical())
}

fn client_address(peer: IpAddr, headers: &HeaderMap, settings: &Settings) -> IpAddr {
    let trusted = |address: &IpAddr| settings.trusted_proxies.contains(address);
    if !trusted(&peer) {
        return peer;
    }
    let hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> = hops
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    hops.iter().rev().find(|hop| !trusted(hop)).copied().unwrap_or(peer)
}

fn base_url(peer: IpAddr, headers: &HeaderMap, settings: &Settings) -> String {
    if let Some(url) = &settings.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let behind_proxy = settings.trusted_proxies.contains(&peer);
    let forwarded = |name: &str| behind_proxy.then(|| header(name)).flatten();
    let scheme = forwarded("x-forwarded-proto")
        .filter(|scheme| *scheme == "https")
        .unwrap_or("http");
    let host = forwarded("x-forwarded-host")
        .or_else(|| header(HOST.as_str()))
        .filter(|host| is_host(host));
    format!("{scheme}://{}", host.unwrap_or("localhost"))
}

/// Only what can stand in a host: the answer repeats it.
fn is_host(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    !text.is_empty() && text.len() <= 255 && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| ((*name).parse().expect("name"), value.parse().expect("value")))
            .collect()
    }

    #[test]
    fn forwarded_headers_count_only_from_trusted_proxies() {
        let proxy = IpAddr::from([10, 0, 0, 1]);
        let settings = Settings {
            trusted_proxies: vec![proxy],
            ..Settings::default()
        };
        let forwarded = headers(&[
            ("x-forwarded-for", "203.0.113.7, 198.51.100.2, 10.0.0.1"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "songs.example"),
            ("host", "10.0.0.9:8080"),
        ]);
        assert_eq!(
            client_address(proxy, &forwarded, &settings),
            IpAddr::from([198, 51, 100, 2])
        );
        assert_eq!(base_url(proxy, &forwarded, &settings), "https://songs.example");
        let stranger = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(client_address(stranger, &forwarded, &settings), stranger);
        assert_eq!(base_url(stranger, &forwarded, &settings), "http://10.0.0.9:8080");
    }

    #[test]
    fn a_host_that_could_break_out_of_a_page_is_not_repeated() {
        let peer = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(
            base_url(peer, &headers(&[("host", "a\"b<c>")]), &Settings::default()),
            "http://localhost"
        );
        let configured = Settings {
            public_url: Some("https://songs.example/".to_owned()),
            ..Settings::default()
        };
        assert_eq!(
            base_url(peer, &headers(&[("host", "other")]), &configured),
            "https://songs.example"
        );
    }
}
