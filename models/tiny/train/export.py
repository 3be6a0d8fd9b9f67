"""Writes the base as GGUF: `python3 export.py CHECKPOINT OUT.gguf`."""
import sys
from pathlib import Path

from gguf import write_model
from tokenizer import Tokenizer
from tune import load_base


def main(checkpoint, out):
    model = load_base(checkpoint)
    state = {name: p.detach().numpy() for name, p in model.state_dict().items()}
    write_model(out, model.config, state, Tokenizer.load(Path(__file__).with_name("tokenizer.json")))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
