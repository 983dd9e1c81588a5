"""Tools that a system message tells, read back from its text."""

import json
from typing import Any

beginning = "# Tools\n\nYou may call one or more functions"
ending = '{"name": <function-name>, "arguments": <args-json-object>}\n</tool_call>'


def told(messages: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Any]]:
    """The messages without the words about tools, and the tools."""
    first, *rest = messages
    assert first["role"] == "system", "no system message tells the tools"
    said, _, words = first["content"].rpartition(beginning)
    assert words.endswith(ending), "the system message does not end with how to call"
    listed = words.split("<tools>\n", 1)[1].rsplit("\n</tools>", 1)[0]
    tools = [json.loads(tool) for tool in listed.split("\n")]
    if said == "":
        return rest, tools
    assert said.endswith("\n\n")
    return [{**first, "content": said[:-2]}, *rest], tools
