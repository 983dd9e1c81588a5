"""Exports made by the built command line, as a user makes them."""

import hashlib
import importlib.util
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

project = Path(__file__).resolve().parents[2]
command = project / ".vite" / "build" / "cli.cjs"


@dataclass(frozen=True)
class Export:
    target: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def rows(self) -> int:
        return self.manifest["rowsWritten"]

    def data(self, split: str = "train") -> Path:
        """The file of a split: the one that has rows."""
        [name] = [file["path"] for file in self.manifest["files"] if Path(file["path"]).stem == split and file["rows"] > 0]
        return self.folder / name

    def reward_module(self) -> ModuleType:
        """The reward functions that it puts beside its data, imported."""
        spec = importlib.util.spec_from_file_location("my_reward", self.folder / "my_reward.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def excluded(self) -> dict[str, int]:
        return {each["reason"]: each["count"] for each in self.manifest["excluded"]}


class NothingLeft(Exception):
    """No rollout gives a row."""


def export(target: str, source: Path, into: Path, **options: Any) -> Export:
    """Exports a file or folder. Underscores in the names of options stand for hyphens."""
    words = [f"{name.replace('_', '-')}={written(value)}" for name, value in options.items()]
    key = hashlib.sha256(repr((target, source, words)).encode()).hexdigest()[:8]
    folder = into / f"{re.sub(r'[^a-z]', '-', target)}-{key}"
    if not (folder / "manifest.json").exists():
        run("export", str(source), "--recursive", "--to", target, "--out", str(folder), "--json", *(f"--set={word}" for word in words))
    made = Export(target, folder, json.loads((folder / "manifest.json").read_text()))
    account(made.manifest)
    return made


def written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def run(*words: str) -> str:
    """What `rollscope` prints. Fails with NothingLeft, and with what it says where it ends otherwise."""
    environment = {**os.environ, "ROLLSCOPE_CACHE_DIR": os.environ["ROLLSCOPE_CONFORMANCE_CACHE"]}
    done = subprocess.run(["node", str(command), *words], capture_output=True, text=True, env=environment, check=False)
    if done.returncode == 1:
        raise NothingLeft(done.stderr)
    assert done.returncode == 0, f"rollscope {' '.join(words)} ended with {done.returncode}: {done.stderr}"
    return done.stdout


def account(manifest: dict[str, Any]) -> None:
    """Every row read has one place, and the product's own checks passed."""
    assert manifest["rowsRead"] == manifest["rowsSelected"] + sum(each["count"] for each in manifest["filteredOut"])
    assert manifest["rowsSelected"] == manifest["rolloutsUsed"] + sum(each["count"] for each in manifest["excluded"])
    assert all(check["ok"] for check in manifest["checks"]), manifest["checks"]
    assert manifest["rowsWritten"] == sum(file["rows"] for file in manifest["files"])
