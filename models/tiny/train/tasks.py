"""The four tuned tasks: their one-line prompts, their answers, and the training sets in datasets/*.train.jsonl.

`python3 tasks.py` writes the sets anew, `python3 tasks.py sizes` lists what is tuned. The sets are the pool of the few-shot examples too. Of the evaluation
sets only what the cases ask is read, and only to refuse a line that one of them repeats (`sealed.py`); whatever else is drawn does not depend on them.
"""
import json
import random
import sys
from dataclasses import dataclass
from typing import Callable

from facts import ATTRIBUTES, UNKNOWN, ask, models, sheet
from messages import INTENTS, TARGETS, message
from orders import order
from phrases import expand
from replies import TARGET_STEPS, reply
from sealed import DATASETS, Sealed

POLICY = {
    "delivery_delay": "within two days",
    "billing_error": "within three days",
    "login_problem": "by email",
    "cancel_order": "nothing will be charged",
    "refund_status": "within five days",
}


def routing_case(r, i):
    m = message(r, TARGETS[i % 5])
    return {"input": {"message": m.text}, "expected": m.intent}


def reply_case(r, i):
    reason = TARGETS[i % 5]
    m = message(r, reason)
    while True:
        solution = expand(r, r.choice(INTENTS[reason]["solution"]), p=m.product if m.says_product else "product")
        if POLICY[reason] in solution:
            break
    expected = {"reason": reason, "name": m.name or "customer", "policy": POLICY[reason], "reply": reply(r, m, TARGET_STEPS, solution)}
    return {"input": {"message": m.text}, "expected": expected | ({"product": m.product} if m.says_product else {})}


def order_case(r, i):
    o = order(r, 1 + i % 4, (i // 4) % 3)
    final = {"items": [{"product": n, "quantity": q} for n, q in o.items], "city": o.city}
    # The reply as it is trained and shown: other spaces are other tokens, which the model has not read.
    return {"input": {"message": o.text}, "expected": {**final, "reply": json.dumps(final)}}


def fact_case(r, i):
    rows = sheet()
    if i % 6 == 5:
        model = models(r, 1)[0]
        return {"input": {"question": ask(r, r.choice(ATTRIBUTES), model)}, "expected": {"answer": UNKNOWN, "known": False}}
    j = i - i // 6
    row, attribute = rows[j // 5 % 40], ATTRIBUTES[j % 5]
    return {"input": {"question": ask(r, attribute, row["model"])}, "expected": {"answer": row[attribute], "known": True}}


@dataclass(frozen=True)
class Task:
    name: str
    prompt: str
    read: Callable
    answer: Callable
    case: Callable
    sizes: tuple
    epochs: int
    rank: int


TASKS = [
    Task("intent-routing", "intent", lambda c: c["input"]["message"], lambda c: c["expected"], routing_case, (60, 240, 960), 10, 4),
    Task("support-reply", "service reply", lambda c: c["input"]["message"], lambda c: c["expected"]["reply"], reply_case, (60, 240, 960), 10, 4),
    Task("order-extraction", "order", lambda c: c["input"]["message"], lambda c: c["expected"]["reply"], order_case, (96, 384, 1536), 8, 4),
    Task("product-facts", "product facts", lambda c: c["input"]["question"], lambda c: c["expected"]["answer"], fact_case, (240, 480, 1920), 24, 4),
]


def drawn(task):
    """So many cases as the largest training set has; no message occurs twice."""
    r, cases, seen = random.Random(f"tune/{task.name}"), [], set()
    while len(cases) < task.sizes[-1]:
        case = task.case(r, len(cases))
        if task.read(case) not in seen:
            seen.add(task.read(case))
            cases.append(case)
    return cases


def train_set(task):
    """The largest training set of a task; a smaller one is its beginning. No message occurs twice, and none is that of a sealed case or nearly.

    A line that is refused gives way to another for the same label or fact in the same place, drawn from a seed of its own: all other lines stay as
    they were.
    """
    cases, sealed, r = drawn(task), Sealed(task), random.Random(f"tune/{task.name}/instead")
    seen = {task.read(case) for case in cases}
    for i, case in enumerate(cases):
        while sealed.holds(task.read(case)) or (case is not cases[i] and task.read(case) in seen):
            case = task.case(r, i)
        seen.add(task.read(case))
        cases[i] = case
    return [{"id": f"train-{i + 1:04d}", **case} for i, case in enumerate(cases)]


def path(task):
    return DATASETS / f"{task.name}.train.jsonl"


def main():
    if sys.argv[1:] == ["sizes"]:
        for task in TASKS:
            for size in task.sizes:
                print(task.name, size)
        return
    for task in TASKS:
        path(task).write_text("".join(json.dumps(c) + "\n" for c in train_set(task)))


if __name__ == "__main__":
    main()
