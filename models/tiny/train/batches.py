"""Batches of packed rows, the same ones for the same seed, rank and pool: so that a stopped training goes on exactly where it was."""
import random

import numpy as np

from mixture import draw

TOKENS = 6144
LENGTHS = (256, 512, 1024)
POOL = 320


def encoded(tokenizer, segments):
    ids, weights = [], []
    for text, weight in segments:
        part = tokenizer.encode(text)
        ids += part
        weights += [weight] * len(part)
    return ids, weights


def rows(documents, length, fillers):
    """Whole documents packed into rows of length + 1, gaps filled from `fillers` (shorter ones, used up); the tail is padding of weight 0."""
    packed = []

    def place(document, room):
        for row in packed:
            if len(row[0]) + len(document[0]) <= length + 1 and len(row[0]) <= room:
                row[0].extend(document[0])
                row[1].extend(document[1])
                return True
        return False

    for document in sorted(documents, key=lambda d: -len(d[0])):
        if not place(document, length):
            packed.append((list(document[0]), list(document[1])))
    for document in [*fillers]:
        if place(document, length - 40):
            fillers.remove(document)
    return packed


def pool_batches(tokenizer, seed, rank, pool, step):
    """The batches of one pool: (ids, weights), int64 and float32 arrays of (TOKENS / length, length + 1)."""
    r = random.Random(f"{seed}/{rank}/{pool}")
    by_length = {length: [] for length in LENGTHS}
    for _ in range(POOL):
        document = encoded(tokenizer, draw(r, step))
        length = next((n for n in LENGTHS if len(document[0]) <= n + 1), None)
        if length is not None:
            by_length[length].append(document)
    batches = []
    short = by_length[LENGTHS[0]]
    for length in reversed(LENGTHS):
        packed = rows(by_length[length], length, short if length > LENGTHS[0] else [])
        r.shuffle(packed)
        count = TOKENS // length
        # An unfilled last batch is dropped: another pool has its like.
        for i in range(0, len(packed) - count + 1, count):
            ids = np.zeros((count, length + 1), np.int64)
            weights = np.zeros((count, length + 1), np.float32)
            for j, (row_ids, row_weights) in enumerate(packed[i : i + count]):
                ids[j, : len(row_ids)], weights[j, : len(row_ids)] = row_ids, row_weights
            batches.append((ids, weights))
    # The same order of lengths for all ranks, so that none waits for a longer row of another.
    random.Random(f"{seed}/{pool}").shuffle(batches)
    return batches
