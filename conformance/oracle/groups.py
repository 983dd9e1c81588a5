"""Tasks, and what is made of several rollouts of one."""

import json
import math
from collections.abc import Hashable, Iterable

from oracle.lines import Json, Line
from oracle.planned import planned_of
from oracle.rows import Asked, Messages, Wanted, answer, is_writable, task_prompt

Place = tuple[str, int]


def place(line: Line) -> Place:
    return line.file, line.number


def canonical(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def task_of(line: Line) -> Hashable:
    """Equal for rollouts of one task: by Gym's index, else by a named id, else by what is asked, else each its own."""
    row = line.row
    agent = (row.get("agent_ref") or {}).get("name")
    if row.get("_ng_task_index") is not None:
        return agent, "index", row["_ng_task_index"]
    for key in ("task_id", "problem_id", "instance_id"):
        if row.get(key) is not None:
            return agent, key, row[key]
    request = row.get("responses_create_params") or {}
    asked = {key: request.get(key) for key in ("input", "tools", "instructions")}
    return (agent, "asked", canonical(asked)) if asked["input"] else (agent, "place", place(line))


def reward_of(line: Line) -> float | None:
    """A number, booleans included, as the reward is shown."""
    reward = line.row.get("reward")
    return float(reward) if isinstance(reward, int | float) and math.isfinite(reward) else None


def pass_mark(values: Iterable[float | None]) -> float:
    """The larger one of two values, where there are no more, else 0.5."""
    found = {value for value in values if value is not None}
    return max(found) if len(found) == 2 else 0.5


def pairs_of(lines: Iterable[Line], wanted: Wanted, margin: float = 0.1) -> dict[tuple[Place, Place], tuple[Asked, Asked, float]]:
    """Best and worst of each task that were asked the same and answered otherwise, by the places of chosen and rejected."""
    groups: dict[Hashable, list[tuple[Line, Asked, float]]] = {}
    for line in lines:
        asked, reward = answer(line, wanted), reward_of(line)
        if asked is not None and reward is not None:
            key = task_of(line), canonical([asked.prompt, asked.tools])
            groups.setdefault(key, []).append((line, asked, reward))
    pairs = {}
    for group in groups.values():
        best, good, high = max(group, key=lambda each: each[2])
        for worst, bad, low in sorted(group, key=lambda each: each[2]):
            if high - low >= margin - 1e-12 and canonical(bad.completion) != canonical(good.completion):
                pairs[place(best), place(worst)] = (good, bad, high - low)
                break
    return pairs


usual_truths = ("expected_answer", "ground_truth", "answer", "solution", "expected_output", "label", "verifier_metadata")


def truth_of(line: Line) -> Json:
    rows = [planned_of(line) or {}, line.row]
    return next((row[name] for row in rows for name in usual_truths if row.get(name) is not None), None)


def first_of_tasks(lines: Iterable[Line]) -> list[tuple[Line, Messages, Json]]:
    """The first rollout of each task that has a prompt and a ground truth."""
    firsts: dict[Hashable, tuple[Line, Messages, Json]] = {}
    for line in lines:
        prompt, truth = task_prompt(line), truth_of(line)
        if prompt is not None and truth is not None and (not isinstance(truth, str) or is_writable(truth)):
            firsts.setdefault(task_of(line), (line, prompt, truth))
    return list(firsts.values())
