"""The package away from its folder: built as a wheel, installed alone, and with a course's folder named to it."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import dateline
from dateline.authoring import suite
from dateline.folders import course_folder

ROOT = course_folder()
COMMANDS = (
    ["open", "--no-browser"],
    ["restore"],
    ["refresh"],
    ["export", "answers.json"],
    ["import", "answers.json"],
    ["new-text", "text.txt"],
    ["new-lesson", "river"],
    ["redraft", "river"],
    ["handout", "out"],
    ["book", "out"],
    ["kit", "out"],
    ["nbgrader", "out", "--lessons", "1.1"],
    ["match", "in"],
    ["grade", "in", "--out", "out"],
    ["report", "out"],
    ["check"],
    ["test", "--fast"],
    ["update-pins"],
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The package's wheel."""
    out = tmp_path_factory.mktemp("wheel")
    build = "import sys; from flit_core.buildapi import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(out)], cwd=ROOT, check=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


@pytest.fixture(scope="module")
def alone(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is unpacked, as an installer does it."""
    folder = tmp_path_factory.mktemp("alone")
    wheel.extractall(folder)
    return folder


def run(alone: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the unpacked package; `-P` keeps the folder we are in out of its sight."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "dateline", *words],
        env={**kept, "PYTHONPATH": str(alone), **variables},
        cwd=alone,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_every_command_is_tried_here() -> None:
    offered = re.findall(r"^## (.+)$", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [words[0] for words in COMMANDS] == offered


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_without_the_course_a_command_says_so_in_one_line(alone: Path, words: list[str]) -> None:
    done = run(alone, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The course is not beside its package. Set DATELINE_COURSE to the folder that holds data and exercises.\n"
    assert sorted(path.name for path in alone.iterdir()) == [
        "dateline",
        *(f"dateline-{dateline.__version__}.{kind}" for kind in ("data", "dist-info")),
    ]


def test_a_wrong_folder_is_named(alone: Path, tmp_path: Path) -> None:
    done = run(alone, "check", DATELINE_COURSE=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"DATELINE_COURSE names {tmp_path}, which does not hold the course.")
    assert done.stderr.count("\n") == 1


def test_help_needs_no_course(alone: Path) -> None:
    done = run(alone, "check", "--help")
    assert done.returncode == 0
    assert "Check every text" in done.stdout


def test_the_package_alone_works_on_the_course_that_is_named(alone: Path, tmp_path: Path) -> None:
    variables = {"DATELINE_COURSE": str(ROOT), "DATELINE_ANSWERS": str(tmp_path)}
    done = run(alone, "check", **variables)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Nothing to mend in \d\d texts, \d\d\d questions", done.stdout)
    show = "import dateline.lesson as l; l.exercise('voices-p4'); import dateline.figures.drawing as d, dateline; print(dateline.__file__)"
    shown = subprocess.run(
        [sys.executable, "-P", "-c", show],
        env={**os.environ, "PYTHONPATH": str(alone), **variables},
        cwd=alone,
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.strip().endswith(str(alone / "dateline" / "__init__.py"))


def test_a_lesson_without_the_course_says_so_in_words(alone: Path) -> None:
    code = "from dateline.lesson import exercise; exercise('voices-p4')"
    variables = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env={**variables, "PYTHONPATH": str(alone)}, cwd=alone, capture_output=True, text=True
    )
    assert "The course is not beside its package." in done.stdout
    assert "Traceback" not in done.stderr


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    here = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "dateline").rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    held = {name for name in wheel.namelist() if name.startswith("dateline/")}
    assert held == here
    assert "dateline/py.typed" in held
    assert {Path(name).suffix for name in held} >= {".py", ".js", ".css", ".mplstyle"}


def test_the_version_stands_once(wheel: zipfile.ZipFile) -> None:
    assert f"dateline-{dateline.__version__}.dist-info/METADATA" in wheel.namelist()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    assert project["dynamic"] == ["version"]


CALLED = {"PIL": "pillow", "markdown_it": "markdown_it_py", "yaml": "pyyaml"}
"""What is imported under another name than it is asked for."""
OF_THE_HUB = ("lti_platform.py",)
"""Programs that a test has run by a Python with JupyterHub (HUB_PYTHON); what they import is that Python's."""


def imported(*folders: str) -> set[str]:
    """The top names of what Python files import, without the standard library and what lies beside them."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if path.name not in OF_THE_HUB]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    here = {path.stem for path in files} | {"course", "dateline"}
    tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - here
    return {CALLED.get(top, top) for top in tops}


def declared(*extras: str) -> set[str]:
    """The distributions that `pyproject.toml` asks for, as module names are written."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {re.split(r"[^\w-]", line)[0].lower().replace("-", "_") for line in asked}


def test_every_imported_package_is_declared() -> None:
    of_package = {name.lower() for name in imported("dateline")}
    assert {"ipython", "msgspec", "nbformat", "rich"} <= of_package
    assert of_package - declared() == set()
    assert {name.lower() for name in imported("tests")} - declared("test", "nbval") == set()
    of_tests = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    assert {name.lower() for name in imported("benchmarks")} - of_tests - declared("test", "bench") == set()


def test_the_launcher_imports_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "course.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("wanted", ["jupyterlab", "ipywidgets", "matplotlib", "nbval"])
def test_the_requirements_hold_what_runs_and_checks_a_notebook(wanted: str) -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(f"{wanted}==")]


@pytest.mark.parametrize("kept_out", ["playwright", "mypy", "hypothesis", "ruff", "import-linter"])
def test_what_only_a_maintainer_needs_is_not_required_of_learners(kept_out: str) -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith(f"{kept_out}==")]


def test_the_citation_names_the_version_that_is_released() -> None:
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {dateline.__version__}" in lines


def test_the_hooks_before_a_commit_are_steps_of_the_suite() -> None:
    hooks = re.findall(r"entry: \.venv/bin/python (.+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    steps = [" ".join(step.command) for step in suite.STEPS]
    for hook in hooks:
        words = hook.replace('"', "")
        assert words == "-m dateline check" or [step for step in steps if step.startswith(words)], hook
