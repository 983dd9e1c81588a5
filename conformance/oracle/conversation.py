"""Responses items to chat messages, after Gym's converter, then in the form that chat templates take."""

import json
from dataclasses import dataclass, field

from oracle.lines import Json, refuse


@dataclass
class Turn:
    """A message before it is written. `said` holds the texts and `thought` the reasoning of an assistant."""

    role: str
    content: Json = ""
    said: list[str] = field(default_factory=list)
    thought: list[str] = field(default_factory=list)
    calls: list[dict[str, Json]] = field(default_factory=list)
    call_id: str | None = None


@dataclass
class Conversation:
    messages: list[dict[str, Json]]
    """How many of the messages were there before the policy said anything of its own."""
    prompt: int
    tools: list[dict[str, Json]]
    has_response: bool
    unknown: bool

    def has_media(self) -> bool:
        return any(not isinstance(message["content"], str) for message in self.messages)

    def has_text_arguments(self) -> bool:
        calls = [call for message in self.messages for call in message.get("tool_calls", [])]
        return any(isinstance(call["function"]["arguments"], str) for call in calls)


def text_of(value: Json) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def turns_of(items: list[Json]) -> tuple[list[Turn], bool]:
    """Consecutive reasoning, text and calls are one turn of the assistant; an item of another type is unknown."""
    turns: list[Turn] = []
    unknown = False
    speaking = False
    for item in items:
        kind = kind_of(item)
        if kind is None:
            unknown = True
        elif kind in ("reasoning", "function_call", "assistant"):
            if not speaking:
                turns.append(Turn("assistant"))
            speak(turns[-1], kind, item)
            speaking = True
        else:
            speaking = False
            is_output = kind == "function_call_output"
            content = content_of(item.get("output" if is_output else "content"))
            call_id = item.get("call_id" if is_output else "tool_call_id")
            turns.append(Turn("tool" if is_output else kind, content, call_id=call_id or None))
    return turns, unknown


def kind_of(item: Json) -> str | None:
    if not isinstance(item, dict):
        return None
    if item.get("type") in (None, "", "message"):
        return item.get("role") if item.get("role") in ("system", "developer", "user", "assistant", "tool") else None
    return item["type"] if item["type"] in ("reasoning", "function_call", "function_call_output") else None


def speak(turn: Turn, kind: str, item: dict[str, Json]) -> None:
    if kind == "reasoning":
        texts = [part["text"] for part in item.get("summary") or [] if part.get("text")]
        turn.thought += texts or [part["text"] for part in item.get("content") or [] if part.get("text")]
    elif kind == "function_call":
        turn.calls.append({"id": item.get("call_id") or item.get("id"), **picked(item)})
    else:
        beside = next((item[key] for key in ("reasoning_content", "reasoning", "thinking") if item.get(key)), None)
        turn.thought += [beside] if beside else []
        content = item.get("content")
        parts = content if isinstance(content, list) else [{"text": text_of(content)}]
        turn.said += [text_of(part.get("refusal") if part.get("type") == "refusal" else part.get("text")) for part in parts]
        for call in item.get("tool_calls") or []:
            turn.calls.append({"id": call.get("id"), **picked(call.get("function", call))})


def picked(call: dict[str, Json]) -> dict[str, Json]:
    return {"name": text_of(call.get("name")), "arguments": call.get("arguments")}


def content_of(content: Json) -> Json:
    """A text, or parts in chat form where one of them is no text."""
    if content is None or isinstance(content, str):
        return content or ""
    parts = [part_of(part) for part in content]
    return "".join(part["text"] for part in parts) if all(part["type"] == "text" for part in parts) else parts


def part_of(part: dict[str, Json]) -> dict[str, Json]:
    match part["type"]:
        case "input_text" | "output_text" | "text":
            return {"type": "text", "text": part["text"]}
        case "input_image":
            return {"type": "image_url", "image_url": {"url": part["image_url"], "detail": part.get("detail") or "auto"}}
        case _:
            return part


def conversation_of(row: dict[str, Json], reasoning: str = "inline", arguments: str = "parsed") -> Conversation:
    """`reasoning`: inline, separate or drop. `arguments`: parsed or text."""
    request = row.get("responses_create_params") or {}
    asked = request.get("input")
    asked_items = [{"role": "user", "content": asked}] if isinstance(asked, str) else asked or []
    if not request and isinstance(row.get("messages"), list):
        asked_items = row["messages"]
    before, unknown = turns_of(asked_items)
    items = response_items(row.get("response"))
    has_response = items is not None
    after, also_unknown = turns_of(items or [])
    if items is not None and isinstance(row["response"], dict) and is_nested(row["response"].get("output")):
        after = without_repeated(before, after)
    prompt = len(before)
    if not before and has_response:
        prompt = next((i for i, turn in enumerate(after) if turn.role == "assistant"), len(after))
    turns = before + after
    if before and after and before[-1].role == after[0].role == "assistant":
        prompt -= 1
        first, second = before[-1], after[0]
        both = Turn("assistant", "", first.said + second.said, first.thought + second.thought, first.calls + second.calls)
        turns = [*before[:-1], both, *after[1:]]
    return written(turns, prompt, request, row, reasoning, arguments, has_response, unknown or also_unknown)


def response_items(response: Json) -> list[Json] | None:
    if isinstance(response, str):
        return [{"role": "assistant", "content": response}]
    if not isinstance(response, dict) or not isinstance(response.get("output"), list):
        return None
    output = response["output"]
    return output[-1] if is_nested(output) else output


def is_nested(output: Json) -> bool:
    """Transitions of an environment, each the whole history so far."""
    return isinstance(output, list) and len(output) > 0 and isinstance(output[-1], list)


def without_repeated(before: list[Turn], after: list[Turn]) -> list[Turn]:
    def key(turn: Turn) -> tuple[Json, ...]:
        return (turn.role, turn.content, "".join(turn.said), turn.calls)

    return after[len(before) :] if list(map(key, before)) == list(map(key, after[: len(before)])) else after


def written(
    turns: list[Turn],
    prompt: int,
    request: dict[str, Json],
    row: dict[str, Json],
    reasoning: str,
    arguments: str,
    has_response: bool,
    unknown: bool,
) -> Conversation:
    names = call_names(turns)
    messages = [(i < prompt, message_of(turn, names.get(i), reasoning, arguments)) for i, turn in enumerate(turns)]
    kept = [(asked, message) for asked, message in messages if message is not None]
    leading = next((i for i, (_, message) in enumerate(kept) if message["role"] != "system"), len(kept))
    texts = [request.get("instructions") or "", *(message["content"] for _, message in kept[:leading])]
    system = [text for text in texts if text]
    rest = kept[leading:]
    head = [{"role": "system", "content": "\n\n".join(system)}] if system else []
    return Conversation(
        messages=head + [message for _, message in rest],
        prompt=len(head) + sum(asked for asked, _ in rest),
        tools=tools_of(request, row),
        has_response=has_response,
        unknown=unknown,
    )


def call_names(turns: list[Turn]) -> dict[int, str]:
    """The name of the call that each output answers, by the place of the output: the earliest unanswered one of its id."""
    waiting: dict[str, list[str]] = {}
    names: dict[int, str] = {}
    for i, turn in enumerate(turns):
        for call in turn.calls:
            waiting.setdefault(call["id"] or "", []).append(call["name"])
        if turn.role == "tool" and waiting.get(turn.call_id or ""):
            names[i] = waiting[turn.call_id or ""].pop(0)
    return names


def message_of(turn: Turn, name: str | None, reasoning: str, arguments: str) -> dict[str, Json] | None:
    if turn.role == "tool":
        named = {"tool_call_id": turn.call_id, "name": name}
        return {"role": "tool", "content": turn.content, **{key: value for key, value in named.items() if value is not None}}
    if turn.role != "assistant":
        return {"role": "system" if turn.role == "developer" else turn.role, "content": turn.content}
    text = "".join(turn.said)
    thought = "" if reasoning == "drop" else "\n\n".join(turn.thought)
    if not (text or thought or turn.calls):
        return None
    message: dict[str, Json] = {"role": "assistant", "content": text}
    if thought and reasoning == "inline":
        message["content"] = f"<think>\n{thought}\n</think>\n\n{text}"
    elif thought:
        message["reasoning_content"] = thought
    if turn.calls:
        message["tool_calls"] = [call_of(call, arguments) for call in turn.calls]
    return message


def call_of(call: dict[str, Json], arguments: str) -> dict[str, Json]:
    given = call["arguments"]
    if arguments == "parsed" and isinstance(given, str):
        try:
            parsed = json.loads(given, parse_constant=refuse)
        except (ValueError, RecursionError):
            parsed = None
        given = parsed if isinstance(parsed, dict) else given
    named = {"id": call["id"]} if call["id"] else {}
    return {**named, "type": "function", "function": {"name": call["name"], "arguments": given}}


def tools_of(request: dict[str, Json], row: dict[str, Json]) -> list[dict[str, Json]]:
    """Nested as chat templates take them, without strict; what is no function is left out."""
    response = row.get("response")
    places = (request.get("tools"), row.get("tools"), response.get("tools") if isinstance(response, dict) else None)
    offered = next((tools for tools in places if isinstance(tools, list)), [])
    tools = []
    for tool in offered:
        inner = tool.get("function") or (tool if tool.get("type") == "function" else None)
        if inner:
            described = {key: value for key, value in inner.items() if key not in ("type", "strict")}
            tools.append({"type": "function", "function": described})
    return tools
