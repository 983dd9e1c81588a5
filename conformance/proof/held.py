"""Holding what a loader gives against what rollouts say."""

import json
from typing import Any

from proof.product import Export
from proof.same import difference, within_64_bits
from proof.told_tools import told

Rows = list[dict[str, Any]]


def places(meta: str) -> Any:
    """Where a row came from, as its own column says: file and line, of a pair those of both sides."""
    told = json.loads(meta)
    return (told["file"], told["line"]) if "file" in told else tuple((side["file"], side["line"]) for side in told.values())


def held(
    export: Export,
    rows: Rows,
    expected: dict[Any, dict[str, Any]],
    *,
    floats: float = 0.0,
    exact_integers: bool = False,
    tools_in: str | None = None,
) -> None:
    """Holds all rows against what should be there: none missing, none more, each value of its type.

    Columns that are null count as absent. `exact_integers`: whole numbers beyond 64 bits stay numbers. `tools_in`: the column whose
    system message tells the tools, where they have no column of their own.
    """
    assert len(rows) == export.rows == len(expected), f"{len(rows)} rows loaded, {export.rows} written, {len(expected)} expected"
    left = dict(expected)
    for row in rows:
        given = {name: value for name, value in row.items() if value is not None}
        at = places(given.pop("gym_meta"))
        assert at in left, f"{at} should have been left out, or stands there twice"
        value = left.pop(at)
        if tools_in is not None and "tools" in value:
            messages, tools = told(given[tools_in])
            given |= {tools_in: messages, "tools": tools}
        fault = difference(given, value if exact_integers else within_64_bits(value), floats)
        assert fault is None, f"{at}: {fault}"
