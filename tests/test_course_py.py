"""The one command: installs once, mends what is half made, and says in a line what a person can do about a fault."""

import errno
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.folders import course_folder
from dateline.jupyter import PortError, free_port


def launcher() -> Any:
    """A fresh copy of `course.py` as a module."""
    spec = importlib.util.spec_from_file_location("course", course_folder() / "course.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`course.py` in a folder of its own, with an installer that only notes what it is asked."""
    module = launcher()
    for name, place in {
        "ROOT": "",
        "VENV": ".venv",
        "LOCK": ".venv.lock",
        "PYTHON": ".venv/bin/python",
        "LOG": ".venv/install.log",
    }.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    for name in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / name).write_text(name)
    module.installed = []
    monkeypatch.setattr(module, "install", module.installed.append)
    monkeypatch.setattr("venv.EnvBuilder.create", lambda self, folder: make_venv(Path(folder)))
    return module


def make_venv(folder: Path) -> None:
    for name in ("bin", "lib/python{}.{}/site-packages".format(*sys.version_info[:2])):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "bin" / "python").write_text("")
    (folder / "bin" / "python").chmod(0o755)
    (folder / "pyvenv.cfg").write_text("version = {}.{}.{}\n".format(*sys.version_info[:3]))


def refused(call: Callable[[], object], capfd: pytest.CaptureFixture[str]) -> str:
    """The one line that is said when the launcher gives up."""
    with pytest.raises(SystemExit) as ended:
        call()
    assert ended.value.code == 1
    said = capfd.readouterr().err
    assert said.count("\n") == 1, said
    return said


def test_a_second_start_installs_nothing(course: Any) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    assert len(course.installed) == 1
    course.prepare(course.ROOT / "requirements.txt")
    assert len(course.installed) == 1


def test_changed_pins_install_again(course: Any) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    (course.ROOT / "requirements.txt").write_text("changed")
    course.prepare(course.ROOT / "requirements.txt")
    assert len(course.installed) == 2


def test_a_folder_that_was_moved_needs_no_second_install(course: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    for name, place in {"ROOT": "", "VENV": ".venv", "LOCK": ".venv.lock", "PYTHON": ".venv/bin/python"}.items():
        monkeypatch.setattr(course, name, moved / place)
    course.prepare(moved / "requirements.txt")
    assert len(course.installed) == 1


def test_an_environment_of_another_python_is_made_anew(course: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    (course.VENV / "pyvenv.cfg").write_text("version = 3.10.4\n")
    (course.ROOT / "requirements.txt").write_text("changed")
    made: list[Path] = []
    monkeypatch.setattr("venv.EnvBuilder.create", lambda self, folder: made.append(folder))
    course.prepare(course.ROOT / "requirements.txt")
    assert made == [course.VENV]


def test_pins_are_installed_with_their_hashes(course: Any) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    assert "--require-hashes" in course.installed[0]
    for name in ("requirements.txt", "requirements-test.txt"):
        pins = [line for line in (course_folder() / name).read_text().splitlines() if "==" in line]
        assert len(pins) > 50
        assert (course_folder() / name).read_text().count("--hash=sha256:") >= len(pins)


def test_an_interrupted_install_is_done_again(course: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(course, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            course.prepare(course.ROOT / "requirements.txt")
    assert not course.is_ready(course.ROOT / "requirements.txt")
    course.prepare(course.ROOT / "requirements.txt")
    assert course.is_ready(course.ROOT / "requirements.txt")


def test_a_handout_has_no_tests_and_says_so_without_touching_its_environment(course: Any, capfd: pytest.CaptureFixture[str]) -> None:
    (course.ROOT / "requirements-test.txt").unlink()
    course.prepare(course.ROOT / "requirements.txt")
    capfd.readouterr()
    assert "This is a learner's copy" in refused(lambda: course.prepare(course.ROOT / "requirements-test.txt"), capfd)
    assert course.is_ready(course.ROOT / "requirements.txt")


def test_of_two_first_starts_the_second_waits(tmp_path: Path) -> None:
    shutil.copy(course_folder() / "course.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("")
    start = """
import sys, time, pathlib, course
root = pathlib.Path(course.ROOT)
def make(requirements):
    with (root / "log").open("a") as log:
        log.write("begin ")
        log.flush()
        time.sleep(1)
        log.write("end ")
course.make = make
course.is_ready = lambda requirements: (root / "log").is_file() and "end" in (root / "log").read_text()
course.prepare(root / "requirements.txt")
"""
    running = [
        subprocess.Popen([sys.executable, "-c", start], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=30)[0] for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert said == ["", "Another start is preparing the course. This one waits for it.\n"]
    assert (tmp_path / "log").read_text() == "begin end "


@pytest.mark.parametrize(
    ("number", "file", "said"),
    [
        (errno.ENOSPC, ".venv/lib", "The disk is full. Free about 1 GB"),
        (errno.EDQUOT, ".venv/lib", "The disk is full. Free about 1 GB"),
        (errno.EACCES, ".venv.lock", "cannot be written. Make it writable or copy the course elsewhere"),
        (errno.EROFS, ".venv.lock", "cannot be written. Make it writable or copy the course elsewhere"),
        (errno.EACCES, ".venv/requirements.stamp", "The folder .venv belongs to another account"),
        (errno.EIO, ".venv/lib", "Delete the folder .venv, then run this again"),
    ],
)
def test_what_the_system_refuses_is_told_in_a_line(
    course: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int, file: str, said: str
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(number, os.strerror(number), str(course.ROOT / file))

    monkeypatch.setattr(course, "make", refuse)
    assert said in refused(lambda: course.prepare(course.ROOT / "requirements.txt"), capfd)


def test_an_environment_closed_to_this_account_is_told_in_a_line(
    course: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(self: Path) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_text", closed)
    assert "belongs to another account" in refused(lambda: course.prepare(course.ROOT / "requirements.txt"), capfd)


def test_an_environment_that_cannot_be_started_is_told_in_a_line(course: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert "cannot be started" in refused(lambda: course.hand_over([str(course.ROOT / "nothing")]), capfd)


@pytest.mark.parametrize("name", ['O\'Brien "Übung" 한국 #1 %20', "long-" + "x" * 120 + "/" + "y" * 120])
@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
def test_the_package_is_found_around_the_environment_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    root.mkdir(parents=True)
    module = launcher()
    venv.EnvBuilder(with_pip=False, symlinks=True).create(root / ".venv")
    (next(root.glob(".venv/lib/*/site-packages")) / "dateline.pth").write_text(module.LINK)
    (root / "dateline").mkdir()
    (root / "dateline" / "__init__.py").write_text("print('found')")
    python = root / ".venv" / "bin" / "python"
    for locale in ("C", "POSIX", "tr_TR.UTF-8", "C.UTF-8"):
        run = subprocess.run(
            [python, "-P", "-c", "import dateline"], capture_output=True, cwd="/", env={"LC_ALL": locale, "PATH": os.environ["PATH"]}
        )
        assert (run.returncode, run.stdout, run.stderr) == (0, b"found\n", b"")


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("WARNING: Retrying... Max retries exceeded", "Connect to the internet"),
        ("ERROR: No matching distribution found for x", "Connect to the internet"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "differs from the one pinned"),
        ("ERROR: something else", "The log says what"),
    ],
)
def test_a_failed_install_says_what_to_do(
    course: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, logged: str, said: str
) -> None:
    make_venv(course.VENV)
    fresh = launcher()
    monkeypatch.setattr(fresh, "LOG", course.LOG)
    monkeypatch.setattr(fresh, "ROOT", course.ROOT)
    assert said in refused(lambda: fresh.install([sys.executable, "-c", f"import sys; print({logged!r}); sys.exit(1)"]), capfd)
    assert logged in course.LOG.read_text()


def test_an_old_python_is_told_in_words(course: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course.sys, "version_info", (3, 9, 1))
    assert "needs Python 3.11 or newer; this is 3.9" in refused(course.main, capfd)


def test_a_missing_venv_module_is_told_in_words(course: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "apt install python3-venv" in refused(lambda: course.prepare(course.ROOT / "requirements.txt"), capfd)


def test_a_taken_port_is_told_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match="Choose another with --port"):
            free_port(port)
        run = subprocess.run([sys.executable, "-m", "dateline", "open", "--port", str(port)], capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip().startswith(f"Port {port} is in use")
    assert "Traceback" not in run.stderr


def test_a_lesson_imports_neither_matplotlib_nor_pandas() -> None:
    code = "import sys, dateline.lesson; print([name for name in ('matplotlib', 'pandas', 'numpy', 'typer') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_the_launcher_needs_only_the_standard_library() -> None:
    code = "import sys; sys.path = [p for p in sys.path if 'site-packages' not in p]; import course"
    run = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, cwd=course_folder())
    assert run.returncode == 0, run.stderr
