"""The one command: installs once, mends what is half made, and says in a line what a person can do about a fault."""

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from dateline.folders import course_folder
from dateline.jupyter import PortTakenError, free_port


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`course.py` in a folder of its own, with an installer that only notes what it is asked."""
    spec = importlib.util.spec_from_file_location("course", course_folder() / "course.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, place in {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "PYTHON": tmp_path / ".venv" / "bin" / "python"}.items():
        monkeypatch.setattr(module, name, place)
    monkeypatch.setattr(module, "LOG", tmp_path / ".venv" / "install.log")
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    module.installed = []  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "install", module.installed.append)  # type: ignore[attr-defined]
    monkeypatch.setattr("venv.EnvBuilder.create", lambda self, folder: make_venv(Path(folder)))
    return module


def make_venv(folder: Path) -> None:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").write_text("")


def test_a_second_start_installs_nothing(course: ModuleType) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    assert len(course.installed) == 2
    course.prepare(course.ROOT / "requirements.txt")
    assert len(course.installed) == 2


def test_changed_pins_install_again(course: ModuleType) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    (course.ROOT / "requirements.txt").write_text("changed")
    course.prepare(course.ROOT / "requirements.txt")
    assert len(course.installed) == 4


def test_pins_are_installed_with_their_hashes(course: ModuleType) -> None:
    course.prepare(course.ROOT / "requirements.txt")
    assert "--require-hashes" in course.installed[0]
    for name in ("requirements.txt", "requirements-test.txt"):
        pins = [line for line in (course_folder() / name).read_text().splitlines() if "==" in line]
        assert len(pins) > 50
        assert (course_folder() / name).read_text().count("--hash=sha256:") >= len(pins)


def test_an_interrupted_install_is_done_again(course: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(course, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            course.prepare(course.ROOT / "requirements.txt")
    assert not course.is_ready(course.ROOT / "requirements.txt")
    make = course.VENV / "bin" / "python"
    make.unlink()
    make.parent.rmdir()
    course.prepare(course.ROOT / "requirements.txt")
    assert course.is_ready(course.ROOT / "requirements.txt")


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
    course: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, logged: str, said: str
) -> None:
    make_venv(course.VENV)
    spec = importlib.util.spec_from_file_location("fresh", course_folder() / "course.py")
    assert spec
    assert spec.loader
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    monkeypatch.setattr(fresh, "LOG", course.LOG)
    monkeypatch.setattr(fresh, "ROOT", course.ROOT)
    with pytest.raises(SystemExit):
        fresh.install([sys.executable, "-c", f"import sys; print({logged!r}); sys.exit(1)"])
    error = capfd.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_an_old_python_is_told_in_words(course: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course.sys, "version_info", (3, 9, 1))
    with pytest.raises(SystemExit):
        course.main()
    assert "needs Python 3.11 or newer; this is 3.9" in capfd.readouterr().err


def test_a_missing_venv_module_is_told_in_words(
    course: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit):
        course.prepare(course.ROOT / "requirements.txt")
    assert "apt install python3-venv" in capfd.readouterr().err


def test_a_taken_port_is_told_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match="Choose another with --port"):
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
