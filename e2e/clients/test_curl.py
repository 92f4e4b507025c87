"""curl, with the commands that the docs page and the README tell people to copy."""

import html
import json
import re
import subprocess
import unittest
import urllib.request
from pathlib import Path

from purchase import PurchaseTest
from shop import BUSKER, Shop

ROOT = Path(__file__).resolve().parents[2]
README_SHOP = "http://127.0.0.1:8402"
CHALLENGE = re.compile(r'^www-authenticate: L402 macaroon="([^"]+)", invoice="([^"]+)"', re.IGNORECASE | re.MULTILINE)


class Curl(PurchaseTest):
    def setUp(self) -> None:
        self.shop = self.enterContext(Shop())

    def test_the_three_commands_of_the_docs_page_buy_a_song(self) -> None:
        with urllib.request.urlopen(f"{self.shop.url}/l402/generate-music", timeout=10) as response:
            page = response.read().decode()
        blocks = [html.unescape(block) for block in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)]
        self.buy_with(first_purchase(blocks))

    def test_the_three_commands_of_the_readme_buy_a_song(self) -> None:
        blocks = re.findall(r"^ *```sh\n(.*?)^ *```", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
        commands = first_purchase([block.replace("cargo run -- ", "busker ").strip() for block in blocks])
        self.buy_with([command.replace(README_SHOP, self.shop.url) for command in commands])

    def buy_with(self, commands: list[str]) -> None:
        ask, pay, redeem = commands
        asked = self.shell(ask)
        self.assertRegex(asked, r"^HTTP/1\.1 402 ")
        macaroon, invoice = CHALLENGE.search(asked).groups()
        body = json.loads(asked.partition("\r\n\r\n")[2])
        self.assertEqual((body["macaroon"], body["invoice"]), (macaroon, invoice))

        preimage = self.shell(pay.replace("INVOICE", invoice)).strip()
        self.assertRegex(preimage, r"^[0-9a-f]{64}$")

        proven = redeem.replace("MACAROON", macaroon).replace("PREIMAGE", preimage)
        answer = json.loads(self.shell(proven))
        self.assert_song(answer)
        self.assertEqual(json.loads(self.shell(proven))["audioUrl"], answer["audioUrl"])
        self.assert_paid(1)

    def shell(self, command: str) -> str:
        """What the command prints, run as a person would who has busker in the search path."""
        environment = self.shop.environment()
        environment["PATH"] = f"{Path(BUSKER).resolve().parent}:{environment['PATH']}"
        done = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        # Undecoded line ends: HTTP's are part of what is checked.
        return done.stdout.decode()


def first_purchase(blocks: list[str]) -> list[str]:
    """The first command of each step: ask, pay, redeem."""
    asks = [block for block in blocks if block.startswith("curl") and "-d" in block and "Authorization" not in block]
    pays = [block for block in blocks if block.startswith("busker pay")]
    redeems = [block for block in blocks if block.startswith("curl") and "Authorization" in block]
    return [asks[0], pays[0], redeems[0]]


if __name__ == "__main__":
    unittest.main()
