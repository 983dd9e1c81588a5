"""NeMo-RL's own loaders, as run_sft.py, run_dpo.py and run_grpo.py put them together, from a checkout.

No registry has the package. Its code runs without being installed.
"""

import os
import sys
import typing
from functools import partial
from typing import Any

import pytest
import typing_extensions
from datasets import load_dataset

from proof.product import Export

checkout = os.environ.get("NEMO_RL_SRC")
with_checkout = pytest.mark.skipif(not checkout, reason="NeMo-RL itself read nothing: NEMO_RL_SRC names no checkout of NeMo-RL")
longest = 1 << 20

if checkout:
    sys.path.insert(0, checkout)
    typing.TypedDict = typing_extensions.TypedDict  # pydantic asks for it before Python 3.12


def through_datasets(export: Export) -> list[dict[str, Any]]:
    """As load_dataset_from_path of NeMo-RL reads a file: by the loader of its extension."""
    path = export.data()
    kind = {".parquet": "parquet", ".jsonl": "json"}[path.suffix]
    return load_dataset(kind, data_files=str(path), split="train").to_list()


def responses(config: dict[str, Any], tokenizer: Any) -> tuple[Any, Any]:
    """What setup_data makes of `data.train` of a configuration: the rows, and the rows as they are trained on."""
    from nemo_rl.data.datasets import AllTaskProcessedDataset, load_response_dataset

    asked = {**config["data"]["default"], **config["data"]["train"]}
    asked = {name: value for name, value in asked.items() if value is not None}
    loaded = load_response_dataset(asked)
    process = loaded.processor
    if asked.get("processor") == "sft_processor":
        process = partial(process, **{name: config["data"][name] for name in ("add_bos", "add_eos", "add_generation_prompt")})
    tasks = {loaded.task_name: (loaded.task_spec, process)}
    return loaded.dataset, AllTaskProcessedDataset(loaded.dataset, tokenizer, None, tasks, max_seq_length=longest)


def preferences(config: dict[str, Any], tokenizer: Any) -> tuple[Any, Any]:
    """What setup_preference_data makes of it, and its collate function with the loss mask."""
    from nemo_rl.data.collate_fn import preference_collate_fn
    from nemo_rl.data.datasets import AllTaskProcessedDataset, load_preference_dataset
    from nemo_rl.data.processors import preference_preprocessor

    loaded = load_preference_dataset({name: value for name, value in config["data"]["train"].items()})
    tasks = {loaded.task_name: (loaded.task_spec, preference_preprocessor)}
    dataset = AllTaskProcessedDataset(loaded.dataset, tokenizer, None, tasks, max_seq_length=longest)
    collate = partial(preference_collate_fn, tokenizer=tokenizer, make_sequence_length_divisible_by=1, add_loss_mask=True)
    return dataset, lambda rows: collate([rows[i] for i in range(min(2, len(rows)))])


def batch_of(rows: list[Any]) -> Any:
    from nemo_rl.data.collate_fn import rl_collate_fn

    return rl_collate_fn(rows)
