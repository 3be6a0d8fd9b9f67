"""Words for labels, keys and invented policies that mean nothing by themselves, so that they must be taken from the prompt."""
SYLLABLES = "ba be bi bo da de di do fa fe ga go ka ke ki ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to va ve vo za ze zo".split()
NOUNS = (
    "apple river stone cloud tiger piano silver window forest candle bridge rocket basket mirror garden winter summer north south alpha beta gamma delta "
    "team desk unit queue lane gate zone delivery billing login cancel refund order error status problem delay late charge double account password parcel "
    "courier bank money card bill payment access sign item ticket issue case customer change stop lost wait paid back reset type info data state level flag "
    "reason topic class kind shop size part code box day price total user first last new open closed high low fast slow request question wish claim"
).split()


def nonsense(random):
    return "".join(random.choice(SYLLABLES) for _ in range(random.choice([2, 3])))


def compound(random):
    return "_".join(random.choice(NOUNS) for _ in range(random.choice([1, 2, 2, 2, 3])))


def distinct(random, make, count):
    out = []
    while len(out) < count:
        word = make(random)
        if word not in out:
            out.append(word)
    return out


def labels(random, count):
    """So many distinct labels of one style: compounds most often, since real label sets look so."""
    style = random.choices(["compound", "nonsense", "noun", "code"], [0.6, 0.15, 0.15, 0.1])[0]
    if style == "code":
        prefix = random.choice(["", "class_", "L", "T"])
        return [prefix + c for c in random.sample("ABCDEFGHK123456789", count)]
    out = distinct(random, {"compound": compound, "nonsense": nonsense, "noun": lambda r: r.choice(NOUNS)}[style], count)
    return [w.upper() for w in out] if random.random() < 0.12 else out
