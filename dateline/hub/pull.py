"""Bring a learner's folder up to the handout: new files come, files that the learner changed stay, nothing is deleted.

Run as the learner: `python -m dateline.hub.pull HANDOUT.zip FOLDER`; with - the zip is read from standard input, so that it can lie
where the learner cannot look. Whatever is wrong with one file, the others come.

What was pulled is remembered with its hash in FOLDER/.pulled.json. A file that is still as it was pulled is replaced by its new
version; one that the learner changed is kept, and the new version is put beside it with `.new` before its ending. Where a file of the
learner's stands in the place of a folder of the course, or a folder in the place of a file, it is put beside with `.mine` at its end.
"""

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import IO

from dateline.wording import counted

NOTE = ".pulled.json"
SAID = {"new": "came", "replaced": "replaced", "kept": "kept as the learner changed them", "failed": "could not be written"}


def pull(handout: Path | IO[bytes], folder: Path) -> Counter[str]:
    """How many files are `new`, `replaced`, `kept` beside a new version, the `same`, or `failed`. Raises `OSError` or `BadZipFile`."""
    before = _remembered(folder / NOTE)
    after, count = dict(before), Counter[str]()
    with zipfile.ZipFile(handout) as packed:
        for entry in packed.infolist():
            parts = PurePosixPath(entry.filename).parts[1:]
            if entry.is_dir() or not parts or ".." in parts or PurePosixPath(*parts).is_absolute():
                continue
            name = "/".join(parts)
            try:
                raw = packed.read(entry)
                count[_brought(folder, parts, raw, before.get(name, ""))] += 1
                after[name] = _digest(raw)
            except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
                count["failed"] += 1
    _clear(folder, (NOTE,))
    _write(folder / NOTE, json.dumps(after, indent=1).encode())
    return count


def _brought(folder: Path, parts: tuple[str, ...], raw: bytes, was: str) -> str:
    """What was done about one file; `was` is the hash under which it came last."""
    path, wanted = folder.joinpath(*parts), _digest(raw)
    _clear(folder, parts)
    here = _digest(path.read_bytes()) if path.is_file() else ""
    if here == wanted or (here and here != was == wanted):  # as it should be, or changed by the learner and not new in the handout
        return "same"
    if not here or here == was:
        _write(path, raw)
        return "replaced" if here else "new"
    _write(path.with_name(f"{path.stem}.new{path.suffix}"), raw)
    return "kept"


def _clear(folder: Path, parts: tuple[str, ...]) -> None:
    """Put beside what stands in the way: a file on the way to a place, or a folder in it."""
    around = [folder.joinpath(*parts[:depth]) for depth in range(1, len(parts))]
    in_the_way = [place for place in around if os.path.lexists(place) and not place.is_dir()]
    in_the_way += [place for place in [folder.joinpath(*parts)] if place.is_dir()]
    for place in in_the_way:
        free = next(name for number in range(10_000) if not os.path.lexists(name := place.with_name(f"{place.name}.mine{number or ''}")))
        place.rename(free)


def _remembered(note: Path) -> dict[str, str]:
    """What was pulled; nothing where the note is not there, cut off, or no note."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(note.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {name: digest for name, digest in found.items() if isinstance(digest, str)}
    return {}


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def main(handout: str, folder: str) -> None:
    """Pull, and say what was done; what hinders all of it is one line and a status of 1."""
    try:
        count = pull(sys.stdin.buffer if handout == "-" else Path(handout), Path(folder))
    except (OSError, zipfile.BadZipFile) as error:
        sys.exit(f"Nothing new came into {folder}: {getattr(error, 'strerror', None) or error}.")
    done = [f"{counted(count[kind], 'file')} {said}" for kind, said in SAID.items() if count[kind]]
    print("; ".join(done) or "Nothing is new.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*sys.argv[1:])
