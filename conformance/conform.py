#!/usr/bin/env python3
"""Proves every export in the trainers' own loaders: makes .conformance-venv beside this folder, and runs the tests in it.

python3 conformance/conform.py             the set that CI runs
python3 conformance/conform.py --full      every option of every target, more rollouts
python3 conformance/conform.py --prepare   the environment alone
python3 conformance/conform.py -k trl      what else is given goes to pytest
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

here = Path(__file__).resolve().parent
project = here.parent
environment = project / ".conformance-venv"
requirements = [here / "requirements.txt", here / "requirements-no-deps.txt"]
attempts = 4


def main(words: list[str]) -> int:
    if sys.version_info < (3, 11):
        return fail(f"conformance needs Python 3.11 or later; this is {sys.version.split()[0]}")
    problem = prepare()
    if problem is not None:
        return fail(problem)
    if "--prepare" in words:
        return 0
    if not (project / ".vite" / "build" / "cli.cjs").exists():
        return fail("the command line is not built: npm ci, or npm run build")
    given = [word for word in words if word != "--ci"]
    done = subprocess.run([python(), "-B", "-m", "pytest", *given], cwd=here, check=False)
    return done.returncode


def prepare() -> str | None:
    """Makes the environment, unless it holds these very packages already. What went wrong, where something did."""
    stamp = environment / "requirements.sha256"
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in requirements)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return None
    shutil.rmtree(environment, ignore_errors=True)
    say("making .conformance-venv")
    if subprocess.run([sys.executable, "-m", "venv", str(environment)], check=False).returncode != 0:
        return "python3 -m venv failed: on Debian the package python3-venv brings what it needs"
    for path, options in zip(requirements, ([], ["--no-deps"])):
        if not installed([*options, "-r", str(path)]):
            return f"pip could not install {path.name}, after {attempts} attempts: see what it says above"
    stamp.write_text(wanted)
    return None


def installed(words: list[str]) -> bool:
    """Networks fail now and then: pip is asked several times."""
    command = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *words]
    for attempt in range(attempts):
        if attempt > 0:
            say(f"pip failed; trying again in {10 * attempt} seconds")
            time.sleep(10 * attempt)
        if subprocess.run(command, check=False).returncode == 0:
            return True
    return False


def python() -> str:
    return str(environment / ("Scripts" if os.name == "nt" else "bin") / "python")


def say(text: str) -> None:
    print(f"conformance: {text}", flush=True)


def fail(text: str) -> int:
    print(f"conformance: {text}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
