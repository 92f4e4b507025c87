"""What every purchase must end in, whichever client made it."""

import unittest
import urllib.request

import mp3
from shop import Shop

# A small song, so that a purchase takes a few seconds.
SMALL = {"prompt": "calm piano ballad in C major, 90 BPM", "is_instrumental": True, "duration": 30}

# Sections are never cut, so a song may be this much longer or shorter than was wished.
LENGTH_TOLERANCE = 6.0


class PurchaseTest(unittest.TestCase):
    """A test that buys from `self.shop`."""

    shop: Shop

    def assert_song(self, answer: dict, wished_seconds: float | None = None) -> None:
        """The answer names a file that downloads, is an MP3, and is as long as everybody says."""
        with urllib.request.urlopen(answer["audioUrl"], timeout=30) as response:
            content = response.read()
            self.assertEqual(response.headers["Content-Type"], "audio/mpeg")
            self.assertEqual(response.headers["Content-Length"], str(len(content)))
        song = mp3.read(content)
        self.assertEqual((song.sample_rate, song.channels), (44100, 2))
        self.assertEqual(song.title, answer["title"])
        self.assertAlmostEqual(song.seconds, answer["duration_seconds"], delta=0.05)
        if wished_seconds is not None:
            self.assertAlmostEqual(song.seconds, wished_seconds, delta=LENGTH_TOLERANCE)

    def assert_paid(self, number: int) -> None:
        """Exactly so many orders were paid, and every one of them has its song."""
        states = [order["state"] for order in self.shop.paid_orders()]
        self.assertEqual(states, ["delivered"] * number)
