"""Holding what a loader gives against what rollouts say."""

import json
from typing import Any

from proof.product import Export
from proof.same import difference, within_64_bits

Rows = list[dict[str, Any]]


def places(meta: str) -> Any:
    """Where a row came from, as its own column says: file and line, of a pair those of both sides."""
    told = json.loads(meta)
    return (told["file"], told["line"]) if "file" in told else tuple((side["file"], side["line"]) for side in told.values())


def held(export: Export, rows: Rows, expected: dict[Any, dict[str, Any]], *, floats: float = 0.0, exact_integers: bool = False) -> Rows:
    """What should stand in each row, in the order of the rows, once all were compared: none missing, none more, each value of its type.

    Columns that are null count as absent. `exact_integers`: whole numbers beyond 64 bits stay numbers.
    """
    assert len(rows) == export.rows == len(expected), f"{len(rows)} rows loaded, {export.rows} written, {len(expected)} expected"
    found = []
    for row in rows:
        given = {name: value for name, value in row.items() if value is not None}
        at = places(given.pop("gym_meta"))
        assert at in expected, f"{at} should have been left out, or stands there twice"
        value = expected.pop(at)
        value = value if exact_integers else within_64_bits(value)
        fault = difference(given, value, floats)
        assert fault is None, f"{at}: {fault}"
        found.append(value)
    return found
