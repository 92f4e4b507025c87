//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Sells songs for bitcoin: an L402 API, a Lightning till and a band in one program.
#[derive(Debug, Parser)]
#[command(name = "busker", version, max_term_width = 100, propagate_version = true, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Try it:        busker demo
Open a shop:   busker serve
Buy a song:    busker song --url http://127.0.0.1:8402 --prompt \"calm piano ballad in C major\" -o song.mp3

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 the price is over --max-sats, 4 the song could not be made
(the order is refundable), 130 interrupted (what was paid for is kept and can be resumed).";

/// Options every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Configuration file (TOML). Environment and flags win over it.
    #[arg(long, global = true, value_name = "FILE", env = "BUSKER_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Where orders, songs and keys are kept.
    #[arg(long, global = true, value_name = "DIR", env = "BUSKER_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// How much to tell on standard error: error, warn, info, debug, or a tracing filter.
    #[arg(long, global = true, value_name = "LEVEL")]
    pub(crate) log: Option<String>,
    /// How to tell it.
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the whole story: open a shop on this machine, buy the example song from it, save song.mp3.
    Demo(Demo),
    /// Open the shop: API, pages and a worker in one process.
    Serve(Serve),
    /// Only make songs, for shops that share a database and an audio store.
    Worker(Worker),
    /// Buy a song from any L402 music API.
    Song(Song),
    /// Make a song straight to a file, without paying.
    Render(Render),
    /// Pay an invoice with the configured wallet and print the preimage.
    Pay(Pay),
    /// Look after orders.
    Orders(Orders),
    /// What can be sold, limits, price, usual seconds.
    Models(Models),
    /// Check configuration, wallet, database, audio store, engines and the singer; say what to fix.
    Doctor(Doctor),
    /// Look after the master key that signs macaroons.
    Keys(Keys),
    /// Print the notices of what others made and this program carries: the voice, the dictionary, the font, LAME.
    Licenses,
    /// Print a shell completion script.
    Completions(Completions),
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to save the song.
    #[arg(short, long, value_name = "FILE", default_value = "song.mp3")]
    pub(crate) output: PathBuf,
    /// Leave the shop open afterwards, until Ctrl-C.
    #[arg(long)]
    pub(crate) keep: bool,
    /// Another prompt than the documented example.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) prompt: Option<String>,
    /// Print one JSON object instead of the story.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", env = "BUSKER_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,
    /// Address and port for health and metrics; off unless given.
    #[arg(long, value_name = "ADDR")]
    pub(crate) admin_listen: Option<SocketAddr>,
    /// How buyers reach the shop, like `https://songs.example`.
    #[arg(long, value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// Let the sandbox listen beyond this machine. Anybody who reaches it gets songs for play money.
    #[arg(long)]
    pub(crate) sandbox_public: bool,
    /// Songs made at the same time; 0 leaves them to `busker worker`.
    #[arg(long, value_name = "N")]
    pub(crate) slots: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Worker {
    /// Songs made at the same time.
    #[arg(long, value_name = "N")]
    pub(crate) slots: Option<usize>,
}

/// The parameters of a song, as the API names them.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SongParameters {
    /// Style, tempo, key, mood, instruments, singer: 1 to 2000 characters.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) prompt: Option<String>,
    /// File with lyrics and section tags; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) lyrics: Option<PathBuf>,
    /// No word is sung.
    #[arg(long)]
    pub(crate) instrumental: bool,
    /// Write lyrics from the prompt.
    #[arg(long)]
    pub(crate) write_lyrics: bool,
    /// Model number or slug.
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<String>,
    /// Hertz: 16000, 24000, 32000 or 44100.
    #[arg(long, value_name = "HZ", allow_negative_numbers = true)]
    pub(crate) sample_rate: Option<u32>,
    /// MP3 bits a second: 32000, 64000, 128000 or 256000.
    #[arg(long, value_name = "BPS", allow_negative_numbers = true)]
    pub(crate) bitrate: Option<u32>,
    /// mp3, wav or pcm.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// The same request with the same seed is the same song.
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// Wished length in seconds, 10 to 360.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) duration: Option<u32>,
    /// File with the API's JSON body; the flags above win over its fields.
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Song {
    /// The shop, or its generate-music address.
    #[arg(
        long,
        value_name = "URL",
        env = "BUSKER_URL",
        default_value = "http://127.0.0.1:8402"
    )]
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) parameters: SongParameters,
    /// Where to save the song; named after its title unless given.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Never pay more than this.
    #[arg(long, value_name = "SATS", default_value_t = 1000)]
    pub(crate) max_sats: u64,
    /// Show the price and stop.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Buy anew what was bought before. Give another --seed as well, or it may be the same song.
    #[arg(long)]
    pub(crate) again: bool,
    /// Ask for another try, free of charge, if the song could not be made.
    #[arg(long)]
    pub(crate) retry: bool,
    /// Pay by hand: show the invoice and ask for the preimage.
    #[arg(long)]
    pub(crate) manual: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Render {
    #[command(flatten)]
    pub(crate) parameters: SongParameters,
    /// Where to save the song; its ending chooses the format unless --format does; - for standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Write the score as JSON: sections, tempo, key, chords, notes, syllables with times, and why.
    #[arg(long, value_name = "FILE")]
    pub(crate) score: Option<PathBuf>,
    /// Write the notes as a MIDI file.
    #[arg(long, value_name = "FILE")]
    pub(crate) midi: Option<PathBuf>,
    /// Write the lyrics with times.
    #[arg(long, value_name = "FILE")]
    pub(crate) lrc: Option<PathBuf>,
    /// Write the lyrics under their chords in the ChordPro format.
    #[arg(long, value_name = "FILE")]
    pub(crate) chords: Option<PathBuf>,
    /// Write the cover as a picture; the name ends in .png or .svg.
    #[arg(long, value_name = "FILE")]
    pub(crate) cover: Option<PathBuf>,
    /// Write each instrument and the voices as WAV files into this folder, the voices also as they were sung (-dry). If one
    /// would clip, all are made softer by the same gain.
    #[arg(long, value_name = "DIR")]
    pub(crate) stems: Option<PathBuf>,
    /// SoundFont for sampled instruments: a file, auto or none; engines.band.soundfont unless given.
    #[arg(long, value_name = "FILE")]
    pub(crate) soundfont: Option<String>,
    /// Threads to use; the song does not depend on it.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Pay {
    /// A BOLT11 invoice, with or without `lightning:`.
    pub(crate) invoice: String,
    /// Print {"preimage": …, "payment_hash": …} on one line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Orders {
    #[command(subcommand)]
    pub(crate) command: OrdersCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OrdersCommand {
    /// The newest orders.
    List {
        /// Only those in this state: quoted, expired, paid, generating, delivered, refundable, refunding, refunded.
        #[arg(long)]
        state: Option<String>,
        /// At most this many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print a JSON array.
        #[arg(long)]
        json: bool,
    },
    /// One order, by id or payment hash.
    Show {
        /// Order id or payment hash.
        order: String,
        /// Print a JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Try a refundable order again.
    Retry {
        /// Order id or payment hash.
        order: String,
        /// Print a JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Models {
    /// Print a JSON array.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Print a JSON array of findings.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Keys {
    #[command(subcommand)]
    pub(crate) command: KeysCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Sign new macaroons with a new key; those signed with older keys stay valid. Restart servers afterwards.
    Rotate,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
