"""The pins of what is installed: compiled from `pyproject.toml`, and compared with those before."""

import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

from dateline.folders import course_folder

FILES = {"requirements.txt": ("nbval",), "requirements-test.txt": ("nbval", "test")}
"""Each file and the extras of `pyproject.toml` that it holds; a later file keeps the versions of the one before."""
COMPILE = ("pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--no-annotate", "--quiet")


class PinsError(Exception):
    """The pins could not be compiled. Nothing was changed."""


def update(keep: bool = False) -> dict[str, list[str]]:
    """Compile both files, for every platform, and put them in place only when both are made; returns what changed in each.

    With `keep`, what is pinned stays, and only what `pyproject.toml` adds or no longer asks for changes.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise PinsError("uv is not on this machine. Install it (pip install uv, into an environment of its own), then run this again.")
    root = course_folder()
    with tempfile.TemporaryDirectory() as folder:
        made: dict[str, Path] = {}
        for name, extras in FILES.items():
            out = Path(folder) / name
            if keep and (root / name).is_file():
                shutil.copy(root / name, out)
            _compile(uv, root, out, extras, list(made.values()))
            made[name] = out
        changed = {name: differences(_read(root / name), _read(path)) for name, path in made.items()}
        for name, path in made.items():
            shutil.copyfile(path, root / name)
    return changed


def _compile(uv: str, root: Path, out: Path, extras: tuple[str, ...], constraints: list[Path]) -> None:
    asked = [word for extra in extras for word in ("--extra", extra)]
    held = [word for path in constraints for word in ("--constraint", str(path))]
    done = subprocess.run(
        [uv, *COMPILE, "pyproject.toml", *asked, *held, "--output-file", str(out)], cwd=root, capture_output=True, text=True
    )
    if done.returncode:
        raise PinsError(f"uv could not compile {out.name}, and nothing was changed. It says:\n{done.stderr.strip()}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def pinned(requirements: str) -> dict[str, str]:
    """The versions of each package in a file of pins; several where platforms or Pythons differ."""
    found = defaultdict(list)
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", requirements, re.MULTILINE):
        found[name].append(version)
    return {name: " and ".join(versions) for name, versions in found.items()}


def differences(before: str, after: str) -> list[str]:
    """One line for each package whose version is another, which is new, or which is gone."""
    old, new = pinned(before), pinned(after)
    return [
        f"{name} {old.get(name, 'not there')} -> {new.get(name, 'gone')}" for name in sorted({*old, *new}) if old.get(name) != new.get(name)
    ]
