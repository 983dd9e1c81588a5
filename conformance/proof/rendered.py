"""What the proof template makes of a conversation, read back from its text alone."""

import json
import re
from typing import Any

from proof.same import difference

start = "<|im_start|>"
end = "<|im_end|>"
spoken = re.compile(re.escape(start) + r"assistant\n(.*?" + re.escape(end) + r"\n)", re.DOTALL)
called = re.compile(r"<tool_call>\n(.*?)\n</tool_call>", re.DOTALL)


def said(text: str) -> list[str]:
    """What the assistant said in each of its turns, with the mark that ends it."""
    return spoken.findall(text)


def calls(text: str) -> list[dict[str, Any]]:
    """Every call in what the assistant said; some trainers cut the line break behind the last turn."""
    return [json.loads(call) for turn in said(text.rstrip("\n") + "\n") for call in called.findall(turn)]


def held_calls(text: str, messages: list[Any]) -> None:
    """Calls in the text have the arguments of the messages, type included: nothing was added, and no null became a text."""
    if not is_marked(messages):
        called_in = [call["function"] for message in messages for call in message.get("tool_calls") or []]
        fault = difference(calls(text), called_in)
        assert fault is None, fault


def is_marked(value: Any) -> bool:
    """Whether a text has marks of the template in it, so that it cannot be told from the template's own words."""
    text = json.dumps(value, ensure_ascii=False)
    return any(mark in text for mark in (start, end, "<|endoftext|>", "<tool_call>", "</tool_call>"))
