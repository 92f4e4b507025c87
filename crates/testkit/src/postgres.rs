//! A PostgreSQL server for tests, made from the binaries of this machine and gone with the test process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// Makes a cluster in a temporary folder, tells the folder, and waits: when the test process ends, however it ends, its
/// side of the pipe closes, `read` returns, and server and folder go away.
const GUARD: &str = r#"
set -e
bin=$1
folder=$(mktemp -d /tmp/busker-postgres-XXXXXX)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$bin/initdb" -D data -U busker -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
"$bin/postgres" -D data -k "$folder" -c listen_addresses= -c fsync=off -c max_connections=300 >server.log 2>&1 &
server=$!
until "$bin/pg_isready" -q -h "$folder"; do
    kill -0 $server 2>/dev/null || { cat server.log >&2; exit 1; }
    sleep 0.05
done
echo "$folder"
read -r end || true
kill -INT $server
wait $server || true
"#;

/// A running server with a superuser `busker`.
#[derive(Debug)]
pub struct Postgres {
    binaries: PathBuf,
    folder: PathBuf,
    databases: AtomicU32,
    /// Its standard input keeps the server alive.
    _guard: Mutex<Child>,
}

impl Postgres {
    /// The one server of this test process, started by whoever asks first. `None`, and a loud line, when this machine
    /// has no PostgreSQL; where `CI` is set that is a failure.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Postgres>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// The URL of an empty database that nobody else uses.
    pub fn fresh_database(&self) -> String {
        let name = format!("shop{}", self.databases.fetch_add(1, Ordering::SeqCst));
        let made = Command::new(self.binaries.join("createdb"))
            .arg("-h")
            .arg(&self.folder)
            .args(["-U", "busker", &name])
            .output()
            .expect("createdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        format!("postgres://busker@localhost/{name}?host={}", self.folder.display())
    }

    fn start() -> Option<Self> {
        let Some(binaries) = find_binaries() else {
            report_missing();
            return None;
        };
        let mut guard = guard_command()
            .arg(&binaries)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let mut folder = String::new();
        let output = guard.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut folder)
            .expect("it tells its folder");
        assert!(!folder.is_empty(), "PostgreSQL did not start; see above");
        Some(Self {
            binaries,
            folder: PathBuf::from(folder.trim()),
            databases: AtomicU32::new(0),
            _guard: Mutex::new(guard),
        })
    }
}

/// PostgreSQL refuses to run as root, so root hands the job to the user that the package made, or to nobody.
fn guard_command() -> Command {
    let shell = ["sh", "-c", GUARD, "postgres-guard"];
    if !is_root() {
        let mut command = Command::new(shell[0]);
        command.args(&shell[1..]);
        return command;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let has_postgres = users.lines().any(|line| line.starts_with("postgres:"));
    let user = if has_postgres { "postgres" } else { "nobody" };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]).args(shell);
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("`id` runs");
    id.stdout.trim_ascii() == b"0"
}

/// The newest version found in `PATH` or where Debian keeps them.
fn find_binaries() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    versions.sort();
    let is_complete = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_isready", "createdb"]
            .iter()
            .all(|name| is_file(&folder.join(name)))
    };
    on_path
        .into_iter()
        .flatten()
        .chain(versions.into_iter().rev())
        .find(is_complete)
}

fn is_file(path: &Path) -> bool {
    path.is_file()
}

#[expect(clippy::print_stderr, reason = "a suite that did not run must be seen")]
fn report_missing() {
    let loud = "PostgreSQL binaries not found: the PostgreSQL conformance suite DID NOT RUN";
    assert!(std::env::var_os("CI").is_none(), "{loud}");
    eprintln!("{loud}");
}
