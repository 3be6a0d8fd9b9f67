"""Reply documents: service replies of named steps, with policies that stand in the prompt or in its examples.

The target's own structure (greet, confirm, solution, ask) with its policies never occurs: neither that sequence nor those solutions.
"""
from documents import document
from messages import INTENTS, OTHERS, message
from phrases import expand, load, sentence
from words import NOUNS

STEPS = load("replies")
NAMES_OF_STEPS = STEPS["step_names"]
TARGET_STEPS = ["greet", "confirm", "solution", "ask"]
ASK = ["Reply to the customer.", "Write an answer to the customer.", "Answer as customer service.", "Write a short service reply."]
ORDER = ["Steps: {}.", "Follow this order: {}.", "First to last: {}.", "Do these steps in order: {}."]
ACTS = "check send call update trace reset cancel close open repair move clean swap add pay bring".split()
WHEN = ["today", "tomorrow", "within two days", "within three days", "within five days", "within one week", "by email", "by phone", "next week", "at no cost"]


def invented_policy(random):
    who = random.choice(["we will", "our team will", "the shop will", "a manager will", "I will"])
    what = random.choice(["the <p>", "your account", "the order", f"the {random.choice(NOUNS)}", f"a new {random.choice(NOUNS)}", "the parcel", "the money", "a link"])
    return f"{who} {random.choice(ACTS)} {what} {random.choice(WHEN)}"


def reply(random, m, steps, policy=None, fixed=None):
    """The reply to a message; `policy` is the solution phrase (default: one of the reason's own), `fixed` step -> phrase for a uniform style."""
    parts, fixed = [], fixed or {}
    for step in steps:
        phrase = fixed.get(step) or random.choice(STEPS[step])
        confirm = expand(random, random.choice(INTENTS[m.intent]["confirm"]), p=m.product if m.says_product else "product") if step == "confirm" else ""
        solution = expand(random, policy or random.choice(INTENTS[m.intent]["solution"]), p=m.product if m.says_product else "product") if step == "solution" else ""
        phrase = phrase.replace("<x>", confirm).replace("<s>", solution)
        text = expand(random, phrase, n=m.name or "customer", o=m.order or "unknown")
        after_comma = parts and parts[-1].endswith(",")
        text = (text if after_comma else text[0].upper() + text[1:]) if text.endswith(",") else sentence(text) if not after_comma else sentence(text)
        parts.append(text)
    return " ".join(parts)


def some_steps(random):
    while True:
        steps = [s for s in ("greet", "thanks", "sorry", "confirm", "solution", "gift", "reference", "ask") if random.random() < 0.5]
        if random.random() < 0.2:
            random.shuffle(steps)
        if random.random() < 0.3:
            steps.append("sign")
        if 2 <= len(steps) <= 5 and steps != TARGET_STEPS:
            return steps


def replies(random):
    steps = some_steps(random)
    with_policy = random.random() < 0.55
    reasons = random.sample(OTHERS, random.choice([1, 2, 3, 4, 5]) if with_policy else 5)
    policies = {c: invented_policy(random) if random.random() < 0.7 else random.choice(INTENTS[c]["solution"]) for c in reasons} if with_policy else {}
    if with_policy and "solution" not in steps:
        steps.insert(len(steps) // 2, "solution")
    written = with_policy and random.random() < 0.5
    named = random.random() < 0.6
    fixed = {s: random.choice(STEPS[s]) for s in steps if s != "solution"} if random.random() < 0.4 else None
    task = random.choice(ASK)
    if named:
        task += " " + random.choice(ORDER).format(", ".join(random.choice(NAMES_OF_STEPS[s]) for s in steps))
    if written:
        # Slots and choices would be read as text in an instruction.
        policies = {c: expand(random, p, p="product") for c, p in policies.items()}
        rules = [f"If {expand(random, random.choice(INTENTS[c]['confirm']), p='product')}, {p}." for c, p in policies.items()]
        random.shuffle(rules)
        task += " " + " ".join(rules)
    shots = random.choice([0, 1, 2, 3, 4, 5]) if named or written else random.choice([0, 1, 2, 3, 4, 5, 5])
    if with_policy and not written:
        shots = max(shots, len(reasons))
    order, seen, turns = random.sample(reasons, len(reasons)), set(), []
    for i in range(shots + 1):
        c = order.pop() if order and random.random() < 0.85 else random.choice(reasons)
        m = message(random, c, full=random.random() < 0.3)
        known = written or not with_policy or c in seen
        turns.append((m.text, reply(random, m, steps, policies.get(c), fixed), (1.0 if known else 0.3) if named or i else 0.4))
        seen.add(c)
    return document(task, turns)
