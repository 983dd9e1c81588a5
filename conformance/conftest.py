"""What every test starts from: rollouts, a folder for exports, a tiny model."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

work = Path(tempfile.mkdtemp(prefix="rollscope-conformance-"))
os.environ.update(
    HF_HUB_OFFLINE="1",
    HF_HOME=str(work / "hugging-face"),
    HF_DATASETS_DISABLE_PROGRESS_BARS="1",
    TOKENIZERS_PARALLELISM="false",
    OMP_NUM_THREADS="1",  # models are tiny: more threads would mostly wait for each other
    WANDB_DISABLED="true",
    ROLLSCOPE_CONFORMANCE_CACHE=str(work / "index"),
)

from oracle.lines import Line, read_lines  # noqa: E402
from proof import product, tiny  # noqa: E402
from proof.sources import source_named  # noqa: E402

sources = ("real", "groups", "hostile")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="every option of every target, and more generated rollouts")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "full: only in the full set")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    left = [item for item in items if item.get_closest_marker("full") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = left


@pytest.fixture(params=sources, scope="session")
def source(request: pytest.FixtureRequest) -> Path:
    """A file or folder of rollouts, one after the other."""
    return source_named(request.param, work, full=request.config.getoption("--full"))


@pytest.fixture(scope="session")
def lines(source: Path) -> tuple[Line, ...]:
    return read_lines(source)


@pytest.fixture(scope="session")
def export(source: Path) -> Callable[..., product.Export]:
    """Exports the source; skips where none of its rollouts fits."""

    def make(target: str, **options: Any) -> product.Export:
        return product.export(target, source, work / source.stem, **options)

    return make


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    return tiny.tokenizer()


@pytest.fixture(scope="session")
def model() -> Path:
    return tiny.save(work / "model")


@pytest.fixture(scope="session")
def scorer() -> Path:
    return tiny.save(work / "scorer", scores=True)
