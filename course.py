#!/usr/bin/env python3
"""The one command of the course: open it, test it, and the rest (run it without words for the list).

It needs nothing but Python 3.11 or newer. The first time it makes a folder .venv beside this file and installs what the
course needs into it, pinned and hashed; afterwards it starts at once. Then it hands over to the package's own commands.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "install.log"
NEEDS_TESTS = {"test"}
# Words in the installer's log, and what they mean for the person who reads it.
CAUSES = {
    "No space left": "The disk is full. Free about 1 GB, then run this again.",
    "Permission denied": "The folder cannot be written. Make it writable or copy the course elsewhere, then run this again.",
    "Could not find a version": "The packages cannot be reached. Connect to the internet, then run this again.",
    "Max retries": "The packages cannot be reached. Connect to the internet, then run this again.",
    "No matching distribution": "The packages cannot be reached. Connect to the internet, then run this again.",
    "HASHES": "A package differs from the one pinned. Try again on another network; if it stays, report it.",
}


def stop(message):
    print(message, file=sys.stderr)
    raise SystemExit(1)


def stamp(requirements):
    """Changes whenever what is installed would change: the pins, the package's declaration, Python, the place."""
    parts = [requirements.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ready(requirements):
    mark = VENV / (requirements.stem + ".stamp")
    return PYTHON.exists() and mark.is_file() and mark.read_text() == stamp(requirements)


def prepare(requirements):
    """Make .venv and install into it; what is half made is made anew, and the stamp is written last."""
    if is_ready(requirements):
        return
    print("Preparing the course. This takes a minute or two, the first time only.", flush=True)
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        stop("This Python has no venv. On Debian or Ubuntu: sudo apt install python3-venv. Then run this again.")
    try:
        whole = any(VENV.glob("*.stamp")) and PYTHON.exists()
        for mark in VENV.glob("*.stamp"):
            mark.unlink()
        if not whole:
            venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
        LOG.unlink(missing_ok=True)
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        install([*pip, "--require-hashes", "-r", str(requirements)])
        install([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        (VENV / (requirements.stem + ".stamp")).write_text(stamp(requirements))
    except PermissionError:
        stop(f"The folder {ROOT} cannot be written. Make it writable or copy the course elsewhere, then run this again.")
    except OSError as error:
        stop(
            CAUSES.get(error.strerror or "", f"The environment could not be made ({error}). Delete the folder .venv, then run this again.")
        )
    except subprocess.CalledProcessError:
        stop("Python could not make an environment. On Debian or Ubuntu: sudo apt install python3-venv. Then run this again.")


def install(command):
    with LOG.open("ab") as log:
        code = subprocess.call(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    if code:
        said = LOG.read_text(errors="replace")
        cause = next((cause for words, cause in CAUSES.items() if words in said), "Something could not be installed. The log says what.")
        stop(f"{cause} (Log: {LOG.relative_to(ROOT)})")


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words to whoever has an older one
        stop(
            "The course needs Python 3.11 or newer; this is {}.{}. Install one from python.org, then run this again.".format(
                *sys.version_info[:2]
            )
        )
    if shutil.disk_usage(ROOT).free < 1_000_000_000 and not VENV.exists():
        stop("There is less than 1 GB free on this disk. Free some space, then run this again.")
    wanted = "requirements-test" if NEEDS_TESTS & set(sys.argv[1:2]) else "requirements"
    if wanted == "requirements" and is_ready(ROOT / "requirements-test.txt"):
        wanted = "requirements-test"
    prepare(ROOT / (wanted + ".txt"))
    command = [str(PYTHON), "-m", "dateline", *sys.argv[1:]]
    if os.name == "nt":
        raise SystemExit(subprocess.call(command))
    os.execv(command[0], command)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("Stopped. Run this again to go on.")
