"""l402-requests, an httpx that pays. It waits for 5 seconds unless told otherwise, also for what it has paid for."""

import unittest

import httpx
from l402_requests import L402Client, WalletBase
from purchase import SMALL, PurchaseTest
from shop import Shop


class Wallet(WalletBase):
    """Pays by `busker pay` and counts."""

    def __init__(self, shop: Shop):
        self.shop, self.payments = shop, 0

    async def pay_invoice(self, bolt11: str) -> str:
        self.payments += 1
        return self.shop.pay(bolt11)


class L402Requests(PurchaseTest):
    def test_a_client_that_gave_up_after_paying_gets_its_song_later_and_pays_no_second_time(self) -> None:
        # Nobody makes songs yet, so the client is sure to lose patience.
        self.shop = self.enterContext(Shop("--slots", "0"))
        wallet = Wallet(self.shop)
        client = L402Client(wallet=wallet)
        with self.assertRaises(httpx.ReadTimeout):
            client.post(self.shop.generate_url, json=SMALL)
        self.assertEqual([order["state"] for order in self.shop.paid_orders()], ["paid"])

        self.shop.start_worker()
        answer = self.ask_until_there(client)
        self.assert_song(answer, wished_seconds=30)
        self.assertEqual(wallet.payments, 1)
        self.assert_paid(1)

    def test_a_credential_sent_to_other_addresses_and_with_another_wish_does_no_harm(self) -> None:
        self.shop = self.enterContext(Shop())
        wallet = Wallet(self.shop)
        client = L402Client(wallet=wallet, timeout=90)
        first = client.post(self.shop.generate_url, json=SMALL)
        self.assertEqual(first.status_code, 200, first.text)

        # The client caches its credential for all of /api/l402.
        models = client.get(f"{self.shop.url}/api/l402/models")
        self.assertEqual(models.status_code, 200)
        second = client.post(self.shop.generate_url, json=SMALL | {"prompt": "waltz in D major, accordion"})
        self.assertEqual(second.status_code, 200, second.text)
        self.assertNotEqual(first.json()["audioUrl"], second.json()["audioUrl"])
        for song in (first, second):
            self.assert_song(song.json(), wished_seconds=30)
        self.assertEqual(wallet.payments, 2)
        self.assert_paid(2)

    def ask_until_there(self, client: L402Client) -> dict:
        """A person who sends the same request again after each time-out."""
        for _ in range(12):
            try:
                response = client.post(self.shop.generate_url, json=SMALL)
            except httpx.ReadTimeout:
                continue
            self.assertEqual(response.status_code, 200, response.text)
            return response.json()
        raise AssertionError("no song after a minute")


if __name__ == "__main__":
    unittest.main()
