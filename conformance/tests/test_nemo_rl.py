"""Exports for NeMo-RL. Its rules are held against every row; its own loaders read them where NEMO_RL_SRC names a checkout."""

import base64
import io
import json
from typing import Any

import pytest
import yaml
from PIL import Image

from oracle import expected
from oracle.rows import Wanted
from proof import nemo_rl_run as nemo_rl
from proof.held import held
from proof.held_tasks import held_tasks
from proof.product import NothingLeft
from proof.rendered import held_calls, is_marked, said

reading = 1e-15
exact = Wanted()
wanted = Wanted(smallest=1e-305)


def lines_of(path: Any) -> list[dict[str, Any]]:
    *texts, last = path.read_bytes().split(b"\n")
    assert last == b"", "the last line has no newline"
    return [json.loads(text) for text in texts]


def test_sft(export, lines):
    """In preserving mode each line is read by json.loads, as here."""
    made = export("nemo-rl/sft", meta=True)
    rows = lines_of(made.data())
    conversations = expected.conversations(lines, Wanted(media=True))
    seen = {at: {**row, "messages": [with_parts(message) for message in row["messages"]]} for at, row in conversations.items()}
    held(made, rows, seen, exact_integers=True)
    assert all(row["messages"][-1]["role"] == "assistant" for row in rows)


def with_parts(message: dict[str, Any]) -> dict[str, Any]:
    """Images as NeMo-RL takes them (multimodal_utils.py, get_media_from_message), by what their bytes are."""
    if isinstance(message["content"], str):
        return message
    return {**message, "content": [part if part["type"] == "text" else {"type": "image", "image": shown(part)} for part in message["content"]]}


def shown(part: dict[str, Any]) -> str:
    data = part["image_url"]["url"].split(",", 1)[1]
    kind = Image.open(io.BytesIO(base64.b64decode(data))).format
    return f"data:image/{str(kind).lower()};base64,{data}"


@nemo_rl.with_checkout
def test_sft_loaded(export, lines, tokenizer):
    made = export("nemo-rl/sft", meta=True, images="leave-out")
    config = yaml.safe_load((made.folder / "sft.yaml").read_text())
    assert config["policy"]["tokenizer"]["chat_template"] == "default"
    rows, dataset = nemo_rl.responses(config, tokenizer)
    held(made, lines_of(made.data()), expected.conversations(lines, exact), exact_integers=True)
    assert len(dataset) == len(rows) == made.rows
    for row, loaded in zip(lines_of(made.data()), (dataset[i] for i in range(len(dataset)))):
        log = loaded["message_log"]
        assert loaded["loss_multiplier"] == 1.0
        text = tokenizer.apply_chat_template(row["messages"], tools=row.get("tools"), tokenize=False)
        # Outputs of parallel calls get a mark of their own: the export warns of it.
        if not any(len(message.get("tool_calls", [])) > 1 for message in row["messages"]):
            assert "".join(message["content"] for message in log) == text
            assert "".join(tokenizer.decode(message["token_ids"]) for message in log) == text
        if not is_marked(row["messages"]):
            spoken = "".join(tokenizer.decode(message["token_ids"]) for message in log if message["role"] == "assistant")
            assert spoken.replace("<|im_start|>assistant\n", "") == "".join(said(text))
            held_calls(text, row["messages"])


def ranked(pairs: dict[Any, Any]) -> dict[Any, Any]:
    return {
        at: {
            **{name: pair[name] for name in pair if name == "tools"},
            "context": pair["prompt"],
            "completions": [{"rank": 0, "completion": pair["chosen"]}, {"rank": 1, "completion": pair["rejected"]}],
        }
        for at, pair in pairs.items()
    }


@pytest.mark.parametrize("target", ["nemo-rl/preference", "nemo-rl/rm"])
def test_ranked(export, lines, target):
    """The file as `datasets` reads it, which is what NeMo-RL loads through."""
    made = export(target, meta=True)
    held(made, nemo_rl.through_datasets(made), ranked(expected.pairs(lines, wanted)), floats=reading, tools_in="context")


def binary(pairs: dict[Any, Any]) -> dict[Any, Any]:
    """Answers of one message without calls, as texts."""
    return {at: {**pair, "chosen": text_of(pair["chosen"]), "rejected": text_of(pair["rejected"])} for at, pair in pairs.items()}


def text_of(answer: list[Any]) -> str:
    [message] = answer
    return message["content"]


def test_binary(export, lines):
    pairs = binary(expected.pairs(lines, Wanted(smallest=1e-305, plain_answers=True)))
    if not pairs:
        with pytest.raises(NothingLeft):
            export("nemo-rl/dpo", meta=True)
        return
    made = export("nemo-rl/dpo", meta=True)
    held(made, nemo_rl.through_datasets(made), pairs, floats=reading, tools_in="prompt")


@nemo_rl.with_checkout
@pytest.mark.parametrize(("target", "config"), [("nemo-rl/preference", "dpo"), ("nemo-rl/rm", "rm"), ("nemo-rl/dpo", "dpo")])
def test_pairs_loaded(export, target, config, tokenizer):
    try:
        made = export(target, meta=True)
    except NothingLeft:
        return  # as test_binary expects
    rows = nemo_rl.through_datasets(made)
    dataset, batch = nemo_rl.preferences(yaml.safe_load((made.folder / f"{config}.yaml").read_text()), tokenizer)
    assert len(dataset) == len(rows) == made.rows
    for row, loaded in zip(rows, (dataset[i] for i in range(len(dataset)))):
        if target == "nemo-rl/dpo":
            answer = {side: [{"role": "assistant", "content": row[side]}] for side in ("chosen", "rejected")}
            context = row["prompt"]
        else:
            answer = dict(zip(("chosen", "rejected"), (each["completion"] for each in row["completions"])))
            context = row["context"]
        assert loaded["loss_multiplier"] == 1.0
        for side, log in (("chosen", loaded["message_log_chosen"]), ("rejected", loaded["message_log_rejected"])):
            messages = context + answer[side]
            if not any(len(message.get("tool_calls") or []) > 1 for message in messages):
                text = tokenizer.apply_chat_template(messages, tokenize=False)
                assert "".join(tokenizer.decode(message["token_ids"]) for message in log) == text
                held_calls(text, messages)
        sides = [[message["token_ids"].tolist() for message in loaded[f"message_log_{side}"]] for side in ("chosen", "rejected")]
        assert sides[0][: len(context)] == sides[1][: len(context)] and sides[0] != sides[1]
    assert batch(dataset)


def test_gym(export, lines):
    held_tasks(export("nemo-rl/grpo"), lines)


@nemo_rl.with_checkout
def test_gym_loaded(export, tokenizer):
    made = export("nemo-rl/grpo")
    _, dataset = nemo_rl.responses(yaml.safe_load((made.folder / "grpo.yaml").read_text()), tokenizer)
    assert len(dataset) == made.rows
    loaded = [dataset[i] for i in range(len(dataset))]
    for row, given in zip(lines_of(made.data()), loaded):
        assert given["extra_env_info"] == row and json.dumps(given["extra_env_info"]) == json.dumps(row)
    assert nemo_rl.batch_of(loaded)


def test_math(export, lines):
    made = export("nemo-rl/grpo-math", meta=True)
    rows = nemo_rl.through_datasets(made)
    tasks = {at: task for at, task in expected.tasks(lines).items() if is_question(task["prompt"])}
    outputs = {}
    for row in rows:
        told = json.loads(row["gym_meta"])
        outputs[told["file"], told["line"]] = row["output"]
    for at, task in tasks.items():
        assert outputs[at] == task["truth"] if isinstance(task["truth"], str) else json.loads(outputs[at]) == task["truth"]
    questions = {at: {"input": "\n\n".join(m["content"] for m in task["prompt"]), "output": outputs[at]} for at, task in tasks.items()}
    held(made, rows, questions)


def is_question(prompt: list[Any]) -> bool:
    asked = [message["role"] for message in prompt if message["role"] != "system"]
    return asked == ["user"]


@nemo_rl.with_checkout
def test_math_loaded(export, tokenizer):
    made = export("nemo-rl/grpo-math", meta=True)
    rows = nemo_rl.through_datasets(made)
    _, dataset = nemo_rl.responses(yaml.safe_load((made.folder / "grpo.yaml").read_text()), tokenizer)
    assert len(dataset) == len(rows)
    for row, given in zip(rows, (dataset[i] for i in range(len(dataset)))):
        assert given["extra_env_info"]["ground_truth"] == row["output"]
        assert row["input"] in given["message_log"][0]["content"]
