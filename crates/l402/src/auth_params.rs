//! Takes `WWW-Authenticate` values apart, as servers really write them.
//!
//! RFC 9110, section 11.6.1 in spirit: `scheme name="value", name="value", scheme …`. Also read are single quotes, bare
//! values, missing commas and spaces around `=`, because each is sent by some server. Nothing here can fail: what makes
//! no sense is passed over, and a parameter cut off inside its quotes is dropped.

use std::borrow::Cow;

/// One challenge of any scheme.
pub(crate) struct AuthChallenge<'a> {
    pub(crate) scheme: &'a str,
    params: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> AuthChallenge<'a> {
    /// All challenges of one header value, which may be several values joined by commas.
    pub(crate) fn read_all(header: &'a str) -> Vec<Self> {
        let mut challenges: Vec<Self> = Vec::new();
        let mut text = Text(header);
        loop {
            text.skip(|c| is_space(c) || c == ',');
            if text.0.is_empty() {
                return challenges;
            }
            let word = text.take(|c| !is_space(c) && !matches!(c, ',' | '=' | '"' | '\''));
            if word.is_empty() {
                text.value(); // a value without a name
            } else if text.equals_sign_follows() {
                let value = text.value();
                if let (Some(challenge), Some(value)) = (challenges.last_mut(), value) {
                    challenge.params.push((word, value));
                }
            } else {
                challenges.push(Self {
                    scheme: word,
                    params: Vec::new(),
                });
            }
        }
    }

    /// The first parameter of that name, in any case.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let (_, value) = self.params.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(value)
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// What is left to read.
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    fn take(&mut self, wanted: fn(char) -> bool) -> &'a str {
        let end = self.0.find(|c| !wanted(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn skip(&mut self, unwanted: fn(char) -> bool) {
        self.take(unwanted);
    }

    /// Consumes `=` and the space around it; without `=` consumes nothing.
    fn equals_sign_follows(&mut self) -> bool {
        let Some(rest) = self.0.trim_start_matches(is_space).strip_prefix('=') else {
            return false;
        };
        self.0 = rest.trim_start_matches(is_space);
        true
    }

    /// A quoted or bare value; `None` when its closing quote is missing, and then everything is consumed.
    fn value(&mut self) -> Option<Cow<'a, str>> {
        if let Some(rest) = self.0.strip_prefix('"') {
            self.0 = rest;
            self.double_quoted()
        } else if let Some(rest) = self.0.strip_prefix('\'') {
            let (value, rest) = rest.split_once('\'').unzip();
            self.0 = rest.unwrap_or_default();
            value.map(Cow::Borrowed)
        } else {
            // An equals sign is part of a bare value: it may be base64 padding.
            Some(Cow::Borrowed(self.take(|c| !is_space(c) && c != ',')))
        }
    }

    /// What follows an opening double quote, with backslash escapes undone.
    fn double_quoted(&mut self) -> Option<Cow<'a, str>> {
        let mut value = Cow::Borrowed("");
        loop {
            let plain = self.take(|c| !matches!(c, '"' | '\\'));
            if value.is_empty() {
                value = Cow::Borrowed(plain);
            } else {
                value.to_mut().push_str(plain);
            }
            let mut rest = self.0.chars();
            let delimiter = rest.next();
            let escaped = if delimiter == Some('\\') { rest.next() } else { None };
            self.0 = rest.as_str();
            match (delimiter, escaped) {
                (Some('"'), _) => return Some(value),
                (_, Some(escaped)) => value.to_mut().push(escaped),
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scheme(name=value;name=value)` for every challenge.
    fn read(header: &str) -> Vec<String> {
        let shown = |challenge: &AuthChallenge<'_>| {
            let params: Vec<String> = challenge
                .params
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            format!("{}({})", challenge.scheme, params.join(";"))
        };
        AuthChallenge::read_all(header).iter().map(shown).collect()
    }

    #[test]
    fn values_may_be_quoted_either_way_or_bare() {
        assert_eq!(
            read(r#"L402 a="x, y", b='it"s', c=eA==, d = "e""#),
            [r#"L402(a=x, y;b=it"s;c=eA==;d=e)"#]
        );
    }

    #[test]
    fn challenges_joined_into_one_line_are_told_apart() {
        assert_eq!(
            read(r#"Payment id="1", realm="a b", Bearer, L402 macaroon="m" invoice="i",, Negotiate YII="#),
            [
                "Payment(id=1;realm=a b)",
                "Bearer()",
                "L402(macaroon=m;invoice=i)",
                "Negotiate(YII=)"
            ]
        );
    }

    #[test]
    fn a_scheme_inside_a_quoted_value_is_only_text() {
        assert_eq!(
            read(r#"Basic realm="say \"L402\" \\, L402 a=b""#),
            [r#"Basic(realm=say "L402" \, L402 a=b)"#]
        );
    }

    #[test]
    fn a_parameter_without_its_closing_quote_is_dropped() {
        assert_eq!(read(r#"L402 macaroon="m", invoice="lnbc1"#), ["L402(macaroon=m)"]);
        assert_eq!(read("L402 macaroon='m"), ["L402()"]);
        assert_eq!(read(r#"L402 macaroon="m\"#), ["L402()"]);
    }

    #[test]
    fn an_empty_value_is_a_value() {
        assert_eq!(read(r#"L402 a="", b="\"", c="""#), [r#"L402(a=;b=";c=)"#]);
    }

    #[test]
    fn text_without_sense_is_passed_over() {
        assert!(read("").is_empty());
        assert!(read(" , =, \"x\", ==").is_empty());
        assert_eq!(read("a=b, ü=é"), Vec::<String>::new());
    }
}
