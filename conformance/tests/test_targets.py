"""The list of targets, and the versions it says they were tried with."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from proof.nemo_rl_run import checkout
from proof.product import run

targets = json.loads(run("targets", "--json"))["targets"]
here = Path(__file__).parent


def test_every_target_is_exported():
    """None is without a test that names it."""
    tested = "".join(path.read_text() for path in here.glob("test_*.py"))
    assert [each["target"] for each in targets if f'"{each["target"]}"' not in tested] == []


@pytest.mark.parametrize("package", ["trl", "openrlhf", "verl"])
def test_versions(package):
    """What an export says it was tried with is what it was tried with."""
    told = {each["framework"]["version"] for each in targets if each["framework"]["id"] == package}
    assert told == {version(package)}


@pytest.mark.skipif(not checkout, reason="NEMO_RL_SRC names no checkout of NeMo-RL")
def test_version_of_nemo_rl():
    told = {each["framework"]["version"] for each in targets if each["framework"]["id"] == "nemo-rl"}
    numbers = re.findall(r"^(?:MAJOR|MINOR|PATCH) = (\d+)", (Path(str(checkout)) / "nemo_rl" / "package_info.py").read_text(), re.M)
    assert told == {".".join(numbers)}
