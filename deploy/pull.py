"""Bring a learner's folder up to the handout: new files come, files that the learner changed stay, nothing is deleted.

Run as the learner: python pull.py HANDOUT.zip FOLDER

What was pulled is remembered with its hash in FOLDER/.pulled.json. A file that is still as it was pulled is replaced by its
new version; one that the learner changed is kept, and the new version is put beside it with `.new` before its ending.
"""

import hashlib
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
    Path(name).chmod(0o644)
    os.replace(name, path)


def pull(handout: Path, folder: Path) -> dict[str, int]:
    """Returns how many files are new, replaced, kept beside a new version, and as they were."""
    note = folder / ".pulled.json"
    before = json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}
    after, count = dict(before), {"new": 0, "replaced": 0, "kept": 0, "same": 0}
    with zipfile.ZipFile(handout) as packed:
        for entry in packed.infolist():
            parts = PurePosixPath(entry.filename).parts[1:]
            if entry.is_dir() or not parts or ".." in parts or PurePosixPath(*parts).is_absolute():
                continue
            name, raw = "/".join(parts), packed.read(entry)
            path, wanted = folder.joinpath(*parts), digest(raw)
            here = digest(path.read_bytes()) if path.is_file() else ""
            if here == wanted:
                kind = "same"
            elif not here or here == before.get(name):
                write(path, raw)
                kind = "replaced" if here else "new"
            elif before.get(name) == wanted:
                kind = "same"  # changed by the learner, and not new in the handout
            else:
                write(path.with_name(f"{path.stem}.new{path.suffix}"), raw)
                kind = "kept"
            after[name] = wanted
            count[kind] += 1
    write(note, json.dumps(after, indent=1).encode())
    return count


if __name__ == "__main__":
    print(pull(Path(sys.argv[1]), Path(sys.argv[2])))
