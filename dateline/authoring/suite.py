"""The steps of `course.py test`, and what each needs that a machine may lack."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from dateline.folders import course_folder

PYTEST = ("-m", "pytest", "-rs", "-n", "2", "--dist")


class Step(msgspec.Struct, frozen=True):
    """One step: its name, its command (what starts with a hyphen is for this Python), what it needs, and whether `--fast` leaves it out."""

    name: str
    command: tuple[str, ...]
    needs: str = ""
    slow: bool = False


STEPS = (
    Step("style", ("-m", "ruff", "check", ".")),
    Step("layout", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Step("rooms", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo")),
    Step("types", ("-m", "mypy", "--no-error-summary")),
    Step("javascript", ("-m", "dateline.authoring.javascript"), needs="node"),
    Step("tests", (*PYTEST, "loadscope", "tests", "--ignore=tests/browser")),
    Step(
        "notebooks",
        (*PYTEST, "loadscope", "--nbval", "--nbval-sanitize-with", "tests/nbval.cfg", "notebooks", "exercises", "solutions"),
        slow=True,
    ),
    Step("browser", (*PYTEST, "loadfile", "tests/browser"), needs="chromium", slow=True),
)

NEEDS = {
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "Chromium (Debian: sudo apt install chromium; or set CHROMIUM)"),
    "firefox": (("firefox-esr", "firefox"), "Firefox (Debian: sudo apt install firefox-esr; or set FIREFOX)"),
    "node": (("node",), "Node.js (Debian: sudo apt install nodejs npm; or set NODE)"),
}
"""What a machine may lack: the programs that will do, and how to get one. A variable of that name says where it is."""


def found(need: str) -> str | None:
    """The program on this machine for what a step needs, if there is one."""
    programs, _ = NEEDS[need]
    return os.environ.get(need.upper()) or next(filter(None, map(shutil.which, programs)), None)


def chromium() -> str | None:
    """The Chromium on this machine, if there is one (environment variable CHROMIUM, or on the path)."""
    return found("chromium")


def run_suite(fast: bool = False, pictures: bool = False) -> list[str]:
    """Run the steps, printing what each says; returns what failed. What cannot be run here is failed only where CI=true."""
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        variables = {
            **os.environ,
            "DATELINE_PICTURES": str(int(pictures)),
            "DATELINE_ANSWERS": str(Path(folder) / "answers"),
            "MPLCONFIGDIR": str(Path(folder) / "matplotlib"),
        }
        for step in STEPS:
            if fast and step.slow:
                continue
            print(f"\n== {step.name}", flush=True)
            if step.needs and not found(step.needs):
                print(f"left out: it needs {NEEDS[step.needs][1]}", flush=True)
                failed += [f"{step.name} (it was left out, and CI=true)"] if os.environ.get("CI") == "true" else []
            elif subprocess.call(started(step.command), cwd=course_folder(), env=variables):
                failed.append(step.name)
    return failed


def started(command: tuple[str, ...]) -> list[str]:
    """The command with this Python before what is for it."""
    return [*([sys.executable] if command[0].startswith("-") else []), *command]
