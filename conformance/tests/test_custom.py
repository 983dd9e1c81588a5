"""Exports of one's own shape: every value as it was, read by Python's own JSON and by pyarrow."""

import json
from collections import Counter
from typing import Any

import pyarrow
from datasets import load_dataset

from oracle import expected
from oracle.conversation import conversation_of
from oracle.groups import place
from oracle.rows import Wanted, is_admitted, is_whole, sft_row
from proof.held import held
from proof.same import difference


def rows_of(export: Any) -> list[dict[str, Any]]:
    *texts, last = export.data().read_bytes().split(b"\n")
    assert last == b""
    return [json.loads(text) for text in texts]


def test_rollouts(export, lines):
    """The lines themselves, byte for byte."""
    made = export("custom/rollouts")
    *texts, last = made.data().read_bytes().split(b"\n")
    assert last == b""
    assert Counter(texts) == Counter(line.text for line in lines)


def read(lines: Any) -> dict[Any, Any]:
    """Conversations as they are, by place."""
    made = {place(line): (line, conversation_of(line.row)) for line in lines if is_admitted(line.row)}
    return {at: (line, each) for at, (line, each) in made.items() if each.has_response and not each.unknown}


def test_map(export, lines):
    made = export("custom/map", meta=True)
    wanted = {
        at: {"messages": each.messages, "reward": line.row.get("reward")}
        for at, (line, each) in read(lines).items()
        if is_whole(each.messages)
    }
    rows = rows_of(made)
    for row in rows:
        row["reward"] = row["reward"] if row["reward"] is not None else absent
    wanted = {at: {**row, "reward": absent if row["reward"] is None else row["reward"]} for at, row in wanted.items()}
    held(made, rows, wanted, exact_integers=True)


absent = "null in the file"


def test_arrow(export, lines):
    made = export("custom/arrow", meta=True)
    texts = {at: "\n\n".join(map(told, each.messages)) for at, (_, each) in read(lines).items()}
    wanted = {at: {"text": text} for at, text in texts.items() if is_whole(text)}
    held(made, load_dataset("arrow", data_files=str(made.data()), split="train").to_list(), wanted)
    with pyarrow.OSFile(str(made.data())) as file:
        table = pyarrow.ipc.open_stream(file).read_all()
    assert table.num_rows == made.rows and all(field.type == pyarrow.string() for field in table.schema)


def told(message: dict[str, Any]) -> str:
    content = message["content"]
    text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    return f"{message['role']}: {text}"


def test_openai_chat(export, lines):
    made = export("custom/openai-chat", meta=True)
    texts = Wanted(arguments="text", media=True, infinite=True)
    wanted = {at: {**row, "messages": chat(row["messages"])} for at, row in expected.conversations(lines, texts).items()}
    held(made, rows_of(made), wanted, exact_integers=True)


def chat(messages: list[Any]) -> list[Any]:
    """Every call with an id, and outputs without the name of theirs."""
    named = []
    for at, message in enumerate(messages):
        if message["role"] == "tool":
            message = {name: value for name, value in message.items() if name != "name"}
        elif "tool_calls" in message:
            calls = [{"id": f"call_{at}_{i}", **call} for i, call in enumerate(message["tool_calls"])]
            message = {**message, "tool_calls": calls}
        named.append(message)
    return named


def test_sharegpt(export, lines):
    made = export("custom/sharegpt", meta=True)
    rows = rows_of(made)
    for row in rows:
        if "tools" in row:
            row["tools"] = json.loads(row["tools"])
        for turn in row["conversations"]:
            if turn["from"] == "function_call":
                turn["value"] = json.loads(turn["value"])
    wanted = {}
    for line in lines:
        made_of = sft_row(line, Wanted())
        if made_of is None:
            continue
        turns = [turn for message in made_of.messages for turn in turns_of(message)]
        tools = {"tools": [tool["function"] for tool in made_of.tools]} if made_of.tools else {}
        wanted[place(line)] = {"conversations": turns, **tools}
    held(made, rows, wanted, exact_integers=True)


speakers = {"system": "system", "user": "human", "tool": "observation", "assistant": "gpt"}


def turns_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    said = {"from": speakers[message["role"]], "value": message["content"]}
    if "tool_calls" not in message:
        return [said]
    calls = [{name: call["function"][name] for name in ("name", "arguments")} for call in message["tool_calls"]]
    called = {"from": "function_call", "value": calls[0] if len(calls) == 1 else calls}
    return [said, called] if message["content"] else [called]


def test_map_of_pairs(export, lines):
    """A template over both sides of a pair."""
    made = export(
        "custom/map",
        meta=True,
        unit="pairs",
        **{"field.ask": "prompt", "field.good": "chosen.completion", "field.bad": "rejected.completion", "field.by": '"a constant"'},
    )
    for row in rows_of(made):
        told_places = [(side["file"], side["line"]) for side in json.loads(row["gym_meta"]).values()]
        sides = [next(line for line in lines if place(line) == at) for at in told_places]
        good, bad = (conversation_of(line.row) for line in sides)
        whole = {"ask": good.messages[: good.prompt], "good": good.messages[good.prompt :], "bad": bad.messages[bad.prompt :]}
        assert difference({name: row[name] for name in whole}, whole) is None
        assert good.messages[: good.prompt] == bad.messages[: bad.prompt] and row["by"] == "a constant"
        assert sides[0].row["reward"] > sides[1].row["reward"]
