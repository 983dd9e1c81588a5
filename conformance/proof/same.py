"""Equality that tells 1 from 1.0, true from 1, and a missing key from null."""

import math
from typing import Any


def difference(loaded: Any, expected: Any, floats: float = 0.0, at: str = "") -> str | None:
    """The first place where two JSON values differ, type included; None where they are equal.

    `floats`: how far, of its size, a float may be off.
    """
    if type(loaded) is not type(expected):
        return f"{at or 'value'}: {shown(loaded)} of type {type(loaded).__name__}, not {shown(expected)} of type {type(expected).__name__}"
    if isinstance(expected, dict):
        if loaded.keys() != expected.keys():
            return f"{at or 'object'}: keys {sorted(loaded)}, not {sorted(expected)}"
        return first(difference(loaded[key], expected[key], floats, f"{at}.{key}") for key in expected)
    if isinstance(expected, list):
        if len(loaded) != len(expected):
            return f"{at or 'list'}: {len(loaded)} values, not {len(expected)}"
        return first(difference(one, two, floats, f"{at}[{i}]") for i, (one, two) in enumerate(zip(loaded, expected)))
    if isinstance(expected, float):
        return None if math.isclose(loaded, expected, rel_tol=floats) else f"{at}: {loaded!r}, not {expected!r}"
    return None if loaded == expected else f"{at or 'value'}: {shown(loaded)}, not {shown(expected)}"


def first(differences: Any) -> str | None:
    return next((found for found in differences if found is not None), None)


def shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}…"


def within_64_bits(value: Any) -> Any:
    """Whole numbers beyond 64 bits as texts: what exports for `datasets` promise."""
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    if isinstance(value, dict):
        return {key: within_64_bits(each) for key, each in value.items()}
    return [within_64_bits(each) for each in value] if isinstance(value, list) else value
