"""Which rollouts give a row of a trainer's file, and what stands in it."""

import math
from dataclasses import dataclass

from oracle.conversation import Conversation, conversation_of
from oracle.lines import Json, Line

Messages = list[dict[str, Json]]


@dataclass(frozen=True)
class Wanted:
    """The options of an export that change what is written, at their defaults."""

    reasoning: str = "inline"
    tools: str = "keep"
    system: str = "keep"
    ending: str = "trim"
    arguments: str = "parsed"
    media: bool = False
    infinite: bool = False
    """Whether numbers such as 1e400 may stand there."""
    plain_answers: bool = False
    """Only answers of one message without calls."""
    smallest: float = 0.0
    """The float nearest to zero that the loader reads as it is."""


@dataclass(frozen=True)
class Asked:
    """A rollout as a prompt that ends with a user or a tool, and an answer that the assistant begins and ends."""

    prompt: Messages
    completion: Messages
    tools: list[dict[str, Json]]


def is_admitted(row: dict[str, Json]) -> bool:
    return row.get("_ng_failure_class") is None and row.get("mask_sample") is not True


def is_holding(text: str) -> bool:
    """Whether no half of a surrogate pair is in it."""
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


def is_whole(value: Json) -> bool:
    """No half of a surrogate pair in any text."""
    if isinstance(value, str):
        return is_holding(value)
    if isinstance(value, dict):
        return all(is_holding(key) and is_whole(each) for key, each in value.items())
    return all(map(is_whole, value)) if isinstance(value, list) else True


def is_writable(value: Json, smallest: float = 0.0) -> bool:
    """No half of a surrogate pair, no number that is read as infinity: nothing holds those as they are."""
    if isinstance(value, float):
        return math.isfinite(value) and (value == 0 or abs(value) >= smallest)
    if isinstance(value, dict):
        return is_whole(list(value)) and all(is_writable(each, smallest) for each in value.values())
    return all(is_writable(each, smallest) for each in value) if isinstance(value, list) else is_whole(value)


def read(line: Line, wanted: Wanted) -> Conversation | None:
    if not is_admitted(line.row):
        return None
    made = conversation_of(line.row, wanted.reasoning, wanted.arguments)
    if not made.has_response or made.unknown or (made.has_media() and not wanted.media):
        return None
    if wanted.arguments == "parsed" and made.has_text_arguments():
        return None
    if wanted.system == "drop":
        dropped = [message["role"] == "system" for message in made.messages]
        made.messages = [message for message, drop in zip(made.messages, dropped) if not drop]
        made.prompt -= sum(dropped[: made.prompt])
    if wanted.tools == "drop":
        made.tools = []
    written = [made.messages, made.tools]
    return made if (is_whole(written) if wanted.infinite else is_writable(written, wanted.smallest)) else None


def until_last_assistant(messages: Messages) -> Messages:
    ends = [i for i, message in enumerate(messages) if message["role"] == "assistant"]
    return messages[: ends[-1] + 1] if ends else []


def sft_row(line: Line, wanted: Wanted) -> Conversation | None:
    """The whole conversation, up to the last word of the assistant."""
    made = read(line, wanted)
    if made is None:
        return None
    kept = until_last_assistant(made.messages)
    if not kept or (wanted.ending == "leave-out" and len(kept) < len(made.messages)):
        return None
    made.messages = kept
    return made


def answer(line: Line, wanted: Wanted) -> Asked | None:
    """What stands before the policy's own first message is the prompt."""
    made = read(line, wanted)
    if made is None:
        return None
    own = made.messages[made.prompt :]
    first = next((i for i, message in enumerate(own) if message["role"] == "assistant"), None)
    if first is None:
        return None
    prompt = made.messages[: made.prompt + first]
    completion = until_last_assistant(own[first:])
    if wanted.ending == "leave-out" and len(completion) < len(own[first:]):
        return None
    if not prompt or prompt[-1]["role"] not in ("user", "tool"):
        return None
    if wanted.plain_answers and (len(completion) > 1 or "tool_calls" in completion[0]):
        return None
    return Asked(prompt, completion, made.tools)


def task_prompt(line: Line) -> Messages | None:
    """What a task asks; a row without a response has one too."""
    if not is_admitted(line.row):
        return None
    made = conversation_of(line.row)
    prompt = Conversation(made.messages[: made.prompt], made.prompt, [], False, False)
    if not prompt.messages or prompt.has_media() or prompt.has_text_arguments():
        return None
    return prompt.messages if prompt.messages[-1]["role"] in ("user", "tool") and is_writable(prompt.messages) else None
