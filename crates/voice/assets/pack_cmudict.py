#!/usr/bin/env python3
"""Pack the CMU pronouncing dictionary for the singer: pack_cmudict.py cmudict.dict > cmudict.txt

Keeps the first pronunciation of every word of letters and apostrophes, one line a word, sorted by bytes:
`word`, a tab, one character a phone. Characters count from '!': the 15 vowels times three stresses
(none, primary, secondary), then the 24 consonants, each group in alphabetical order.
"""
import re
import sys

VOWELS = "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split()
CONSONANTS = "B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split()
CODES = [vowel + stress for vowel in VOWELS for stress in "012"] + CONSONANTS
CODE = {phone: chr(ord("!") + index) for index, phone in enumerate(CODES)}

words = {}
for entry in open(sys.argv[1], encoding="utf-8"):
    word, *phones = entry.split("#")[0].split()
    if re.fullmatch(r"[a-z']+", word) and re.search("[a-z]", word):
        words.setdefault(word, "".join(CODE[phone] for phone in phones))
for word in sorted(words):
    print(f"{word}\t{words[word]}")
