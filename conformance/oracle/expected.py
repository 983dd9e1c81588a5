"""The rows that a file should hold, by where they come from."""

from collections.abc import Iterable
from typing import Any

from oracle.groups import Place, first_of_tasks, pairs_of, pass_mark, place, reward_of
from oracle.lines import Json, Line
from oracle.rows import Wanted, answer, sft_row

Rows = dict[Any, dict[str, Json]]
"""By file and line, of a pair those of chosen and rejected."""


def with_tools(tools: list[Json], **columns: Json) -> dict[str, Json]:
    """Where there are no tools their column is null."""
    return {**columns, "tools": tools} if tools else columns


def conversations(lines: Iterable[Line], wanted: Wanted) -> Rows:
    made = ((place(line), sft_row(line, wanted)) for line in lines)
    return {at: with_tools(row.tools, messages=row.messages) for at, row in made if row is not None}


def answers(lines: Iterable[Line], wanted: Wanted) -> Rows:
    made = ((place(line), answer(line, wanted)) for line in lines)
    return {at: with_tools(row.tools, prompt=row.prompt, completion=row.completion) for at, row in made if row is not None}


def labelled(lines: Iterable[Line], wanted: Wanted) -> Rows:
    rewards = {place(line): reward_of(line) for line in lines}
    rows = {at: row for at, row in answers(lines, wanted).items() if rewards[at] is not None}
    mark = pass_mark(rewards.values())
    return {at: {**row, "label": rewards[at] >= mark} for at, row in rows.items()}


def pairs(lines: Iterable[Line], wanted: Wanted) -> Rows:
    return {
        places: with_tools(good.tools, prompt=good.prompt, chosen=good.completion, rejected=bad.completion)
        for places, (good, bad, _) in pairs_of(lines, wanted).items()
    }


def margins(lines: Iterable[Line], wanted: Wanted) -> dict[tuple[Place, Place], float]:
    return {places: margin for places, (_, _, margin) in pairs_of(lines, wanted).items()}


def tasks(lines: Iterable[Line]) -> Rows:
    """A row a task: its prompt, and as a text what answers are checked against."""
    return {place(line): {"prompt": prompt, "truth": truth} for line, prompt, truth in first_of_tasks(lines)}
