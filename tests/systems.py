"""Downloads as the schools' systems make them, written from their own sources and not from our patterns."""

import io
import json
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

EMPTY = b'{"schema": 3, "modules": {}}'


def answers(saved: str = "2026-11-02T10:00:00.000Z", module: str = "1", **values: Any) -> bytes:
    """An exported file with these answers."""
    given = {name.replace("_", "-"): {"value": value, "saved": saved} for name, value in values.items()}
    return json.dumps({"schema": 3, "modules": {module: given}}).encode()


def canvas(sortable: str, user: int, attachment: int, file: str = "my-answers.json", late: bool = False) -> str:
    """lib/content_zipper.rb: the sortable name in small letters without what is no word character, LATE, two numbers, the file's name."""
    who = "".join(letter for letter in sortable.lower() if letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M")
    for bad in '/\\:*?"<>|':
        file = file.replace(bad, "_")
    return f"{who}_{'LATE_' if late else ''}{user}_{attachment}_{file}"


def canvas_anonymous(code: str, attachment: int, file: str = "my-answers.json", late: bool = False) -> str:
    return f"{'LATE_' if late else ''}anon_{code}_{attachment}_{file}"


def moodle(name: str, number: int, file: str = "my-answers.json", flat: bool = False, old: bool = False) -> str:
    """mod/assign/classes/downloader.php: the cleaned name, the assignment's number of the participant, plug-in, path."""
    who = "".join(letter for letter in name.replace("_", " ") if letter not in "&<>\"`|':\\/")
    return f"{who}_{number}_assignsubmission_file{'_' if flat or old else ''}{'' if flat else '/'}{file}"


def blackboard(assignment: str, user: str, file: str = "my-answers.json", when: str = "2026-11-20-21-04-59") -> str:
    return f"{assignment}_{user}_attempt_{when}_{file}"


def brightspace(name: str, number: int, file: str = "my-answers.json", when: str = "Sep 24, 2026 926 PM", attempt: int = 2557369) -> str:
    return f"{number}-{attempt} - {name} - {when}/{file}"


def teams(name: str, version: int = 1, file: str = "my-answers.json") -> str:
    return f"Submitted files/{name}/Dateline 1/Version {version}/{file}"


def packed(entries: Mapping[str, bytes] | Iterable[str]) -> bytes:
    """A zip, as a learner makes one; names alone hold an empty hand-in."""
    files = entries if isinstance(entries, Mapping) else dict.fromkeys(entries, EMPTY)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return written.getvalue()


def put_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return folder


def put_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    path.write_bytes(packed(files))
    return path


def raw_zip(name: bytes, body: bytes, method: int = 8, flags: int = 0, stated: int | None = None, crc: int | None = None) -> bytes:
    """A zip of one file, byte by byte, for what no program writes: a broken stream, a lock, a name in no encoding, a lie about its size."""
    sum_ = zlib.crc32(body) if crc is None else crc
    size = len(body) if stated is None else stated
    common = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 0x5A21, sum_, len(body), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
