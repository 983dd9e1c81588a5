"""Task rows as Gym's agents take them: what NeMo-RL and verl's recipe post to an environment."""

import re
from collections.abc import Hashable, Iterable
from typing import Any

from oracle.groups import canonical, task_of
from oracle.lines import Json, Line
from oracle.planned import planned_of
from oracle.rows import is_admitted, is_writable

request_keys = frozenset(
    ["background", "include", "input", "instructions", "max_output_tokens", "max_tool_calls", "metadata", "model", "parallel_tool_calls"]
    + ["previous_response_id", "prompt", "reasoning", "service_tier", "store", "stream", "temperature", "text", "tool_choice", "tools"]
    + ["top_logprobs", "top_p", "truncation", "user"]
)
"""Of NeMoGymResponseCreateParamsNonStreaming, which forbids all others."""

stamped = re.compile(r"response|reward|reward_components|mask_sample|failure_reason|skills_ref|_ng_.*|ng_.*")


def request_of(line: Line, messages_only: bool) -> dict[str, Json] | None:
    """Without nulls, if Gym's model admits it. `messages_only`: its input as a list of messages with a role."""
    asked = (planned_of(line) or line.row).get("responses_create_params")
    if not is_admitted(line.row) or not isinstance(asked, dict):
        return None
    request = {key: value for key, value in asked.items() if value is not None}
    given = request.get("input")
    if not request.keys() <= request_keys or not isinstance(given, str | list) or request.get("stream"):
        return None
    if not isinstance(request.get("tools", []), list) or not all(map(is_flat, request.get("tools", []))):
        return None
    if not all(isinstance(value, str) for value in request.get("metadata", {}).values()):
        return None
    if not isinstance(request.get("max_output_tokens", 0), int):
        return None
    if messages_only:
        request["input"] = messages_of(given)
        if not request["input"]:
            return None
    return request


def is_flat(tool: dict[str, Json]) -> bool:
    return tool.get("type") != "function" or ("name" in tool and "strict" in tool and "function" not in tool)


def messages_of(given: Json) -> list[Json]:
    """None of them where one is no message with a role."""
    items = [{"role": "user", "content": given}] if isinstance(given, str) else given
    if not all(item.get("role") in ("system", "developer", "user", "assistant") and item.get("content") is not None for item in items):
        return []
    return [{**item, "role": "system"} if item["role"] == "developer" else item for item in items]


def gym_tasks(lines: Iterable[Line], *, messages_only: bool) -> list[tuple[dict[str, Json], frozenset[str], frozenset[str]]]:
    """Of each task its row; the fields that may be left out of it, as rollouts differ in them; and of those the ones that must be."""
    everything = list(lines)
    tasks: dict[Hashable, Line] = {}
    for line in everything:
        request = request_of(line, messages_only)
        agent = (kept(line).get("agent_ref") or {}).get("name")
        if request is not None and agent and is_writable([request, kept(line)]):
            tasks.setdefault(task_of(line), line)
    may, must = differing(everything)
    none: frozenset[str] = frozenset()
    made = []
    for line in tasks.values():
        task = {**kept(line), "responses_create_params": request_of(line, messages_only)}
        made.append((task, none, none) if planned_of(line) else (task, may, must))
    return made


def kept(line: Line) -> dict[str, Json]:
    """Of the planned input, where there is one; of its agent, if it names one."""
    planned = planned_of(line)
    fields = {key: value for key, value in (planned or line.row).items() if not stamped.fullmatch(key)}
    if planned is not None and not (fields.get("agent_ref") or {}).get("name") and "agent_ref" in line.row:
        fields["agent_ref"] = line.row["agent_ref"]
    return fields


def differing(lines: list[Line]) -> tuple[frozenset[str], frozenset[str]]:
    """Fields that differ between rollouts of a task that were asked the same, and those of them that hold no lists or objects."""
    firsts: dict[Hashable, dict[str, Json]] = {}
    fields: set[str] = set()
    plain: set[str] = set()
    for line in lines:
        request = line.row.get("responses_create_params") or {}
        first = firsts.setdefault((task_of(line), canonical([request.get("input"), request.get("tools")])), line.row)
        for key in first.keys() | line.row.keys():
            one, other = first.get(key, absent), line.row.get(key, absent)
            if one is not other and (type(one) is not type(other) or one != other):
                fields.add(key)
                if not any(isinstance(value, dict | list) for value in (one, other)):
                    plain.add(key)
    return frozenset(fields), frozenset(plain)


absent: Any = object()
