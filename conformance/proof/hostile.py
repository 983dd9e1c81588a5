"""Rollouts with values that loaders are known to drop, round or retype."""

import json
from pathlib import Path
from typing import Any

Json = Any

huge = "x" * 200_000

strings = {
    "number": "10",
    "boolean": "true",
    "object": '{"a": 1}',
    "null": "null",
    "date": "2023-11-30",
    "time": "2024-01-01T10:00:00",
    "nul": "a\u0000b",
    "separators": "a\u2028b\u2029c\u0085d",
    "astral": "𝒳 😀 नमस्ते ﷽ e\u0301",
    "blank": "",
    "spaces": "  \n\t ",
    "carriage": "a\r\nb\rc",
    "marks": "</think> </tool_call> <|endoftext|>",
    "escapes": '\\ \\" \\u0041 \\n',
    "bom": "\ufeffx",
    "html": "<image> <script>alert(1)</script>",
    "control": "".join(map(chr, range(1, 32))),
    "long": huge,
}

numbers: dict[str, str] = {
    "int53": "9007199254740993",
    "int63": "9223372036854775807",
    "uint64": "18446744073709551615",
    "int64": "-9223372036854775808",
    "beyond64": "18446744073709551616",
    "below64": "-9223372036854775809",
    "int200": "1" + "0" * 200,
    "one": "1.0",
    "exponent": "1e5",
    "tiny": "6.6743e-11",
    "smallest": "5e-324",
    "largest": "1.7976931348623157e308",
    "long": "3.1622776601683795",
    "negative": "-0.0",
    "half": "0.1",
}
"""As they stand in the file."""

lone = {"lone": '"\\ud83d"', "lone-key": '{"\\ude00": 1}', "infinite": "1e400", "below": "-1e999"}
"""What no loader gives back as it was: such rollouts must be left out, with a reason."""


class Raw(str):
    """JSON text that stands in a row as it is."""


def dumps(value: Json) -> str:
    raws: list[str] = []

    def marked(each: Json) -> Json:
        if isinstance(each, Raw):
            raws.append(each)
            return f"@raw{len(raws) - 1}@"
        if isinstance(each, dict):
            return {key: marked(inner) for key, inner in each.items()}
        return [marked(inner) for inner in each] if isinstance(each, list) else each

    text = json.dumps(marked(value), ensure_ascii=False)
    for number, raw in enumerate(raws):
        text = text.replace(f'"@raw{number}@"', raw)
    return text


def argument_sets() -> dict[str, str]:
    """Arguments of calls, as the model wrote them."""
    sets = {f"string-{name}": json.dumps({"value": text}, ensure_ascii=False) for name, text in strings.items()}
    sets |= {f"number-{name}": f'{{"value": {text}}}' for name, text in numbers.items()}
    sets |= {f"lone-{name}": f'{{"value": {text}}}' for name, text in lone.items()}
    return sets | {
        "empty": "{}",
        "nulls": '{"a": null, "b": [null, {"c": null}]}',
        "nested": '{"a": {"b": {"c": [[], {}, [[]]]}}, "": 1, "a.b": 2, "a b": 3}',
        "mixed-int": '{"x": 1, "y": 1}',
        "mixed-float": '{"x": 1.5, "y": [1, 2]}',
        "mixed-text": '{"x": "1", "y": {"z": true}}',
        "prototype": '{"__proto__": {"polluted": true}, "constructor": "x", "toString": null}',
        "twice": '{"a": 1, "a": 2}',
        "spaced": ' { "a" : [ 1 , 2 ] } ',
        "keys": '{"type": "x", "message": {}, "payload": 1}',
        "list": "[1, 2]",
        "broken": '{"path": "src/',
        "text": '"text"',
    }


tool = {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object", "properties": {}}, "strict": True}
tool_lists: dict[str, list[Json]] = {
    "empty": [],
    "strict": [tool],
    "nulls": [{**tool, "description": None, "parameters": None, "strict": None}],
    "schema": [
        {
            **tool,
            "parameters": {"type": "object", "properties": {"π": {"enum": ["10", 10, None, Raw("1.0")], "maximum": Raw("1e22")}}},
        }
    ],
    "built-in": [{"type": "web_search"}, tool],
}

roles = ("user", "system", "developer")


def rollout(task: int, number: int, output: list[Json], reward: Json, **more: Json) -> dict[str, Json]:
    request = {"input": [{"role": "user", "content": more.pop("ask", f"question {task}")}], "tools": more.pop("tools", [tool])}
    return {
        "responses_create_params": request,
        "response": {"output": output},
        "reward": reward,
        "_ng_task_index": task,
        "_ng_rollout_index": number,
        "agent_ref": {"type": "responses_api_agents", "name": "hostile"},
        "expected_answer": "105",
        **more,
    }


def message(text: Json, role: str = "assistant") -> Json:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}


def called(arguments: str, output: str = "done") -> list[Json]:
    return [
        {"type": "function_call", "call_id": "c", "name": "f", "arguments": arguments},
        {"type": "function_call_output", "call_id": "c", "output": output},
    ]


def rollouts() -> list[dict[str, Json]]:
    """Two rollouts a task: the odd value stands in both, so that each kind of row gets to see it."""
    made: list[dict[str, Json]] = []

    def group(*outputs: list[Json], **more: Json) -> None:
        task = len(made)
        for number, output in enumerate(outputs):
            made.append(rollout(task, number, output, number, **more))

    for arguments in argument_sets().values():
        group([*called(arguments), message("no")], [*called(arguments), message("yes")])
    for text in [*strings.values(), *map(Raw, [lone["lone"]])]:
        group([message("no")], [message("yes")], ask=text)
        group([message("no")], [message(text)])
        group([*called("{}", text), message("no")], [*called("{}", text), message("yes")])
        group([message("no")], [message("yes")], expected_answer=text)
        group([{"type": "reasoning", "summary": [{"text": text}]}, message("no")], [message("yes")])
    for tools in tool_lists.values():
        group([message("no")], [message("yes")], tools=tools)
    for value in [*map(Raw, numbers.values()), Raw("1e400"), ["a", 1], {"a": None}, True]:
        group([message("no")], [message("yes")], expected_answer=value, metadata={"value": value})
    group([message("no")], [message("yes")], ask=[{"type": "input_text", "text": "10"}, {"type": "input_text", "text": "x"}])
    group([message("no")], [message("yes"), message("and", "user")])
    group([message("no")], [*called("{}")])
    group([message("no")], [message("a"), message("b")], **{"__proto__": {"x": 1}, "type": "x", "message": {}, "images": []})
    return made


def write_hostile(path: Path) -> Path:
    text = "".join(f"{dumps(row)}\n" for row in rollouts())
    path.write_bytes(text.encode())
    return path
