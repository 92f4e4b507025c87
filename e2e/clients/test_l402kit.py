"""l402kit, which reads invoice, macaroon and price from the body of the 402."""

import unittest

from l402kit import L402Client, L402Wallet
from purchase import SMALL, PurchaseTest
from shop import Shop


class Wallet(L402Wallet):
    """Pays by `busker pay` and counts."""

    def __init__(self, shop: Shop):
        self.shop, self.payments = shop, 0

    def pay_invoice(self, bolt11: str) -> str:
        self.payments += 1
        return self.shop.pay(bolt11)


class L402Kit(PurchaseTest):
    def setUp(self) -> None:
        self.shop = self.enterContext(Shop())

    def test_its_budget_sees_the_price_and_one_payment_buys_the_song_for_good(self) -> None:
        wallet = Wallet(self.shop)
        with L402Client(wallet, budget_sats=1000) as client:
            bought = client.post(self.shop.generate_url, json=SMALL)
            again = client.post(self.shop.generate_url, json=SMALL)
            report = client.spending_report()

        self.assertEqual(bought.status_code, 200, bought.text)
        self.assert_song(bought.json(), wished_seconds=30)
        self.assertEqual(again.json()["audioUrl"], bought.json()["audioUrl"])
        self.assertEqual((wallet.payments, report.total, report.remaining), (1, 300, 700))
        self.assert_paid(1)


if __name__ == "__main__":
    unittest.main()
