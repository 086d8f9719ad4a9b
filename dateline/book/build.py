"""Makes the book: a folder of plain files that any web server can serve, the same byte for byte from the same course."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from dateline.authoring.shipped import page_files, page_name, read_notebook
from dateline.book import parts
from dateline.book.host import Book
from dateline.book.own_page import searched
from dateline.book.pages import Page, Pictures, Place, Setting, page_html, pages, without_outputs
from dateline.cards.code import source, style
from dateline.classroom.handout import choose, copy_course, make_handout
from dateline.faults import fail
from dateline.folders import course_folder
from dateline.reading import course

STATIC = Path(__file__).parent / "static"
FRAME = Path(course.__file__).parent / "environment" / "share" / "jupyter" / "labextensions" / "dateline" / "static"
SHARED = ("dom.js", "frame.js", "search.js", "words.js", "style.css")
"""Files of the frame that the book has in common with JupyterLab's door."""
ROOMS = ("answers", "book", "cards", "evidence", "figures", "kinds", "learner", "texts")
"""Rooms of the package that a page needs in the browser, whole; of others single files."""
FILES = (
    *("__init__.py", "bank.py", "display.py", "faults.py", "folders.py", "html.py", "lesson.py", "live.py", "wording.py"),
    *("authoring/__init__.py", "authoring/shipped.py", "reading/__init__.py", "reading/course.py"),
)
LEFT_OUT = ("book/build.py", "book/pages.py", "book/parts.py", "cards/widget.py", "cards/code.py")
MADE_BY = "made-by-dateline.txt"
"""Marks a folder as a book, so that only a book is ever written over."""


class Made(msgspec.Struct, frozen=True):
    """What was made: the folder, how many pages and files, and bytes in all."""

    folder: Path
    pages: int
    files: int
    bytes: int


def build(out: Path, pyodide: Path | None = None, site: str = "") -> Made:
    """Make the book of the course in `course_folder()`; raises `CourseError` or `OSError`. `site` is the address where it will stand."""
    check_out(out)
    files = book_files(pyodide, site)
    with tempfile.TemporaryDirectory(dir=_parent(out), prefix=".book-") as folder:
        fresh = Path(folder) / "book"
        for name, content in files.items():
            place = fresh / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if out.exists():
            out.rename(Path(folder) / "old")
        fresh.rename(out)
    return Made(out, sum(name.endswith(".html") for name in files), len(files), sum(map(len, files.values())))


def check_out(out: Path) -> None:
    """Refuse to write over anything but an earlier book."""
    if out.exists() and not (out.is_dir() and ((out / "course" / MADE_BY).is_file() or not any(out.iterdir()))):
        raise fail(str(out), 0, "this is there already, and it is no book of this course", "Name another folder")


def _parent(out: Path) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    return out.parent


def book_files(pyodide: Path | None, site: str) -> dict[str, bytes]:
    """Every file of the book by its place in it."""
    book = Book()
    try:
        return _files(book, pyodide, site)
    finally:
        book.leave()


def _files(book: Book, pyodide: Path | None, site: str) -> dict[str, bytes]:
    known = course.known()
    titles = {name: page["title"] for name, page in known["pages"].items()}
    found = pages(titles, str(book.card.printed()[0]))
    standing = book.follow({})
    scripts = _scripts() | {"known.js": _module(_known(known, found, standing)), "searched.js": _module([*course.words(), searched()])}
    setting = Setting(_address(site), _order(standing), tuple(f"course/{name}" for name in sorted(scripts) if name not in LATER))
    pictures = Pictures()
    written = {page.file: page_html(page, _items(book, page), setting, pictures).encode() for page in found}
    inside = {
        **{f"course/{name}": words.encode() for name, words in scripts.items()},
        **{f"course/{name}": (STATIC / name).read_bytes() for name in ("book.css", "icon.svg", "picture.png")},
        "course/style.css": (FRAME / "style.css").read_bytes(),
        "course/cards.css": style().encode(),
        "course/course.zip": parts.packed(_course()),
        "course/packages.zip": parts.packages(pyodide),
        "course/licences.txt": parts.licences().encode(),
        f"course/{MADE_BY}": b"This folder was made with: course.py book. Making the book again writes over it.\n",
        **{f"course/pyodide/{name}": content for name, content in parts.pyodide_files(pyodide).items()},
    }
    files = dict(sorted((written | pictures.files | inside).items()))
    return files | {"service.js": service(files)}


LATER = ("searched.js", "worker.js")
"""Scripts that a page does not need before it can be read."""


def _address(site: str) -> str:
    return site if not site or site.endswith("/") else f"{site}/"


def _scripts() -> dict[str, str]:
    own = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js")) if path.name != "service.js"}
    frame = {name: (FRAME / name).read_text(encoding="utf-8") for name in SHARED if name.endswith(".js")}
    settings = {"path": os.environ.get("DATELINE_PATH", "")}
    return {**own, **frame, "cards.js": source(), "settings.js": _module(settings)}


def _module(data: object) -> str:
    return f"export default {json.dumps(data, ensure_ascii=False, separators=(',', ':'), sort_keys=True)};\n"


def _known(known: dict[str, Any], found: list[Page], standing: dict[str, Any]) -> dict[str, Any]:
    """What the frame needs in every page."""
    return {
        "files": {page.name: page.file for page in found},
        "pages": {page.name: {"title": page.title} for page in found},
        "about": {name: page["about"] for name, page in known["pages"].items() if page["about"]},
        "terms": known["terms"],
        "texts": known["texts"],
        "standing": standing,
        "keys": (course_folder() / "solutions").is_dir(),
    }


def _order(standing: dict[str, Any]) -> tuple[Place, ...]:
    return tuple(
        Place(part["title"], entry["page"], f"{entry['number']} {entry['title']}".strip())
        for part in standing["parts"]
        for entry in part["pages"]
    )


def _items(book: Book, page: Page) -> dict[str, list[dict[str, Any]]]:
    """The cards that a page shows before anything is answered; its other parts are stored."""
    shown = book.page({"page": page.name})
    failed = [part for part, items in shown.items() if any(item.get("failed") for item in items)]
    if failed:
        raise fail(page.name, 0, f"the part {failed[0]} cannot be shown; the lines above say why", "Mend it, then make the book again")
    return shown


def _course() -> dict[str, bytes]:
    """The course inside the book: the package's rooms for learners, and the files that they read."""
    root, package = course_folder(), Path(__file__).parents[1]
    rooms = [path for room in ROOMS for path in sorted((package / room).glob("*.py"))]
    modules = [path for path in (*(package / name for name in FILES), *rooms) if path.relative_to(package).as_posix() not in LEFT_OUT]
    written = [path for folder in ("data", "exercises", "solutions") for path in sorted((root / folder).rglob("*")) if path.suffix in READ]
    pages = {page_name(path): json.dumps(without_outputs(read_notebook(path)), ensure_ascii=False).encode() for path in page_files()}
    return {
        **{f"dateline/{path.relative_to(package).as_posix()}": path.read_bytes() for path in modules},
        **{path.relative_to(root).as_posix(): path.read_bytes() for path in written},
        **pages,
    }


READ = (".toml", ".txt", ".csv", ".json")


def service(files: dict[str, bytes]) -> bytes:
    """The script that keeps the book for when there is no network: the list of files with their hashes, before the code that uses it."""
    hashes = {name: base64.b64encode(hashlib.sha256(content).digest()).decode() for name, content in files.items()}
    code = (STATIC / "service.js").read_text(encoding="utf-8")
    version = hashlib.sha256(json.dumps(hashes).encode() + code.encode()).hexdigest()[:16]
    lines = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(hashes, separators=(',', ':'))};\n"
    return (lines + code).encode()


def build_copy(out: Path, pyodide: Path | None, site: str, path: str, handout: bool) -> str:
    """Make the book of some lessons, or without the keys, from a copy of the course that holds nothing else; returns what was said.

    The copy is built by a program of its own, which knows of no other course.
    """
    check_out(out)
    with tempfile.TemporaryDirectory(dir=_parent(out), prefix=".copy-") as folder:
        copy = Path(folder) / "course"
        if handout:
            make_handout(copy, path)
        else:
            copy_course(copy, choose(path, ()), keys=True)
        command = [sys.executable, "-m", "dateline", "book", str(out.resolve()), *(["--site", site] if site else [])]
        command += ["--pyodide", str(pyodide.resolve())] if pyodide else []
        here = os.pathsep.join(filter(None, (str(parts.ROOT), os.environ.get("PYTHONPATH", ""))))
        variables = os.environ | {"DATELINE_COURSE": str(copy), "DATELINE_PATH": path, "PYTHONPATH": here}
        done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise fail(str(out), 0, "the book could not be made; the lines above say why", "Mend it, then run this again")
    return done.stdout


def said(made: Made) -> str:
    """What was made, in words."""
    return (
        f"The book is in {made.folder}: {made.pages} pages, {made.files} files, {made.bytes / 1_000_000:.1f} MB. To try it:\n\n"
        f"    python3 -m http.server --directory {made.folder} 8000\n\n"
        "and open http://localhost:8000. docs/hosting.md says how to put it on a server."
    )
