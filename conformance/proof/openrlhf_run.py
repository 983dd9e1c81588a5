"""OpenRLHF as its command-line modules run it: their flags, their loading, their dataset classes."""

import argparse
import ast
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openrlhf
from openrlhf.datasets.utils import blending_datasets
from openrlhf.utils.config import hierarchize

from proof.product import Export
from proof.script_words import words_of


def parser_of(module: str) -> argparse.ArgumentParser:
    """The parser of `openrlhf.cli.MODULE`, which stands behind `if __name__ == "__main__"`, among imports of CUDA code."""
    source = (Path(openrlhf.__file__).parent / "cli" / f"{module}.py").read_text()
    [main] = [node for node in ast.parse(source).body if isinstance(node, ast.If)]
    making = [node for node in main.body if "add_argument(" in ast.unparse(node) or "ArgumentParser(" in ast.unparse(node)]
    names: dict[str, Any] = {"argparse": argparse, "datetime": datetime}
    exec(compile(ast.Module(making, []), module, "exec"), names)
    return names["parser"]


def arguments_of(export: Export, module: str) -> Any:
    """What the trainer makes of the flags in train.sh. Fails where one of them is unknown to it."""
    words = words_of(export.folder / "train.sh")
    at = next(i for i, word in enumerate(words) if word == f"openrlhf.cli.{module}")
    given, unknown = parser_of(module).parse_known_args(words[at + 1 :])
    assert not unknown, unknown
    return hierarchize(given)


def strategy_of(arguments: Any) -> Any:
    return SimpleNamespace(args=arguments, print=print, is_rank_0=lambda: False)


def loaded(export: Export, arguments: Any, name: str) -> Any:
    """`name`: how the flags call the file, which stands beside train.sh."""
    strategy = strategy_of(arguments)
    return blending_datasets(str(export.folder / name), None, strategy, dataset_split="train")
