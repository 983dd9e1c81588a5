"""The oracle reads conversations as Gym's own converter does (../shared/golden: its result for every real rollout)."""

import json
import re
from typing import Any

import pytest

from oracle.conversation import conversation_of
from oracle.lines import read_lines
from proof.product import project
from proof.same import difference

golden = project.parent / "shared" / "golden" / "conversations"
rollouts = project.parent / "shared" / "rollouts"


def canonical(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gym's form in ours, without reasoning: contents are texts, developer is system, leading ones are one, empty turns are none."""
    made = []
    for message in messages:
        content = message["content"] or ""
        if isinstance(content, list):
            content = "".join(part["text"] for part in content)
        if message["role"] == "assistant":
            content = without_thoughts(content)
            if not content and not message.get("tool_calls"):
                continue
        role = "system" if message["role"] == "developer" else message["role"]
        if role == "system" and all(each["role"] == "system" for each in made):
            content = "\n\n".join([*(each["content"] for each in made), content])
            made = []
        calls = [called(call["function"]) for call in message.get("tool_calls") or []]
        made.append({"role": role, "content": content, **({"calls": calls} if calls else {})})
    return made


def shortened(message: dict[str, Any]) -> dict[str, Any]:
    calls = [called(call["function"]) for call in message.get("tool_calls", [])]
    content = without_thoughts(message["content"]) if message["role"] == "assistant" else message["content"]
    return {"role": message["role"], "content": content, **({"calls": calls} if calls else {})}


def without_thoughts(text: str) -> str:
    return re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL)


def called(function: dict[str, Any]) -> Any:
    given = function["arguments"]
    return [function["name"], json.loads(given) if isinstance(given, str) else given]


def test_conversations():
    if not golden.is_dir():
        pytest.skip(f"there are no results of Gym in {golden}")
    by_place = {(path.relative_to(rollouts).as_posix()): path for path in rollouts.rglob("*.jsonl")}
    compared = 0
    for results in golden.iterdir():
        for result in filter(None, results.read_text().split("\n")):
            told = json.loads(result)
            if "error" in told or any(has_media(message) for message in told["messages"]):
                continue
            rows = {line.number: line.row for line in read_lines(by_place[told["file"]])}
            made = conversation_of(rows[told["line"] + 1], reasoning="drop")
            ours = [shortened(message) for message in made.messages]
            assert difference(ours, canonical(told["messages"])) is None, (told["file"], told["line"])
            compared += 1
    assert compared > 250


def has_media(message: dict[str, Any]) -> bool:
    return isinstance(message["content"], list) and any(part["type"] != "text" for part in message["content"])
