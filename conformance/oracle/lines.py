"""Rollout files as they lie on the disk."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = Any


@dataclass(frozen=True)
class Line:
    """A row: the file it stands in, by its name or, where several have it, its path; its line from 1; its object."""

    file: str
    number: int
    row: dict[str, Json]
    text: bytes


def refuse(name: str) -> Json:
    raise ValueError(f"{name} is no JSON")


def is_sibling(path: Path) -> bool:
    """What Gym writes beside rollouts is no rollout."""
    return path.stem.endswith(("_materialized_inputs", "_reward_profiling", "_failures"))


@cache
def read_lines(source: Path) -> tuple[Line, ...]:
    """Every line of a file, or of the files of a folder, that is a JSON object."""
    files = [source] if source.is_file() else [path for path in sorted(source.rglob("*.jsonl")) if not is_sibling(path)]
    named = Counter(path.name for path in files)
    read = []
    for path in files:
        name = path.name if named[path.name] == 1 else path.relative_to(source).as_posix()
        for number, text in enumerate(path.read_bytes().split(b"\n"), start=1):
            try:
                row = json.loads(text.removesuffix(b"\r").decode("utf-8").removeprefix("\ufeff"), parse_constant=refuse)
            except ValueError:
                continue
            if isinstance(row, dict):
                read.append(Line(name, number, row, text))
    return tuple(read)
