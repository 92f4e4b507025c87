#!/bin/sh
# Mints every case of cases.json with three other implementations and writes ../vectors.json.
# Needs go, node with npm, python3 with venv, and the network. Leaves nothing else behind.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$here/go" "$here/js" "$here/python" "$work"

(cd "$work/go" && go run .) <"$here/cases.json" >"$work/go.json"

(cd "$work/js" && npm install --silent --no-fund --no-audit --no-package-lock >&2)
node "$work/js/mint.js" <"$here/cases.json" >"$work/js.json"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r "$work/python/requirements.txt"
"$work/venv/bin/python" "$work/python/mint.py" <"$here/cases.json" >"$work/python.json"

python3 - "$here/cases.json" "$work" >"$here/../vectors.json" <<'PYTHON'
import json, pathlib, sys

implementations = {
    "Go gopkg.in/macaroon.v2 2.1.0": "go.json",
    "npm macaroon 3.0.4": "js.json",
    "PyPI pymacaroons 0.13.0": "python.json",
}
cases = json.loads(pathlib.Path(sys.argv[1]).read_text())
minted = {name: json.loads(pathlib.Path(sys.argv[2], file).read_text()) for name, file in implementations.items()}
for case in cases:
    case["minted"] = {
        name: macaroons[case["name"]] for name, macaroons in minted.items() if case["name"] in macaroons
    }
print(json.dumps(cases, indent=2, ensure_ascii=False))
PYTHON
