"""Words of the `train.sh` that an export writes."""

import shlex
from pathlib import Path


def words_of(script: Path) -> list[str]:
    """The command that it ends with, and its arguments; "$model" and "$out" stand for what it is given."""
    text = script.read_text()
    return shlex.split(text[text.index("\nexec ") + len("\nexec ") :].replace("\\\n", " "))
