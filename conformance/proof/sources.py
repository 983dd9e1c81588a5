"""Rollouts to export: real ones, made-up ones in groups, hostile ones."""

import os
import subprocess
from pathlib import Path

from proof.hostile import write_hostile
from proof.product import project

generated = {False: 160, True: 1600}


def source_named(name: str, work: Path, *, full: bool) -> Path:
    match name:
        case "real":
            folder = Path(os.environ.get("ROLLSCOPE_ROLLOUTS", project.parent / "shared" / "rollouts"))
            assert folder.is_dir(), f"there are no rollouts in {folder}: name a folder of them in ROLLSCOPE_ROLLOUTS"
            return folder.resolve()
        case "groups":
            return made(work / "groups.jsonl", generated[full])
        case _:
            return write_hostile(work / "hostile.jsonl")


def made(path: Path, rows: int) -> Path:
    if not path.exists():
        words = ["node", str(project / "bench" / "generate.mjs"), "--rows", str(rows), "--odd", "0.1", "--out", str(path)]
        subprocess.run(words, check=True, capture_output=True)
    return path
