//! A shop that answers from a script, with the sandbox's money, so that odd answers can be tried.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use busker_core::amount::Sats;
use busker_core::clock::SystemClock;
use busker_core::wallet::Wallet;
use busker_lightning::Sandbox;

/// One answer of the script.
#[derive(Clone)]
pub(crate) struct Reply {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// Announce the whole body but send only so much of it.
    cut_after: Option<usize>,
    /// Think so long before answering.
    after: Duration,
}

/// What a customer asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A shop with a script: each request takes the next answer.
pub(crate) struct Stub {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Reply {
    pub(crate) fn new(status: &'static str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            cut_after: None,
            after: Duration::ZERO,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn json(self, body: &serde_json::Value) -> Self {
        let mut reply = self.header("Content-Type", "application/json");
        reply.body = body.to_string().into_bytes();
        reply
    }

    pub(crate) fn bytes(mut self, body: &[u8]) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub(crate) fn cut_after(mut self, bytes: usize) -> Self {
        self.cut_after = Some(bytes);
        self
    }

    pub(crate) fn after(mut self, thinking: Duration) -> Self {
        self.after = thinking;
        self
    }

    fn send(&self, stream: &mut TcpStream) {
        std::thread::sleep(self.after);
        let mut head = format!(
            "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        head.push_str("\r\n");
        let body = &self.body[..self.cut_after.unwrap_or(self.body.len())];
        // The customer may have gone.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    }
}

impl Stub {
    /// Opens a shop that plays `script` and then closes.
    pub(crate) fn play(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/buy/music", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let mut script: VecDeque<Reply> = script.into_iter().collect();
        let record = asked.clone();
        std::thread::spawn(move || {
            while let Some(reply) = script.pop_front() {
                let (mut stream, _) = listener.accept().unwrap();
                record.lock().unwrap().push(read_request(&stream));
                reply.send(&mut stream);
            }
        });
        Self { url, asked }
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// A `402` over a fresh invoice of the sandbox in `data`.
pub(crate) fn payment_required(data: &Path, sats: u64) -> Reply {
    let wallet = Sandbox::open(data, Arc::new(SystemClock)).unwrap();
    let invoice = wallet.invoice(Sats(sats), "a song", Duration::from_secs(600));
    let invoice = tokio::runtime::Runtime::new().unwrap().block_on(invoice).unwrap();
    let challenge = format!(r#"LSAT macaroon="bm90IGEgbWFjYXJvb24", invoice="{}""#, invoice.bolt11);
    Reply::new("402 Payment Required").header("WWW-Authenticate", challenge)
}

fn read_request(stream: &TcpStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let mut asked = Asked {
        line: line.trim_end().to_owned(),
        headers,
        body: Vec::new(),
    };
    let length = asked
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    asked.body = vec![0; length];
    reader.read_exact(&mut asked.body).unwrap();
    asked
}
