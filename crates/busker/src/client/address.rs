//! Where to ask: a shop's address as people write it becomes the address that sells.

use anyhow::{Context, bail};
use reqwest::Url;

/// The path that sells songs, below a shop's address.
const GENERATE: &str = "api/l402/generate-music";

/// The path of a busker's page for people, which is easily copied instead.
const DOCS_PAGE: &str = "/l402/generate-music";

/// The selling address for a shop (`shop.example`, `https://shop.example/`) or for the address itself.
///
/// A path that ends in `/` is a shop behind a prefix; any other path is taken as it is.
pub(crate) fn generate_url(text: &str) -> anyhow::Result<Url> {
    let text = text.trim();
    let full = if text.contains("://") {
        text.to_owned()
    } else {
        format!("{}://{text}", likely_scheme(text))
    };
    let mut url = Url::parse(&full).with_context(|| format!("`{text}` is not a web address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        bail!("`{text}` is not an http:// or https:// address");
    }
    url.set_fragment(None);
    if url.path() == DOCS_PAGE {
        url.set_path(GENERATE);
    } else if url.path().ends_with('/') {
        let path = format!("{}{GENERATE}", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// Nobody has a certificate for the machine itself, and nobody should send money elsewhere without one.
fn likely_scheme(text: &str) -> &'static str {
    let host = text.split(['/', ':']).next().unwrap_or_default();
    if matches!(host, "localhost" | "127.0.0.1") || text.starts_with("[::1]") {
        "http"
    } else {
        "https"
    }
}

#[cfg(test)]
mod tests {
    use super::generate_url;

    #[test]
    fn a_shops_address_leads_to_what_it_sells() {
        for (given, expected) in [
            ("http://127.0.0.1:8402", "http://127.0.0.1:8402/api/l402/generate-music"),
            ("127.0.0.1:8402", "http://127.0.0.1:8402/api/l402/generate-music"),
            ("localhost:1/", "http://localhost:1/api/l402/generate-music"),
            ("shop.example", "https://shop.example/api/l402/generate-music"),
            (
                " https://shop.example/ ",
                "https://shop.example/api/l402/generate-music",
            ),
            (
                "https://shop.example/busker/",
                "https://shop.example/busker/api/l402/generate-music",
            ),
            (
                "https://shop.example/l402/generate-music#pay",
                "https://shop.example/api/l402/generate-music",
            ),
        ] {
            assert_eq!(generate_url(given).unwrap().as_str(), expected, "{given}");
        }
    }

    #[test]
    fn any_other_path_is_the_selling_address_itself() {
        for given in [
            "https://shop.example/api/l402/generate-music",
            "https://shop.example/v1/songs?model=2",
        ] {
            assert_eq!(generate_url(given).unwrap().as_str(), given);
        }
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for given in ["", "ftp://shop.example/", "https://", "lightning:lnbc1"] {
            assert!(generate_url(given).is_err(), "{given}");
        }
    }
}
