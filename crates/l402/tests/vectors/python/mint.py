"""Mints the cases read from standard input with pymacaroons and prints their V2 binary form."""

import json
import sys

from pymacaroons import MACAROON_V2, Macaroon
from pymacaroons.serializers import BinarySerializer

minted = {}
for case in json.load(sys.stdin):
    token = Macaroon(
        version=MACAROON_V2,
        location=case["location"],
        identifier=bytes.fromhex(case["identifier"]),
        key=bytes.fromhex(case["root_key"]),
    )
    for caveat in case["caveats"]:
        token.add_first_party_caveat(caveat)
    minted[case["name"]] = BinarySerializer().serialize_raw(token).hex()
json.dump(minted, sys.stdout)
