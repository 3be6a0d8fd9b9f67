"""Customers' messages: a core sentence that has a reason, and details around it."""
from dataclasses import dataclass

from phrases import CITIES, DAYS, NAMES, expand, load, order_number, product, sentence

INTENTS = load("intents")
PARTS = load("messages")
TARGETS = ["delivery_delay", "billing_error", "login_problem", "cancel_order", "refund_status"]
OTHERS = [name for name in INTENTS if name not in TARGETS]


@dataclass
class Message:
    text: str
    intent: str
    product: str
    says_product: bool
    name: str | None
    order: str | None
    urgent: bool
    mood: str


def message(random, intent=None, full=False, short=False):
    """A message; `full` always gives name and order number, `short` is the core sentence alone."""
    intent = intent or random.choice(list(INTENTS))
    item = product(random)
    core = expand(random, random.choice(INTENTS[intent]["cores"]), p=item, c=random.choice(CITIES), n=random.choice(NAMES), o=order_number(random), d=random.choice(DAYS))
    if random.random() < 0.2:
        core = f"{expand(random, random.choice(PARTS['fillers']))} {core}"
    name = random.choice(NAMES) if full or random.random() < 0.4 else None
    order = order_number(random) if full or random.random() < 0.35 else None
    urgent, mood = random.random() < 0.25, random.choice(["angry", "nice", "none", "none"])
    question = core.split()[0].lower() in ("where", "when", "how", "why", "what", "who", "is", "are", "can", "could", "do", "does", "did", "will", "would", "which")
    body = sentence(core, "?" if question and random.random() < 0.7 else random.choice(["...", "!", ".", ".", ".", "."]) if random.random() < 0.2 else ".")
    if short:
        return Message(body, intent, item, item in body, None, None, False, "none")
    pick = lambda part, **slots: sentence(expand(random, random.choice(PARTS[part]), **slots))
    before, after = [], []
    signed = name is not None and random.random() < 0.5
    if name and not signed:
        before.append(pick("names", n=name))
    if random.random() < 0.4:
        before.insert(0, sentence(expand(random, random.choice(PARTS["greetings"]), n=name or "there"), random.choice([".", ",", "!"])))
    if order:
        (before if random.random() < 0.25 else after).append(pick("orders", o=order))
    if urgent:
        after.append(pick("urgent", d=random.choice(DAYS)))
    elif random.random() < 0.15:
        after.append(pick("calm", d=random.choice(DAYS)))
    if mood != "none":
        after.append(pick(mood))
    random.shuffle(after)
    if signed:
        after.append(expand(random, random.choice(PARTS["signatures"]), n=name).capitalize().replace(name.lower(), name))
    return Message(" ".join([*before, body, *after]), intent, item, item in body, name, order, urgent, mood)
