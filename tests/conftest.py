"""Every test has an answer folder of its own, and may build a small course of its own."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import use_sampler

from dateline import live
from dateline.folders import open_to_others

# A slow machine fails no property, and a machine that checks a change draws the same examples each time.
settings.register_profile(
    "course",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("course")

HEADER = 'id = "{id}"\ntitle = "T"\npublished = 2031-01-02\nprovenance = "Made for a test"\nrights = "CC0"\n'


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Each test begins with the umask that systems have: a command that was run in this process before may have set its own."""
    os.umask(0o022)


@pytest.fixture(autouse=True)
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "answers"
    monkeypatch.setenv("DATELINE_ANSWERS", str(folder))
    monkeypatch.setattr(live, "_following", [])
    yield folder


@pytest.fixture(scope="module")
def shared_place() -> Iterator[Path]:
    """A folder that every account of this machine can look into, as the folders of the tests are not."""
    place = Path(tempfile.mkdtemp(prefix="dateline-"))
    place.chmod(0o755)
    if not open_to_others(place):
        pytest.skip(f"other accounts cannot look into {place.parent}, where temporary folders are")
    yield place
    shutil.rmtree(place)


@pytest.fixture
def small_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Make a course with the given files (path to content) and use it in this test."""

    def make(files: dict[str, str]) -> Path:
        root = tmp_path / "course"
        for folder in ("data/texts", "data/annotations", "exercises", "solutions/annotations", "notebooks"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, encoding="utf-8")
        monkeypatch.setenv("DATELINE_COURSE", str(root))
        return root

    return make


@pytest.fixture
def text_file() -> Callable[[str, str], str]:
    """The content of a text file with a header."""
    return lambda name, body: f"+++\n{HEADER.format(id=name)}+++\n{body}"


@pytest.fixture
def sampler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course with one question of every kind."""
    return use_sampler(tmp_path / "sampler", monkeypatch)
