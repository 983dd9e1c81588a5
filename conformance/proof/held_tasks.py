"""Holding the task rows of an export for Gym against what rollouts say."""

import json
from typing import Any

from oracle.gym_tasks import gym_tasks
from oracle.lines import Line
from proof.product import Export
from proof.same import difference


def held_tasks(export: Export, lines: tuple[Line, ...], *, messages_only: bool = False) -> list[dict[str, Any]]:
    """The rows of the file, once each was found to hold the fields of its task as they are, but those that rollouts differ in."""
    *texts, last = export.data().read_bytes().split(b"\n")
    assert last == b""
    rows = [json.loads(text) for text in texts]
    tasks = gym_tasks(lines, messages_only=messages_only)
    assert len(rows) == export.rows == len(tasks)
    for row, (task, may, must) in zip(rows, tasks):
        assert task.keys() - row.keys() <= may, sorted(task.keys() - row.keys() - may)
        assert not row.keys() & must, sorted(row.keys() & must)
        fault = difference(row, {name: task[name] for name in row})
        assert fault is None, fault
    return rows
