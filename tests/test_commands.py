"""The commands: each is in the documentation, and what the system refuses is one line that says what to do."""

import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dateline import cli
from dateline.authoring import pins, suite
from dateline.authoring.commands import command_names, commands_page
from dateline.folders import course_folder
from dateline.jupyter import PortError, free_port

ROOT = course_folder()


def test_the_page_of_commands_is_as_they_are() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(cli.app), "run: python3 course.py refresh"
    assert "## open\n" in page
    assert "--port <int>" in page


@pytest.mark.parametrize("name", command_names(cli.app))
def test_a_page_written_by_hand_says_what_a_command_is_for(name: str) -> None:
    pages = [ROOT / "README.md", *(path for folder in ("docs", "teaching", "deploy") for path in (ROOT / folder).glob("*.md"))]
    told = [path.name for path in pages if path.name != "commands.md" and f"course.py {name}" in path.read_text(encoding="utf-8")]
    assert told


def run_main(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What a command that gives up writes as its last word."""
    monkeypatch.setattr(sys, "argv", ["course.py", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, str)
    assert "\n" not in ended.value.code
    return ended.value.code


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "course"
    for name in ("data", "exercises", "solutions", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints"))
    monkeypatch.setenv("DATELINE_COURSE", str(root))
    return root


REFUSALS = [
    (errno.EACCES, "Permission denied. Make it readable and writable for this account, then try again."),
    (errno.EROFS, "Read-only file system. Copy the course to a place that can be written, then try again."),
    (errno.ENOSPC, "No space left on device. Free some space, then try again."),
]


@pytest.mark.parametrize(("number", "said"), REFUSALS)
@pytest.mark.parametrize("which", ["data/texts/river.txt", "exercises/901-river.toml", "notebooks/901-river.ipynb"])
def test_a_new_text_that_cannot_be_written_is_one_line_and_leaves_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, said: str, which: str
) -> None:
    (tmp_path / "river.txt").write_text("The river rose\n\nThe river rose on Friday, an agency said.\n")
    before = sorted(copy.rglob("*"))
    refuse(monkeypatch, copy / which, number)
    assert run_main(monkeypatch, "new-text", str(tmp_path / "river.txt")) == f"{copy / which}: {said}"
    assert sorted(copy.rglob("*")) == before


@pytest.mark.parametrize(("number", "said"), REFUSALS)
def test_a_refresh_that_cannot_be_written_is_one_line(copy: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    monkeypatch.setattr("dateline.authoring.notebooks.derived_pages", lambda: [(copy / "data" / "SOURCES.md", "changed")])
    refuse(monkeypatch, copy / "data" / "SOURCES.md", number)
    assert run_main(monkeypatch, "refresh") == f"{copy / 'data' / 'SOURCES.md'}: {said}"


def refuse(monkeypatch: pytest.MonkeyPatch, place: Path, number: int) -> None:
    """Let the system refuse to write one file."""
    write_text = Path.write_text

    def refusing(self: Path, *args: str, **kwargs: str) -> int:
        if self == place or self.name.startswith(f".{place.name}."):
            raise OSError(number, os.strerror(number), str(self))
        return write_text(self, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", refusing)


def test_a_fault_in_a_file_is_its_line_and_not_a_traceback(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = copy / "data" / "sources.toml"
    sources.write_text("[[source]]\nid = \n", encoding="utf-8")
    assert run_main(monkeypatch, "refresh").startswith("data/sources.toml:2: this is not TOML")


def test_a_notebook_that_is_not_there_is_named(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_main(monkeypatch, "refresh", "nothing.ipynb").endswith("No such file or directory. Check the name, then try again.")


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_a_port_that_does_not_exist_is_told_in_words(port: int) -> None:
    with pytest.raises(PortError, match=f"There is no port {port}. Choose one from 1024 to 65535"):
        free_port(port)


def test_a_port_that_is_not_for_us_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(self: socket.socket, address: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("socket.socket.bind", closed)
    with pytest.raises(PortError, match="Port 80 is kept for the system"):
        free_port(80)


@pytest.fixture
def two_starts(copy: Path, tmp_path: Path) -> Iterator[tuple[int, list["subprocess.Popen[str]"]]]:
    """Two starts of the course at one moment on one port; they are ended whatever a test finds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dateline", "open", "--no-browser", "--port", str(port), "--answers", str(tmp_path / "answers")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    yield port, both
    for one in both:
        one.kill()


def test_what_ends_the_command_ends_the_server_and_a_second_start_on_its_port_is_one_line(
    two_starts: tuple[int, list["subprocess.Popen[str]"]],
) -> None:
    port, both = two_starts
    deadline = time.monotonic() + 120
    while all(one.poll() is None for one in both) and time.monotonic() < deadline:
        time.sleep(0.2)
    lost, runs = sorted(both, key=lambda one: one.poll() is None)
    assert lost.communicate(timeout=1)[0] == f"Port {port} is in use by another program. Choose another with --port, such as --port 9100.\n"
    assert lost.returncode == 1
    assert runs.stdout
    assert runs.stdout.readline() == "Reading the Dateline is open at\n"
    runs.send_signal(signal.SIGTERM)
    assert runs.wait(60) == 0
    assert not [one for one in psutil.process_iter() if one.ppid() == runs.pid]
    free_port(port)


def test_pins_that_changed_are_told_old_and_new() -> None:
    before = "a==1 \\\n    --hash=sha256:00\nb==2 ; os_name == 'nt' \\\nb==3 ; os_name != 'nt' \\\nc-d==1\n"
    after = "a==1.1 \\\n    --hash=sha256:11\nb==2 ; os_name == 'nt' \\\nb==4 ; os_name != 'nt' \\\ne==5\n"
    assert pins.differences(before, after) == ["a 1 -> 1.1", "b 2 and 3 -> 2 and 4", "c-d 1 -> gone", "e not there -> 5"]
    assert pins.differences(before, before) == []


def fake_uv(folder: Path, code: str) -> None:
    """A program `uv` that runs this Python code."""
    (folder / "code.py").write_text(code)
    (folder / "uv").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{folder / "code.py"}" "$@"\n')
    (folder / "uv").chmod(0o755)


def test_without_uv_nothing_is_updated_and_one_line_says_so(copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pins.PinsError, match=r"^uv is not on this machine. Install it .*, then run this again.$"):
        pins.update()


@pytest.mark.skipif(os.name == "nt", reason="the program that stands for uv is a shell script")
def test_pins_are_put_in_place_only_when_both_files_are_made(copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (copy / "requirements.txt").write_text("a==1\n")
    (copy / "requirements-test.txt").write_text("a==1\nb==1\n")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    write = "import sys, pathlib; out = pathlib.Path(sys.argv[sys.argv.index('--output-file') + 1])\n"
    fake_uv(tmp_path, write + "if 'test' in out.name: sys.exit('no solution found')\nout.write_text('a==2')")
    with pytest.raises(pins.PinsError, match=r"nothing was changed. It says:\nno solution found"):
        pins.update()
    assert (copy / "requirements.txt").read_text() == "a==1\n"
    fake_uv(tmp_path, write + "out.write_text('a==2\\nb==1' if 'test' in out.name else 'a==2')")
    assert pins.update() == {"requirements.txt": ["a 1 -> 2"], "requirements-test.txt": ["a 1 -> 2"]}
    assert (copy / "requirements.txt").read_text() == "a==2"


TOUCH = "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()"


@pytest.fixture
def steps(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A suite of three steps that leave a file each; the second needs what this machine lacks, the third is slow."""
    made = [
        suite.Step("first", ("-c", TOUCH, str(tmp_path / "first"))),
        suite.Step("second", ("-c", TOUCH, str(tmp_path / "second")), needs="node"),
        suite.Step("third", ("-c", TOUCH, str(tmp_path / "third")), slow=True),
    ]
    monkeypatch.setattr(suite, "STEPS", made)
    monkeypatch.setattr(suite, "NEEDS", {"node": (("no-such-program",), "Node.js (Debian: sudo apt install nodejs npm)")})
    for name in ("CI", "NODE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_what_a_machine_lacks_is_left_out_with_a_line(steps: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert suite.run_suite() == []
    assert "left out: it needs Node.js (Debian: sudo apt install nodejs npm)\n" in capfd.readouterr().out
    assert [(steps / name).exists() for name in ("first", "second", "third")] == [True, False, True]


def test_what_a_machine_lacks_is_a_failure_where_changes_are_checked(steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert suite.run_suite() == ["second (it was left out, and CI=true)"]


def test_a_variable_says_where_a_program_is(steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE", "/somewhere/node")
    assert suite.run_suite(fast=True) == []
    assert [(steps / name).exists() for name in ("first", "second", "third")] == [True, True, False]


def test_a_step_that_fails_is_named_and_the_others_still_run(steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = suite.Step("bad", ("-c", "raise SystemExit(3)"))
    monkeypatch.setattr(suite, "STEPS", [failing, *suite.STEPS])
    assert suite.run_suite() == ["bad"]
    assert (steps / "third").exists()


def test_a_step_that_breaks_the_order_of_rooms_fails(tmp_path: Path) -> None:
    package = tmp_path / "dateline"
    shutil.copytree(ROOT / "dateline", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (package / "folders.py").write_text("import dateline.cli\n" + (package / "folders.py").read_text(encoding="utf-8"), encoding="utf-8")
    rooms = next(step for step in suite.STEPS if step.name == "rooms")
    done = subprocess.run(
        suite.started(rooms.command), cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert re.search(r"dateline\.folders is not allowed to import dateline\.cli", done.stdout)
