"""A document is a list of (text, weight): what is read has a small weight in the loss, what is to be answered a large one.

The layout is the chat template of the GGUF file, so that a prompt at run time reads like a document of the training.
"""
from tokenizer import END, START

READ, ANSWER = 0.12, 1.0
TEMPLATE = (
    "{{ '<|start|>' }}{% for m in messages %}{% if m['role'] == 'system' %}{{ 'Task: ' + m['content'] + '\\n' }}"
    "{% elif m['role'] == 'user' %}{{ '\\nMessage: ' + m['content'] + '\\nAnswer:' }}"
    "{% else %}{{ ' ' + m['content'] + '<|end|>' }}{% endif %}{% endfor %}"
)


def document(task, turns):
    """`task` is the instruction or None; `turns` are (message, answer, weight)."""
    segments = [(START + (f"Task: {task}\n" if task else ""), READ)]
    for message, answer, weight in turns:
        segments += [(f"\nMessage: {message}\nAnswer:", READ), (f" {answer}{END}", weight)]
    return segments


def prompt(task, shots, message):
    """The text that a model completes."""
    turns = "".join(f"\nMessage: {m}\nAnswer: {a}{END}" for m, a in shots)
    return START + (f"Task: {task}\n" if task else "") + turns + f"\nMessage: {message}\nAnswer:"


def text_of(segments):
    return "".join(text for text, _ in segments)
