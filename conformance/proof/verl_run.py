"""verl as its trainers start: their configuration with the overrides of train.sh, their dataset factories."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hydra
import verl
from omegaconf import DictConfig

from proof.product import Export
from proof.script_words import words_of

configurations = {"verl.trainer.sft_trainer": "sft_trainer_engine", "verl.trainer.main_ppo": "ppo_trainer"}


@contextlib.contextmanager
def configured(export: Export) -> Iterator[DictConfig]:
    """The configuration that the command in train.sh makes, in the folder that it runs in. Fails where verl knows an override not."""
    words = words_of(export.folder / "train.sh")
    module = next(word for word in words if word in configurations)
    overrides = [word.replace("$model", "MODEL").replace("$out", "OUT") for word in words[words.index(module) + 1 :]]
    folder = str(Path(verl.__file__).parent / "trainer" / "config")
    with contextlib.chdir(export.folder), hydra.initialize_config_dir(folder, version_base=None):
        yield hydra.compose(configurations[module], overrides=overrides)


def files(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
