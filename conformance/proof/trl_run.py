"""TRL as `trl METHOD --config …` runs it: its parser reads the configuration of the export, its loader the data."""

import importlib
import math
import os
from pathlib import Path
from typing import Any

from datasets import Dataset, load_dataset
from trl import get_dataset

from proof.product import Export

on_a_small_machine = ["--use_cpu", "true", "--bf16", "false", "--max_steps", "1", "--report_to", "none", "--save_strategy", "no"]
on_a_small_machine += ["--logging_steps", "1", "--disable_tqdm", "true", "--dataloader_pin_memory", "false", "--learning_rate", "0.01"]


def parsed(method: str, export: Export, config: str, model: Path, out: Path, *more: str) -> tuple[Any, ...]:
    """What the script is given: its own arguments, those of training, of the model, of the data."""
    script = importlib.import_module(f"trl.scripts.{method}")
    words = ["--config", str(export.folder / config), "--model_name_or_path", str(model), "--output_dir", str(out)]
    here = os.getcwd()
    os.chdir(export.folder)
    try:
        return script.make_parser().parse_args_and_config([*words, *on_a_small_machine, *more])
    finally:
        os.chdir(here)


def loaded(script_args: Any, dataset_args: Any) -> Any:
    """As the main function of each script loads."""
    if dataset_args.datasets:
        return get_dataset(dataset_args)
    return load_dataset(script_args.dataset_name, name=script_args.dataset_config, streaming=script_args.dataset_streaming)


def decoded(trainer: Any, name: str = "input_ids") -> list[str]:
    return [trainer.processing_class.decode(ids) for ids in trainer.train_dataset[name]]


def train_briefly(trainer: Any, length: list[int], rows: int = 4, most: int = 1500) -> None:
    """One step on the shortest rows, of which the ends at most: finite loss, and a gradient."""
    shortest = sorted(range(len(length)), key=length.__getitem__)[:rows]
    tokens = [name for name in trainer.train_dataset.column_names if name.endswith(("_ids", "labels"))]
    data: Dataset = trainer.train_dataset.select(shortest)
    trainer.train_dataset = data.map(lambda row: {name: row[name][-most:] for name in tokens})
    trainer.train()
    [step] = [log for log in trainer.state.log_history if "grad_norm" in log]
    assert math.isfinite(step["loss"]), step
    assert math.isfinite(step["grad_norm"]) and step["grad_norm"] > 0, step
