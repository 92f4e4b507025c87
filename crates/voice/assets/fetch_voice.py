#!/usr/bin/env python3
"""Check the singer's voice, or take it out of the Debian package that it comes from.

fetch_voice.py                 the file beside this script is the published one
fetch_voice.py PACKAGE.deb     writes it, and its licence, from `apt-get download festvox-us-slt-hts`
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile

NAME = "cmu_us_slt_arctic_hts"
SHA256 = "04475446a92233deabaad85fa52a1e2df562cb269cf4acf463752644d6e4ce2e"
VOICE = f"usr/share/festival/voices/us/{NAME}/hts/{NAME}.htsvoice"
LICENCE = "usr/share/doc/festvox-us-slt-hts/copyright"

assets = pathlib.Path(__file__).parent
ours = assets / f"{NAME}.htsvoice"
if len(sys.argv) == 1:
    found, licence = ours.read_bytes(), None
else:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", sys.argv[1], folder], check=True)
        found = (pathlib.Path(folder) / VOICE).read_bytes()
        licence = (pathlib.Path(folder) / LICENCE).read_bytes()
if hashlib.sha256(found).hexdigest() != SHA256:
    sys.exit("this is not the voice the singer was made for: another version of the package?")
if licence is not None:
    ours.write_bytes(found)
    (assets / f"{NAME}.LICENSE").write_bytes(licence)
print(f"{ours.name}: {len(found)} bytes, as published")
