"""@getalby/lightning-tools, the JavaScript library behind Alby's tools."""

import json
import subprocess
import unittest
from pathlib import Path

from purchase import SMALL, PurchaseTest
from shop import BUSKER, Shop

SCRIPT = Path(__file__).with_name("buy_with_alby.mjs")


class Alby(PurchaseTest):
    def setUp(self) -> None:
        self.shop = self.enterContext(Shop())

    def test_fetch_with_l402_pays_once_and_its_credential_fetches_the_song_again(self) -> None:
        environment = self.shop.environment() | {"BUSKER_BIN": BUSKER}
        command = ["node", str(SCRIPT), self.shop.generate_url, json.dumps(SMALL)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(done.stdout)

        self.assertEqual(result["status"], 200)
        self.assert_song(result["song"], wished_seconds=30)
        self.assertTrue(result["sameSong"])
        self.assertEqual((result["payments"], result["amountSat"]), (1, 300))
        self.assert_paid(1)


if __name__ == "__main__":
    unittest.main()
