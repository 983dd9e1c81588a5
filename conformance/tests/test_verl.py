"""verl's own configurations, dataset factories and collate functions: every row."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from verl.trainer.ppo.reward import get_custom_reward_fn
from verl.trainer.ppo.utils import create_rl_dataset
from verl.trainer.sft_trainer import create_sft_dataset
from verl.utils.dataset.rl_dataset import collate_fn
from verl.utils.import_utils import load_extern_object

from oracle import expected
from oracle.lines import Line
from oracle.planned import planned_of
from oracle.rows import Wanted
from proof.held import held
from proof.held_tasks import held_tasks
from proof.rendered import held_calls, is_marked, said
from proof.same import difference
from proof.verl_run import configured, files

recipes = os.environ.get("VERL_RECIPE_SRC")


def test_sft(export, lines, tokenizer):
    made = export("verl/sft", meta=True)
    with configured(made) as config:
        data = create_sft_dataset(files(config.data.train_files), config.data, tokenizer, None)
        raw = [row.to_dict() for _, row in data.dataframe.iterrows()]
        tools = data.tools or [None] * len(raw)
        rows = [{"messages": data._build_messages(row), "tools": offered, "gym_meta": row["gym_meta"]} for row, offered in zip(raw, tools)]
        held(made, rows, expected.conversations(lines, Wanted()), exact_integers=True)
        assert len(data) == len(rows)
        for row, loaded in zip(rows, (data[i] for i in range(len(data)))):
            text = tokenizer.apply_chat_template(row["messages"], tools=row["tools"], tokenize=False)
            trained = tokenizer.decode(loaded["input_ids"][loaded["loss_mask"] == 1])
            if not is_marked(row["messages"]):
                assert trained == "".join(said(text))
            held_calls(text, row["messages"])
            # Outputs of parallel calls get marks of their own, because each message is rendered alone.
            if not any(len(message.get("tool_calls", [])) > 1 for message in row["messages"]):
                assert tokenizer.decode(loaded["input_ids"]) == text


def test_rl(export, lines, tokenizer):
    made = export("verl/rl", meta=True)
    with configured(made) as config:
        data = create_rl_dataset(files(config.data.train_files), config.data, tokenizer, None)
        loaded = [data[i] for i in range(len(data))]
        score = get_custom_reward_fn(config)
    batch = collate_fn(loaded)
    assert len(batch["raw_prompt"]) == len(loaded) == made.rows
    rows = [{name: row[name] for name in ("data_source", "ability", "reward_model", "extra_info", "gym_meta")} for row in loaded]
    for row, whole in zip(rows, loaded):
        row["prompt"] = whole["raw_prompt"]
    by_place = {(line.file, line.number): line for line in lines}
    wanted = {}
    for at, task in expected.tasks(lines).items():
        row = next(row for row in rows if json.loads(row["gym_meta"])["line"] == at[1] and json.loads(row["gym_meta"])["file"] == at[0])
        wanted[at] = task_row(by_place[at], at, task, row)
    held(made, rows, wanted, floats=1e-15)
    for row in rows:
        truth = row["reward_model"]["ground_truth"]
        given = {"data_source": row["data_source"], "ground_truth": truth, "extra_info": row["extra_info"]}
        assert score(solution_str=f"so {truth}", **given) == 1.0
        assert score(solution_str=f"{truth} or so", **given) == 0.0 or not truth.strip()


def task_row(line: Line, at: Any, task: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """What stands in a row; a ground truth that was no text, and the fields of the task, are JSON."""
    agent = (line.row.get("agent_ref") or {}).get("name")
    stands_in = planned_of(line) or line.row
    truth = row["reward_model"]["ground_truth"]
    assert truth == task["truth"] if isinstance(task["truth"], str) else difference(json.loads(truth), task["truth"]) is None
    fields = json.loads(row["extra_info"]["gym"])
    for name, value in fields.items():
        assert difference(value, stands_in[name]) is None, (at, name)
    index = line.row.get("_ng_task_index")
    return {
        "data_source": f"nemo_gym/{agent}" if agent else "nemo_gym",
        "prompt": task["prompt"],
        "ability": "agent",
        "reward_model": {"style": "rule", "ground_truth": truth},
        "extra_info": {"index": at[1] if index is None else index, "gym": row["extra_info"]["gym"]},
    }


def test_gym(export, lines):
    held_tasks(export("verl/gym"), lines, messages_only=True)


@pytest.mark.skipif(not recipes, reason="the recipe itself read nothing: VERL_RECIPE_SRC names no checkout of verl-recipe")
def test_gym_loaded(export, lines, tokenizer):
    """Read by the dataset class of verl-recipe, which no registry has."""
    made = export("verl/gym")
    rows = held_tasks(made, lines, messages_only=True)
    recipe = load_extern_object(str(Path(str(recipes)) / "nemo_gym" / "dataset.py"), "NeMoGymJSONLDataset")
    data = recipe([str(made.data())], tokenizer)
    assert len(data) == len(rows)
    loaded = [data[i] for i in range(len(data))]
    for row, given in zip(rows, loaded):
        asked = row["responses_create_params"]
        prompt = [{"role": message["role"], "content": message["content"]} for message in asked["input"]]
        assert difference(given["raw_prompt"], prompt) is None
        assert difference(given["agent_ref"], row["agent_ref"]) is None
        others = {name: value for name, value in row.items() if name not in ("responses_create_params", "agent_ref")}
        posted = dict(given["extra_env_info"])
        extra = posted.pop("_rcp_extra", {})
        assert difference(posted, others) is None
        assert difference(extra, {name: asked[name] for name in extra}) is None
    assert len(data.collate_fn(loaded)["raw_prompt"]) == len(rows)
