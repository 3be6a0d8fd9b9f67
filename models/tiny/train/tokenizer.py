"""Byte-level BPE in the manner of GPT-2, trained on generated documents. Digits never merge, so that numbers are copied digit by digit.

The vocabulary goes into the GGUF file and is read there by llama.cpp (`tokenizer.ggml.model = gpt2`, `pre = gpt-2`); on ASCII text both
cut words alike. Ids 0 and 1 are the special tokens END (closes an answer) and START (opens a document).
"""
import collections
import json
import re

END, START = "<|end|>", "<|start|>"
END_ID, START_ID = 0, 1
SPECIALS = (END, START)
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")
SPECIAL = re.compile("(" + "|".join(re.escape(s) for s in SPECIALS) + ")")
DIGITS = frozenset("0123456789")


def byte_letters():
    """A printable letter for each of the 256 bytes, as GPT-2 assigns them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    return {**{b: chr(b) for b in plain}, **{b: chr(256 + i) for i, b in enumerate(others)}}


LETTER = byte_letters()
BYTE = {letter: byte for byte, letter in LETTER.items()}


def letters(word):
    return [LETTER[b] for b in word.encode()]


def merged(pieces, pair):
    """The pieces with every occurrence of the pair joined, from left to right."""
    out, i = [], 0
    while i < len(pieces):
        if i + 1 < len(pieces) and (pieces[i], pieces[i + 1]) == pair:
            out.append(pieces[i] + pieces[i + 1])
            i += 2
        else:
            out.append(pieces[i])
            i += 1
    return out


def train(word_counts, size):
    """word -> count to {"vocab": [size strings], "merges": [[left, right], ...]}; ties break by the pair's text, so it is deterministic."""
    words = [(letters(word), count) for word, count in sorted(word_counts.items())]
    pairs, holders = collections.Counter(), collections.defaultdict(set)

    def count_pairs(i, sign):
        pieces, count = words[i]
        for pair in zip(pieces, pieces[1:]):
            if DIGITS & set(pair[0] + pair[1]):
                continue
            pairs[pair] += sign * count
            if sign > 0:
                holders[pair].add(i)

    for i in range(len(words)):
        count_pairs(i, 1)
    vocab = [*SPECIALS, *(LETTER[b] for b in range(256))]
    known, merges = set(vocab), []
    while len(vocab) < size and pairs:
        pair, count = max(pairs.items(), key=lambda item: (item[1], item[0]))
        if count < 2:
            break
        merges.append(list(pair))
        for i in sorted(holders[pair]):
            count_pairs(i, -1)
            words[i] = (merged(words[i][0], pair), words[i][1])
            count_pairs(i, 1)
        del pairs[pair]
        token = pair[0] + pair[1]
        if token not in known:
            known.add(token)
            vocab.append(token)
    return {"vocab": vocab, "merges": merges}


class Tokenizer:
    """Encodes and decodes; keeps the tokens of each word it has met."""

    def __init__(self, data):
        self.vocab = data["vocab"]
        self.rank = {tuple(pair): i for i, pair in enumerate(data["merges"])}
        self.id = {token: i for i, token in enumerate(self.vocab)}
        self.words = {}

    @classmethod
    def load(cls, path):
        with open(path) as f:
            return cls(json.load(f))

    def of_word(self, word):
        ids = self.words.get(word)
        if ids is None:
            pieces = letters(word)
            while len(pieces) > 1:
                best = min(zip(pieces, pieces[1:]), key=lambda pair: self.rank.get(pair, len(self.rank)))
                if best not in self.rank:
                    break
                pieces = merged(pieces, best)
            ids = self.words[word] = [self.id[piece] for piece in pieces]
        return ids

    def encode(self, text):
        """Text, with special tokens where they are written out, to a list of ids."""
        ids = []
        for part in SPECIAL.split(text):
            if part in SPECIALS:
                ids.append(self.id[part])
            else:
                for word in WORD.findall(part):
                    ids += self.of_word(word)
        return ids

    def decode(self, ids):
        parts = [b"" if i < len(SPECIALS) else bytes(BYTE[c] for c in self.vocab[i]) for i in ids]
        return b"".join(parts).decode("utf8", "replace")
