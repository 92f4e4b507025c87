//! Fetches a song's file: streamed to `FILE.partial`, taken up again where a connection broke, named when it is whole.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_RANGE, RANGE};
use reqwest::{Response, StatusCode};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use super::delivery::Delivery;
use super::file_name::{disposition_stem, extension, free_path, safe_name};
use super::http::{Http, NoAnswer, retry_after};
use super::patience::Patience;
use super::redeem::is_temporary;
use super::teller::{Event, Teller};

/// A connection that is silent for longer is broken.
const SILENCE: Duration = Duration::from_secs(30);

/// A file server that is away longer is asked again another day.
const OUTAGE: Duration = Duration::from_secs(120);

/// Where to save a song.
pub(crate) struct Place<'a> {
    /// A file, or a folder, as the buyer said; nothing: this folder.
    pub(crate) output: Option<&'a Path>,
    /// The file of an earlier download of the same song, which may be replaced.
    pub(crate) earlier: Option<&'a Path>,
}

/// Fetches one file.
pub(crate) struct Download<'a> {
    http: &'a Http,
    teller: &'a dyn Teller,
    song: &'a Delivery,
    place: Place<'a>,
    partial: Option<Partial>,
}

/// What is here already.
struct Partial {
    path: PathBuf,
    target: PathBuf,
    file: File,
    done: u64,
    total: Option<u64>,
    etag: Option<String>,
}

/// An attempt did not bring the whole file.
enum Broken {
    /// Another attempt may.
    ForNow { why: String, asked: Option<Duration> },
    /// No attempt will.
    ForGood(anyhow::Error),
}

impl<'a> Download<'a> {
    pub(crate) fn new(http: &'a Http, teller: &'a dyn Teller, song: &'a Delivery, place: Place<'a>) -> Self {
        Self {
            http,
            teller,
            song,
            place,
            partial: None,
        }
    }

    /// Fetches the file and gives its path.
    ///
    /// # Errors
    /// When the file cannot be had or cannot be written; what was paid for stays paid.
    pub(crate) async fn run(mut self) -> anyhow::Result<PathBuf> {
        let mut patience = Patience::lasting(OUTAGE);
        loop {
            let before = self.done();
            let (why, asked) = match self.attempt().await {
                Ok(()) => return self.finish().await,
                Err(Broken::ForGood(error)) => return Err(error),
                Err(Broken::ForNow { why, asked }) => (why, asked),
            };
            if self.done() > before {
                patience.renew();
            }
            let Some(pause) = patience.pause(asked) else {
                bail!("the song could not be downloaded: {why}")
            };
            self.teller.tell(Event::TryingAgain { why: &why, pause });
            sleep(pause).await;
        }
    }

    fn done(&self) -> u64 {
        self.partial.as_ref().map_or(0, |partial| partial.done)
    }

    async fn attempt(&mut self) -> Result<(), Broken> {
        let mut request = self.http.client.get(self.song.audio_url.clone());
        if let Some(partial) = self.partial.as_ref().filter(|partial| partial.done > 0) {
            request = request.header(RANGE, format!("bytes={}-", partial.done));
            if let Some(etag) = &partial.etag {
                request = request.header(IF_RANGE, etag);
            }
        }
        let answered = timeout(SILENCE, request.send()).await.map_err(|_| Broken::silence())?;
        let response = answered.map_err(|error| Broken::now(NoAnswer::from(error)))?;
        let headers = response.headers();
        match response.status() {
            StatusCode::OK => self.begin(&response).await?,
            StatusCode::PARTIAL_CONTENT => {
                let from = header(headers, CONTENT_RANGE).and_then(first_byte);
                if from != Some(self.done()) {
                    self.forget().await?;
                    return Err(Broken::now("the server sent another part than was asked for"));
                }
            }
            StatusCode::RANGE_NOT_SATISFIABLE => {
                self.forget().await?;
                return Err(Broken::now("the file changed while it was fetched"));
            }
            status if is_temporary(status) => {
                let asked = retry_after(headers);
                return Err(Broken::ForNow {
                    why: format!("the server answered {status}"),
                    asked,
                });
            }
            status => {
                let host = self.song.audio_url.host_str().unwrap_or_default();
                let error =
                    anyhow!("the song's address at {host} answers {status}; run the same command again, it is paid");
                return Err(Broken::ForGood(error));
            }
        }
        self.receive(response).await
    }

    /// Starts the file, or starts it again.
    async fn begin(&mut self, response: &Response) -> Result<(), Broken> {
        let headers = response.headers();
        let media_type = header(headers, CONTENT_TYPE);
        if media_type.is_some_and(|kind| kind.starts_with("text/") || kind.starts_with("application/json")) {
            let kind = media_type.unwrap_or_default();
            return Err(Broken::ForGood(anyhow!(
                "the song's address answers with {kind} instead of a song"
            )));
        }
        self.forget().await?;
        let total = response.content_length();
        let etag = header(headers, ETAG)
            .filter(|etag| !etag.starts_with("W/"))
            .map(str::to_owned);
        if let Some(partial) = &mut self.partial {
            (partial.total, partial.etag) = (total, etag);
            return Ok(());
        }
        let target = self.target(headers);
        let path = partial_path(&target);
        let file = File::create(&path)
            .await
            .with_context(|| format!("{} cannot be written", path.display()))?;
        self.partial = Some(Partial {
            path,
            target,
            file,
            done: 0,
            total,
            etag,
        });
        Ok(())
    }

    async fn receive(&mut self, mut response: Response) -> Result<(), Broken> {
        let Some(partial) = &mut self.partial else {
            return Err(Broken::now("nothing was received"));
        };
        loop {
            let chunk = timeout(SILENCE, response.chunk())
                .await
                .map_err(|_| Broken::silence())?;
            let Some(chunk) = chunk.map_err(|error| Broken::now(NoAnswer::from(error)))? else {
                break;
            };
            let written = partial.file.write_all(&chunk).await;
            written.with_context(|| format!("{} cannot be written", partial.path.display()))?;
            partial.done += chunk.len() as u64;
            self.teller.tell(Event::Downloading {
                done: partial.done,
                total: partial.total,
            });
        }
        match partial.total {
            _ if partial.done == 0 => Err(Broken::ForGood(anyhow!("the song's address answers with nothing"))),
            Some(total) if partial.done < total => Err(Broken::now("the connection ended early")),
            Some(total) if partial.done > total => {
                self.forget().await?;
                Err(Broken::now("more was sent than was announced"))
            }
            _ => Ok(()),
        }
    }

    /// Throws away what is here, because it is not known to be a part of what comes.
    async fn forget(&mut self) -> anyhow::Result<()> {
        let Some(partial) = &mut self.partial else {
            return Ok(());
        };
        partial.done = 0;
        // Writes of an asynchronous file may still be under way.
        let cleared = async {
            partial.file.flush().await?;
            partial.file.set_len(0).await?;
            partial.file.rewind().await.map(|_| ())
        };
        cleared
            .await
            .with_context(|| format!("{} cannot be written", partial.path.display()))
    }

    async fn finish(self) -> anyhow::Result<PathBuf> {
        let Some(mut partial) = self.partial else {
            bail!("nothing was received")
        };
        let named = async {
            partial.file.flush().await?;
            partial.file.sync_all().await?;
            drop(partial.file);
            tokio::fs::rename(&partial.path, &partial.target).await
        };
        let named: io::Result<()> = named.await;
        named.with_context(|| format!("{} cannot be written", partial.target.display()))?;
        self.teller.tell(Event::Saved);
        Ok(partial.target)
    }

    fn target(&self, headers: &HeaderMap) -> PathBuf {
        let folder = match self.place.output {
            Some(path) if !path.is_dir() => return path.to_owned(),
            Some(folder) => folder,
            None => Path::new(""),
        };
        let named = header(headers, CONTENT_DISPOSITION).and_then(disposition_stem);
        let stem = named.or_else(|| self.song.title.clone()).unwrap_or_default();
        let ending = extension(self.song.audio_url.path(), header(headers, CONTENT_TYPE));
        free_path(folder, &safe_name(&stem), ending, self.place.earlier)
    }
}

impl Broken {
    fn now(why: impl ToString) -> Self {
        Self::ForNow {
            why: why.to_string(),
            asked: None,
        }
    }

    fn silence() -> Self {
        Self::now("the server fell silent")
    }
}

impl From<anyhow::Error> for Broken {
    fn from(error: anyhow::Error) -> Self {
        Self::ForGood(error)
    }
}

fn partial_path(target: &Path) -> PathBuf {
    let mut path = target.as_os_str().to_owned();
    path.push(".partial");
    PathBuf::from(path)
}

/// Where the part begins: `bytes 100-199/200` (RFC 9110, 14.4).
fn first_byte(content_range: &str) -> Option<u64> {
    content_range
        .trim()
        .strip_prefix("bytes ")?
        .split('-')
        .next()?
        .trim()
        .parse()
        .ok()
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_where_it_begins() {
        assert_eq!(first_byte("bytes 100-199/200"), Some(100));
        assert_eq!(first_byte("bytes */200"), None);
        assert_eq!(first_byte("lines 1-2/3"), None);
    }

    #[test]
    fn a_file_in_the_making_is_named_after_the_file_it_becomes() {
        assert_eq!(partial_path(Path::new("a/song.mp3")), Path::new("a/song.mp3.partial"));
    }
}
