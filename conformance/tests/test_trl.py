"""TRL's own configuration parser, loaders and trainers: every row, then one step on a tiny model."""

import json
from pathlib import Path
from typing import Any

import pytest
from trl import DPOTrainer, GRPOTrainer, KTOTrainer, RewardTrainer, SFTTrainer

from oracle import expected
from oracle.rows import Wanted
from proof import tiny
from proof.held import held, places
from proof.rendered import held_calls, is_marked, said
from proof.same import difference
from proof.trl_run import decoded, loaded, parsed, train_briefly

reading = 1e-15
"""`datasets` gives floats back to the 16th digit."""

wanted = Wanted(smallest=1e-305)


def run_of(trainer: type, method: str, export: Any, model: Path, out: Path, *more: str) -> tuple[Any, list[dict[str, Any]]]:
    """The trainer that `trl METHOD` makes, with the rows that it was given."""
    script_args, training_args, _, dataset_args = parsed(method, export, f"{method}.yaml", model, out, *more)
    data = loaded(script_args, dataset_args)[script_args.dataset_train_split]
    rewards = {}
    if method == "grpo":
        assert script_args.reward_funcs == ["my_reward.correct"]
        rewards = {"reward_funcs": [unequal]}
    made = trainer(model=str(model), args=training_args, train_dataset=data, processing_class=tiny.tokenizer(), **rewards)
    return made, data.to_list()


def text_of(tokenizer: Any, messages: list[Any], tools: Any = None) -> str:
    return tokenizer.apply_chat_template(messages, tools=tools, tokenize=False)


def losing(trainer: Any) -> list[str]:
    """The text that bears the loss, of each row."""
    pairs = zip(trainer.train_dataset["input_ids"], trainer.train_dataset["labels"])
    return [trainer.processing_class.decode([token for token, label in zip(ids, labels) if label != -100]) for ids, labels in pairs]


def test_sft(export, lines, model, tokenizer, tmp_path):
    made = export("trl/sft", meta=True)
    trainer, rows = run_of(SFTTrainer, "sft", made, model, tmp_path)
    held(made, rows, expected.conversations(lines, wanted), floats=reading)
    texts, trained = decoded(trainer), losing(trainer)
    assert len(texts) == len(rows)
    for row, text, loss in zip(rows, texts, trained):
        assert text == text_of(tokenizer, row["messages"], row["tools"])
        if not is_marked(row["messages"]):
            assert loss == "".join(said(text))
        held_calls(text, row["messages"])
    train_briefly(trainer, [len(text) for text in texts])


def test_sft_of_completions(export, lines, model, tokenizer, tmp_path):
    made = export("trl/sft-prompt-completion", meta=True)
    trainer, rows = run_of(SFTTrainer, "sft", made, model, tmp_path)
    held(made, rows, expected.answers(lines, wanted), floats=reading)
    texts, trained = decoded(trainer), losing(trainer)
    assert len(texts) == len(rows)
    for row, text, loss in zip(rows, texts, trained):
        assert text == text_of(tokenizer, row["prompt"] + row["completion"], row["tools"])
        if not is_marked([row["prompt"], row["completion"]]):
            turns = sum(message["role"] == "assistant" for message in row["completion"])
            assert loss == "".join(said(text)[-turns:])
        held_calls(text, row["prompt"] + row["completion"])
    train_briefly(trainer, [len(text) for text in texts])


def test_dpo(export, lines, model, tokenizer, tmp_path):
    made = export("trl/dpo", meta=True)
    trainer, rows = run_of(DPOTrainer, "dpo", made, model, tmp_path)
    held(made, rows, expected.pairs(lines, wanted), floats=reading)
    prompts, chosen, rejected = (decoded(trainer, name) for name in ("prompt_ids", "chosen_ids", "rejected_ids"))
    assert len(prompts) == len(rows)
    for row, prompt, better, worse in zip(rows, prompts, chosen, rejected):
        assert prompt + better == text_of(tokenizer, row["prompt"] + row["chosen"], row["tools"])
        assert prompt + worse == text_of(tokenizer, row["prompt"] + row["rejected"], row["tools"])
        assert better != worse
        held_calls(prompt + better, row["prompt"] + row["chosen"])
        held_calls(prompt + worse, row["prompt"] + row["rejected"])
    train_briefly(trainer, [len(prompt) + len(better) for prompt, better in zip(prompts, chosen)])


def test_kto(export, lines, model, tokenizer, tmp_path):
    made = export("trl/kto", meta=True)
    trainer, rows = run_of(KTOTrainer, "kto", made, model, tmp_path)
    held(made, rows, expected.labelled(lines, wanted), floats=reading)
    prompts, completions = (decoded(trainer, name) for name in ("prompt_ids", "completion_ids"))
    assert len(prompts) == len(rows)
    for row, prompt, completion in zip(rows, prompts, completions):
        assert prompt + completion == text_of(tokenizer, row["prompt"] + row["completion"], row["tools"])
        held_calls(prompt + completion, row["prompt"] + row["completion"])
    assert trainer.train_dataset["label"] == [row["label"] for row in rows]
    train_briefly(trainer, [len(prompt) + len(completion) for prompt, completion in zip(prompts, completions)])


def test_reward(export, lines, scorer, tokenizer, tmp_path):
    made = export("trl/reward", meta=True, margin_column=True)
    trainer, rows = run_of(RewardTrainer, "reward", made, scorer, tmp_path)
    pairs, margins = expected.pairs(lines, wanted), expected.margins(lines, wanted)
    whole = {
        at: {
            **{name: each for name, each in pair.items() if name == "tools"},
            "chosen": pair["prompt"] + pair["chosen"],
            "rejected": pair["prompt"] + pair["rejected"],
            "margin": margins[at],
        }
        for at, pair in pairs.items()
    }
    held(made, rows, whole, floats=reading)
    chosen, rejected = (decoded(trainer, name) for name in ("chosen_ids", "rejected_ids"))
    assert len(chosen) == len(rows)
    for row, better, worse in zip(rows, chosen, rejected):
        assert better == text_of(tokenizer, row["chosen"], row["tools"])
        assert worse == text_of(tokenizer, row["rejected"], row["tools"])
        assert better != worse
        for text, side in ((better, "chosen"), (worse, "rejected")):
            held_calls(text, row[side])
            prompt = pairs[places(row["gym_meta"])]["prompt"]
            assert text.startswith(text_of(tokenizer, row[side][: len(prompt)], row["tools"])) and len(row[side]) > len(prompt)
    train_briefly(trainer, [len(better) + len(worse) for better, worse in zip(chosen, rejected)])


seen: list[Any] = []


def unequal(completions: list[Any], solution: list[str], **_: Any) -> list[float]:
    """Rewards that differ, so that there is a gradient, and a record of what reached the reward function."""
    seen.extend(solution)
    return [float(number) for number in range(len(completions))]


def test_grpo(export, lines, model, tokenizer, tmp_path):
    made = export("trl/grpo", meta=True)
    seen.clear()
    few = ["--num_generations", "2", "--max_completion_length", "8", "--per_device_train_batch_size", "2", "--beta", "0.0"]
    trainer, rows = run_of(GRPOTrainer, "grpo", made, model, tmp_path, *few)
    tasks = {at: {"prompt": task["prompt"], "solution": task["truth"]} for at, task in expected.tasks(lines).items()}
    held_solutions(made, rows, tasks)
    tokenized, *_ = trainer._tokenize_prompts([row["prompt"] for row in rows])
    for row, ids in zip(rows, tokenized):
        asked = tokenizer.apply_chat_template(row["prompt"], tokenize=False, add_generation_prompt=True)
        assert trainer.processing_class.decode(ids) == asked
    train_briefly(trainer, [len(json.dumps(row["prompt"])) for row in rows], rows=1)
    assert seen and all(isinstance(solution, str) for solution in seen)


def held_solutions(made: Any, rows: list[dict[str, Any]], tasks: dict[Any, Any]) -> None:
    """A solution that was no text is its JSON."""
    for at, task in tasks.items():
        if not isinstance(task["solution"], str):
            row = next(row for row in rows if json.loads(row["gym_meta"])["line"] == at[1] and json.loads(row["gym_meta"])["file"] == at[0])
            assert difference(json.loads(row["solution"]), task["solution"]) is None
            task["solution"] = row["solution"]
    held(made, rows, tasks, floats=reading)


def test_reward_function(export):
    """The file that an export for GRPO puts beside its data scores what TRL gives it."""
    module = export("trl/grpo", meta=True).reward_module()
    completions = [[{"role": "assistant", "content": text}] for text in ("so 105", "so 106")]
    assert module.correct(prompts=["", ""], completions=completions, solution=["105", "105"]) == [1.0, 0.0]


@pytest.mark.parametrize("method", ["sft", "dpo"])
def test_splits(export, method, model, tmp_path):
    """With a validation share the folder is the data set, and its card names the splits."""
    made = export(f"trl/{method}", meta=True, validation=0.4)
    script_args, training_args, _, dataset_args = parsed(method, made, f"{method}.yaml", model, tmp_path)
    data = loaded(script_args, dataset_args)
    counts = {Path(file["path"]).stem: file["rows"] for file in made.manifest["files"] if file["rows"] > 0}
    assert {name: len(split) for name, split in data.items()} == counts
    assert sum(counts.values()) == made.rows
    if len(counts) == 1:  # a single task is not divided
        return
    assert training_args.eval_strategy == "epoch" and {script_args.dataset_train_split, script_args.dataset_test_split} == set(counts)
