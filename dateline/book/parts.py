"""What the book runs on: Python for the browser from npm, and the few packages that the course needs there, each pinned by its hash."""

import hashlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from dateline.faults import fail
from dateline.folders import course_folder

ROOT = Path(__file__).parents[2]
"""The folder of the whole course, in which what the book needs is pinned. A copy of the course has no such files."""
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
PINS = "requirements-book.txt"
PIN = re.compile(r"(?m)^(?P<name>\w+)==(?P<version>\S+) --hash=sha256:(?P<hash>[0-9a-f]{64})$")
FOR_BROWSERS = ("--python-version", "3.14", "--implementation", "cp", "--abi", "cp314", "--platform", "pyemscripten_2026_0_wasm32")
UNUSED = """
_pyrepl bdb cProfile compileall ctypes curses dbm doctest ensurepip ftplib getpass http idlelib imaplib lib2to3 mailbox mimetypes
multiprocessing netrc optparse pdb pickletools poplib profile pstats pty pydoc pydoc_data sched smtplib socketserver sqlite3 ssl tabnanny
tarfile timeit tkinter trace tty turtle unittest venv wave webbrowser wsgiref xml xmlrpc zipapp
"""
"""Modules of the standard library that no page of the course asks for. A test opens every page with what is left."""
CODECS = frozenset(["__init__", "aliases", "ascii", "cp437", "idna", "latin_1", "punycode", "utf_8", "utf_8_sig"])
"""What is left of the many ways to write text as bytes."""
ZONE = re.compile(r'"((?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/]+)"')
DAY = (1980, 1, 1, 0, 0, 0)


def pyodide_files(folder: Path | None) -> dict[str, bytes]:
    """Python for the browser, by file name, with a list of packages that names none; raises `CourseError` where it cannot be had."""
    source = folder or _from_npm()
    lacking = [name for name in (*PYODIDE, "pyodide-lock.json", "package.json") if not (source / name).is_file()]
    if lacking:
        raise fail(str(source), 0, f"this folder lacks {lacking[0]}", f"Name the folder of Pyodide {_version()} as npm holds it")
    info = json.loads((source / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    if _laid(source) != _version():
        raise fail(str(source), 0, f"this is Pyodide {_laid(source)}", f"The book is made for {_version()}; name a folder with that")
    files = {name: (source / name).read_bytes() for name in PYODIDE}
    files["python_stdlib.zip"] = trimmed(files["python_stdlib.zip"])
    return files | {"pyodide-lock.json": json.dumps({"info": info, "packages": {}}, sort_keys=True).encode()}


def _version() -> str:
    return str(json.loads(_pinned("package.json"))["dependencies"]["pyodide"])


def _pinned(name: str) -> str:
    if not (ROOT / name).is_file():
        raise fail(name, 0, "it is not beside the course's package", "Make the book in the whole course, not in a copy for learners")
    return (ROOT / name).read_text(encoding="utf-8")


def _from_npm() -> Path:
    """The folder where npm has laid Pyodide; npm itself compares it with the hash in `package-lock.json`."""
    folder = ROOT / "node_modules" / "pyodide"
    wanted = _version()
    if _laid(folder) == wanted:
        return folder
    npm = shutil.which("npm")
    if not npm:
        raise fail("package.json", 0, "the book runs on a package from npm, and there is no npm here", _GET_NODE)
    print("Fetching Python for the browser, the first time only.", flush=True)
    done = subprocess.run([npm, "ci", "--silent"], cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if done.returncode or _laid(folder) != wanted:
        raise fail("package.json", 0, "Python for the browser could not be fetched", _GET_NET)
    return folder


_GET_NODE = "Install Node.js 20 or newer with npm (Debian: sudo apt install nodejs npm), or give a folder with --pyodide"
_GET_NET = "Connect to the internet and run this again, or give a folder with --pyodide"


def _laid(folder: Path) -> str:
    try:
        return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return ""


def trimmed(library: bytes) -> bytes:
    """The standard library without what no page asks for: a third less to fetch."""
    with zipfile.ZipFile(io.BytesIO(library)) as whole:
        return packed({name: whole.read(name) for name in whole.namelist() if not name.endswith("/") and _is_used(Path(name))})


def _is_used(module: Path) -> bool:
    first = module.parts[0].removesuffix(".py")
    return module.stem in CODECS if first == "encodings" else first not in UNUSED.split()


def packages(folder: Path | None) -> bytes:
    """The packages of the course in the browser, as one zip; raises `CourseError` where one cannot be had."""
    files: dict[str, bytes] = {}
    for pin in PIN.finditer(_pinned(PINS)):
        with zipfile.ZipFile(io.BytesIO(_wheel(folder, **pin.groupdict()))) as wheel:
            files |= {name: wheel.read(name) for name in wheel.namelist() if not name.endswith(("/", ".pyi", ".c", ".h"))}
    return packed(files | dict(_markupsafe()) | dict(_zones()))


def _wheel(folder: Path | None, name: str, version: str, hash: str) -> bytes:
    """A wheel from the folder given, from what was fetched before, or from the package index."""
    kept = ROOT / ".lab" / "book"
    for place in filter(None, (folder, kept)):
        for found in sorted(place.glob(f"{name}-{version}-*.whl")):
            if hashlib.sha256(found.read_bytes()).hexdigest() == hash:
                return found.read_bytes()
    kept.mkdir(parents=True, exist_ok=True)
    fetch = ("-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:")
    command = [sys.executable, *fetch, *FOR_BROWSERS, "--require-hashes", "-r", str(ROOT / PINS), "--dest", str(kept)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    fetched = sorted(kept.glob(f"{name}-{version}-*.whl"))
    if done.returncode or not fetched:
        raise fail(PINS, 0, f"{name} {version} for browsers could not be fetched", _GET_NET)
    return fetched[0].read_bytes()


def _markupsafe() -> Iterator[tuple[str, bytes]]:
    """The one pure package beside the course's own, as it is installed here."""
    yield from ((f"markupsafe/{path.name}", path.read_bytes()) for path in sorted(_home("markupsafe").glob("*.py")))


def _zones() -> Iterator[tuple[str, bytes]]:
    """The clocks of the places that the course names."""
    home = _home("tzdata")
    texts = [path for folder in ("data", "exercises", "solutions") for path in sorted((course_folder() / folder).rglob("*.toml"))]
    named = {zone for path in texts for zone in ZONE.findall(path.read_text(encoding="utf-8"))} | {"UTC"}
    for zone in sorted(zone for zone in named if (home / "zoneinfo" / zone).is_file()):
        yield f"tzdata/zoneinfo/{zone}", (home / "zoneinfo" / zone).read_bytes()
    folders = {parent for zone in named for parent in Path("tzdata/zoneinfo", zone).parents if parent != Path()}
    yield from ((f"{folder.as_posix()}/__init__.py", b"") for folder in sorted(folders))


def _home(package: str) -> Path:
    found = importlib.util.find_spec(package)
    assert found and found.origin, package
    return Path(found.origin).parent


def packed(files: dict[str, bytes]) -> bytes:
    """A zip that is the same, byte for byte, for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def licences() -> str:
    """Whose work is in the book beside the course's own."""
    lines = [
        f"Pyodide {_version()} (Python for the browser), Mozilla Public License 2.0",
        *(f"{pin['name']} {pin['version']}, BSD 3-Clause" for pin in PIN.finditer(_pinned(PINS))),
        "markupsafe, BSD 3-Clause",
        "tzdata (the time zone database), Apache License 2.0; the data are in the public domain",
    ]
    return "Reading the Dateline holds the work of others, unchanged but for parts left out:\n\n" + "\n".join(lines) + "\n"
