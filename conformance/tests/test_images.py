"""Exports with images, read by the loaders and processors of the trainers: the pixels of each image, in their order, in their places."""

import io
import json
import math
import os
import re
import sys
from contextlib import chdir
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
import yaml
from openrlhf.datasets import PromptDataset
from openrlhf.utils.vlm_utils import process_prompt_with_images
from PIL import Image
from trl import DPOTrainer, GRPOTrainer, KTOTrainer, SFTTrainer
from verl.trainer.ppo.utils import create_rl_dataset
from verl.trainer.sft_trainer import create_sft_dataset

from proof import nemo_rl_run as nemo_rl
from proof import product, seeing, trl_run
from proof.openrlhf_run import arguments_of, loaded, strategy_of
from proof.pictured import answered, asked, pictures, write_pictured
from proof.verl_run import configured, files

shapes = ["files", "inline"]
good, bad = 1, 0


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictured(tmp_path_factory.mktemp("pictured") / "pictured.jsonl")


@pytest.fixture(scope="module")
def sight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seeing.save(tmp_path_factory.mktemp("sight"))


def export(target: str, source: Path, images: str) -> product.Export:
    made = product.export(target, source, source.parent, images=images, meta=True)
    assert made.excluded() == {}
    return made


def once(text: str) -> str:
    """The text of tokens, where each image is many places, with one for each."""
    return re.sub(r"(<\|image_pad\|>)+", r"\1", text.replace("<|endoftext|>", ""))


def task_of(row: dict[str, Any]) -> int:
    """As its own column says, of a pair as both sides do."""
    told = json.loads(row["gym_meta"])
    return int(told.get("task", told.get("chosen", {}).get("task")))


def held_pixels(given: Any, tasks: list[int]) -> None:
    wanted = [each for task in tasks for each in pictures[task]]
    if not wanted:
        assert given is None
        return
    assert torch.equal(given, seeing.pixels(wanted))


def trained(trainer: Any) -> None:
    trainer.train()
    [step] = [log for log in trainer.state.log_history if "grad_norm" in log]
    assert math.isfinite(step["loss"]), step
    assert math.isfinite(step["grad_norm"]) and step["grad_norm"] > 0, step


def run_of(trainer: type, method: str, made: product.Export, sight: Path, out: Path, *more: str, **extra: Any) -> tuple[Any, list[Any]]:
    script_args, training_args, _, dataset_args = trl_run.parsed(method, made, f"{method}.yaml", sight, out, *more)
    assert getattr(training_args, "max_length", None) is None
    data = trl_run.loaded(script_args, dataset_args)[script_args.dataset_train_split]
    return trainer(model=str(sight), args=training_args, train_dataset=data, processing_class=seeing.processor(), **extra), data.to_list()


def batch_of(trainer: Any, rows: list[Any], columns: list[str]) -> dict[str, Any]:
    return trainer.data_collator([{name: row[name] for name in columns} for row in rows])


def texts_of(batch: dict[str, Any], mask: torch.Tensor | None = None) -> list[str]:
    words = seeing.processor().tokenizer
    rows = zip(batch["input_ids"], mask if mask is not None else torch.ones_like(batch["input_ids"]))
    return [once(words.decode(ids[keep == 1])) for ids, keep in rows]


@pytest.mark.parametrize("images", shapes)
def test_trl_sft(source, sight, tmp_path, images):
    made = export("trl/sft", source, images)
    with chdir(made.folder):
        trainer, rows = run_of(SFTTrainer, "sft", made, sight, tmp_path)
        assert len(rows) == made.rows == 6
        for row in rows:
            batch = batch_of(trainer, [row], ["messages", "images"])
            held_pixels(batch.get("pixel_values"), [task_of(row)])
            text = asked(task_of(row)) + answered(json.loads(row["gym_meta"])["reward"])
            assert texts_of(batch) == [text]
            assert texts_of(batch, (batch["labels"] != -100).long()) == [text]
        trained(trainer)


def test_trl_completions(source, sight, tmp_path):
    made = export("trl/sft-prompt-completion", source, "files")
    with chdir(made.folder):
        trainer, rows = run_of(SFTTrainer, "sft", made, sight, tmp_path)
        for row in rows:
            batch = batch_of(trainer, [row], ["prompt", "completion", "images"])
            held_pixels(batch.get("pixel_values"), [task_of(row)])
            answer = answered(json.loads(row["gym_meta"])["reward"])
            assert texts_of(batch) == [asked(task_of(row)) + answer]
            assert texts_of(batch, (batch["labels"] != -100).long()) == [answer]
        trained(trainer)


@pytest.mark.parametrize("images", shapes)
def test_trl_dpo(source, sight, tmp_path, images):
    made = export("trl/dpo", source, images)
    with chdir(made.folder):
        trainer, rows = run_of(DPOTrainer, "dpo", made, sight, tmp_path)
        assert len(rows) == made.rows == 3
        for row in rows:
            batch = batch_of(trainer, [row], ["prompt", "chosen", "rejected", "images"])
            # For the chosen and the rejected answer.
            held_pixels(batch.get("pixel_values"), [task_of(row), task_of(row)])
            assert texts_of(batch, batch["completion_mask"]) == [answered(good), answered(bad)]
            assert texts_of(batch) == [asked(task_of(row)) + answered(each) for each in (good, bad)]
        trained(trainer)


def test_trl_kto(source, sight, tmp_path):
    made = export("trl/kto", source, "files")
    with chdir(made.folder):
        trainer, rows = run_of(KTOTrainer, "kto", made, sight, tmp_path, "--per_device_train_batch_size", "2")
        for row in rows:
            batch = batch_of(trainer, [row, row], ["prompt", "completion", "label", "images"])
            held_pixels(batch.get("pixel_values"), [task_of(row), task_of(row)])
            answer = answered(good if row["label"] else bad)
            assert texts_of(batch, batch["completion_mask"]) == [answer, answer]
            assert batch["label"].tolist() == [row["label"], row["label"]]
        trained(trainer)


def test_trl_grpo(source, sight, tmp_path):
    made = export("trl/grpo", source, "files")
    few = ["--num_generations", "2", "--max_completion_length", "8", "--per_device_train_batch_size", "2", "--beta", "0.0"]
    given: list[Any] = []

    def unequal(completions: list[Any], images: list[Any], **_: Any) -> list[float]:
        given.extend(images)
        return [float(number) for number in range(len(completions))]

    with chdir(made.folder):
        trainer, rows = run_of(GRPOTrainer, "grpo", made, sight, tmp_path, *few, reward_funcs=[unequal])
        assert [[seeing.opened(each, made.folder) for each in row["images"]] for row in rows] == [pictures[task_of(row)] for row in rows]
        trained(trainer)
    assert given and given[0] in [row["images"] for row in rows]


@pytest.mark.parametrize("images", shapes)
def test_openrlhf(source, images):
    made = export("openrlhf/ppo", source, images)
    arguments = arguments_of(made, "train_ppo_ray")
    assert arguments.data.max_images_per_prompt > 0
    data = loaded(made, arguments, arguments.data.prompt_dataset)
    processor = seeing.processor()
    dataset = PromptDataset(data, processor, strategy_of(arguments))
    assert len(dataset) == made.rows == 3
    with chdir(made.folder):
        for row, (_, prompt, label, shown) in zip(data.to_list(), dataset):
            assert (prompt, label) == (asked(task_of(row)), "105")
            ids, inputs, _ = process_prompt_with_images(processor, prompt, shown)
            assert once(processor.tokenizer.decode(ids)) == prompt
            held_pixels(None if inputs is None else inputs["pixel_values"], [task_of(row)])


def opening(part: dict[str, Any], **_: Any) -> Image.Image:
    """Stands in for qwen_vl_utils.fetch_image, which wants torchvision: opens what it is given, as that does."""
    return Image.open(io.BytesIO(seeing.opened(part["image"], Path(os.getcwd())))).convert("RGB")


@pytest.mark.parametrize("images", shapes)
def test_verl_rl(source, images):
    made = export("verl/rl", source, images)
    processor = seeing.processor()
    with configured(made) as config:
        data = create_rl_dataset(files(config.data.train_files), config.data, processor.tokenizer, processor)
        rows = [data[i] for i in range(len(data))]
    assert len(rows) == made.rows == 3
    for row in rows:
        shown = [part["image"] for message in row["raw_prompt"] for part in message["content"] if "image" in part]
        assert [seeing.opened(each, made.folder) for each in shown] == pictures[task_of(row)]
        assert processor.apply_chat_template(row["raw_prompt"], tokenize=False, add_generation_prompt=True) == asked(task_of(row))


@pytest.mark.parametrize("images", shapes)
def test_verl_sft(source, images, monkeypatch):
    made = export("verl/sft", source, images)
    module = ModuleType("qwen_vl_utils")
    module.fetch_image = opening  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qwen_vl_utils", module)
    processor = seeing.processor()
    with configured(made) as config:
        data = create_sft_dataset(files(config.data.train_files), config.data, processor.tokenizer, processor)
        rows = [data[i] for i in range(len(data))]
        told = [{"gym_meta": meta} for meta in data.dataframe["gym_meta"]]
    assert len(rows) == made.rows == 6
    for row, where in zip(rows, told):
        answer = answered(json.loads(where["gym_meta"])["reward"])
        assert once(processor.tokenizer.decode(row["input_ids"])) == asked(task_of(where)) + answer
        assert once(processor.tokenizer.decode(row["input_ids"][row["loss_mask"] == 1])) == answer
        held_pixels(row.get("multi_modal_inputs", {}).get("pixel_values"), [task_of(where)])


@nemo_rl.with_checkout
def test_nemo_rl(source):
    made = export("nemo-rl/sft", source, "keep")
    processor = seeing.processor()
    for name in ("bos_token", "eos_token", "pad_token", "pad_token_id"):
        setattr(processor, name, getattr(processor.tokenizer, name))
    rows, dataset = nemo_rl.responses(yaml.safe_load((made.folder / "sft.yaml").read_text()), processor)
    assert len(dataset) == len(rows) == made.rows == 6
    for text, row in zip(made.data().read_text().splitlines(), (dataset[i] for i in range(len(dataset)))):
        told = json.loads(json.loads(text)["gym_meta"])
        ids = torch.cat([message["token_ids"] for message in row["message_log"]])
        assert once(processor.tokenizer.decode(ids)) == asked(int(told["task"])) + answered(told["reward"])
        seen = [message["pixel_values"].as_tensor() for message in row["message_log"] if "pixel_values" in message]
        held_pixels(torch.cat(seen) if seen else None, [int(told["task"])])
