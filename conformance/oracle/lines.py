"""Rollout files as they lie on the disk."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = Any


@dataclass(frozen=True)
class Line:
    """A row: the file it stands in, by its name or, where several have it, its path; its line from 1; its object.

    `planned`: the row of `_materialized_inputs.jsonl` beside the file with the same indices, which may ask something else.
    """

    file: str
    number: int
    row: dict[str, Json]
    text: bytes
    planned: dict[str, Json] | None = None


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
        planned: dict[Json, dict[str, Json]] = {}
        for _, row, _ in objects_of(path.with_name(f"{path.stem}_materialized_inputs.jsonl")):
            if indices_of(row) is not None:
                planned.setdefault(indices_of(row), row)
        read += [Line(name, number, row, text, planned.get(indices_of(row))) for number, row, text in objects_of(path)]
    return tuple(read)


def objects_of(path: Path) -> Iterator[tuple[int, dict[str, Json], bytes]]:
    for number, text in enumerate(path.read_bytes().split(b"\n") if path.exists() else [], start=1):
        try:
            row = json.loads(text.removesuffix(b"\r").decode("utf-8").removeprefix("\ufeff"), parse_constant=refuse)
        except ValueError:
            continue
        if isinstance(row, dict):
            yield number, row, text


def indices_of(row: dict[str, Json]) -> Json:
    """None for a row without both, which is planned nowhere."""
    both = row.get("_ng_task_index"), row.get("_ng_rollout_index")
    return None if None in both else both
