#!/usr/bin/env python3
"""The one command of the course: open it, test it, and the rest (run it without words for the list).

It needs nothing but Python 3.11 or newer. The first time it makes a folder .venv beside this file and installs what the
course needs into it, pinned and hashed; afterwards it starts at once. Then it hands over to the package's own commands.

The package itself is not installed: a line in the environment names the folder around .venv, wherever that is. So the course
may be moved, may lie in a folder of any name, and is found by a notebook that an editor opens without this command.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / ".venv.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "install.log"
LINK = "import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n"
NEEDS_TESTS = {"test"}
AGAIN = "then run this again."
DISK_FULL = f"The disk is full. Free about 1 GB, {AGAIN}"
UNREACHABLE = f"The packages cannot be reached. Connect to the internet, {AGAIN}"
READ_ONLY = f"The folder {ROOT} cannot be written. Make it writable or copy the course elsewhere, {AGAIN}"
FOREIGN = f"The folder .venv belongs to another account. Copy the course without it into a folder of your own, {AGAIN}"
NO_VENV = f"Python could not make an environment. On Debian or Ubuntu: sudo apt install python3-venv, {AGAIN}"
# Words in an installer's output, and what they mean for the person who reads it.
CAUSES = {
    "No space left": DISK_FULL,
    "Disk quota": DISK_FULL,
    "Permission denied": READ_ONLY,
    "Read-only file system": READ_ONLY,
    "Could not find a version": UNREACHABLE,
    "Max retries": UNREACHABLE,
    "No matching distribution": UNREACHABLE,
    "HASHES": "A package differs from the one pinned. Try again on another network; if it stays, report it.",
}
MISSING = {
    "requirements.txt": f"The file requirements.txt is missing. Get the course anew, {AGAIN}",
    "requirements-test.txt": "This is a learner's copy of the course, and its tests are not in it. Run them in the whole course.",
}


def stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(1)


def cause(said: str, otherwise: str) -> str:
    return next((meant for words, meant in CAUSES.items() if words in said), otherwise)


def stop_for(error: OSError) -> NoReturn:
    """Say in words what the system refused."""
    if error.errno in (errno.EACCES, errno.EPERM) and Path(error.filename or ROOT).is_relative_to(VENV):
        stop(FOREIGN)
    stop(cause(os.strerror(error.errno or 0), f"The environment could not be made ({error}). Delete the folder .venv, {AGAIN}"))


def stamp(requirements: Path) -> str:
    """Changes whenever what is installed would change: the pins and the Python."""
    return hashlib.sha256(b"%d.%d\0" % sys.version_info[:2] + requirements.read_bytes()).hexdigest()


def is_ready(requirements: Path) -> bool:
    mark = VENV / (requirements.stem + ".stamp")
    try:
        return requirements.is_file() and mark.read_text() == stamp(requirements) and os.access(PYTHON, os.X_OK)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        stop_for(error)


def prepare(requirements: Path) -> None:
    """Have an environment with what is required; of two starts at once the second waits for the first."""
    if is_ready(requirements):
        return
    if not requirements.is_file():
        stop(MISSING[requirements.name])
    try:
        with alone():
            if not is_ready(requirements):
                make(requirements)
    except subprocess.CalledProcessError as error:
        stop(cause((error.output or b"").decode(errors="replace"), NO_VENV))
    except OSError as error:
        stop_for(error)


def make(requirements: Path) -> None:
    """Make .venv and install into it; what is half made is made anew, and the stamp is written last."""
    print("Preparing the course. This takes a minute or two, the first time only.", flush=True)
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop(f"This Python has no venv. On Debian or Ubuntu: sudo apt install python3-venv, {AGAIN}")
    whole = any(VENV.glob("*.stamp")) and is_of_this_python()
    for mark in VENV.glob("*.stamp"):
        mark.unlink()
    if not whole:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)}))
    (site / "dateline.pth").write_text(LINK)
    LOG.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    install([*pip, "--require-hashes", "-r", str(requirements)])
    (VENV / (requirements.stem + ".stamp")).write_text(stamp(requirements))


def is_of_this_python() -> bool:
    config = VENV / "pyvenv.cfg"
    version = "version = {}.{}.".format(*sys.version_info[:2])
    return os.access(PYTHON, os.X_OK) and config.is_file() and version in config.read_text(errors="replace")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold this folder's lock; who comes second says so and waits. The system lets go of it when a program ends."""
    with LOCK.open("ab") as held:
        if not locked(held):
            print("Another start is preparing the course. This one waits for it.", flush=True)
            while not locked(held):
                time.sleep(0.3)
        yield


def locked(held: IO[bytes]) -> bool:
    """Whether the lock is ours now; a file system without locks has nothing to wait for."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def install(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with contextlib.suppress(OSError):  # on a full disk the cause is still known
        LOG.write_bytes(done.stdout)
    if done.returncode:
        said = done.stdout.decode(errors="replace")
        stop(f"{cause(said, 'Something could not be installed. The log says what.')} (Log: {LOG.relative_to(ROOT)})")


def hand_over(command: list[str]) -> NoReturn:
    """Become the package's own command; where a program cannot become another, wait for it."""
    try:
        if os.name != "nt":
            os.execv(command[0], command)
        running = subprocess.Popen(command)
    except OSError as error:
        stop(f"The environment in .venv cannot be started ({error.strerror}). Delete the folder .venv, {AGAIN}")
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C reaches the command too, and it ends by itself
            raise SystemExit(running.wait())


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words to whoever has an older one
        have = "{}.{}".format(*sys.version_info[:2])
        stop(f"The course needs Python 3.11 or newer; this is {have}. Install one from python.org, {AGAIN}")
    if shutil.disk_usage(ROOT).free < 1_000_000_000 and not VENV.exists():
        stop(f"There is less than 1 GB free on this disk. Free some space, {AGAIN}")
    tests = ROOT / "requirements-test.txt"
    wanted = tests if NEEDS_TESTS & set(sys.argv[1:2]) or is_ready(tests) else ROOT / "requirements.txt"
    prepare(wanted)
    hand_over([str(PYTHON), "-P", "-m", "dateline", *sys.argv[1:]])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("Stopped. Run this again to go on.")
