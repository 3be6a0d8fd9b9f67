"""Which training messages are the same or nearly the same as one of the sealed cases, dev or test.

The rule is the one by which gapcheck calls a test case leaked (src/dataset/repeated-example.ts): the same text after NFKC, letter case and white space
are folded, or 85 % of the rows of five words in common. Each text is also compared without its marks, so that an end mark more hides nothing.
Only what the cases ask is read here, never what they expect.
"""
import json
import re
import unicodedata
from pathlib import Path

DATASETS = Path(__file__).parents[3] / "datasets"
ROW, NEARLY = 5, 0.85


def folded(text):
    return tuple(unicodedata.normalize("NFKC", text).lower().split())


def unmarked(text):
    return tuple(re.findall(r"[a-z0-9']+", unicodedata.normalize("NFKC", text).lower()))


def rows(words):
    return {words[i : i + ROW] for i in range(len(words) - ROW + 1)}


class Sealed:
    """What the sealed cases of a task ask."""

    def __init__(self, task):
        cases = [json.loads(line) for line in (DATASETS / f"{task.name}.jsonl").read_text().splitlines()]
        asked = [task.read(case) for case in cases]
        self.forms = [(form, {(words := form(text)): rows(words) for text in asked}) for form in (folded, unmarked)]

    def holds(self, text):
        """Whether a case asks this, or nearly."""
        for form, known in self.forms:
            words = form(text)
            own = rows(words)
            if words in known or any(both >= NEARLY * (len(own) + len(theirs) - both) for theirs in known.values() if (both := len(own & theirs))):
                return True
        return False
