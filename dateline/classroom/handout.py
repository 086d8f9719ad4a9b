"""The learner's copy of the course: a folder and a zip without keys, reasons and solved notebooks, and a manifest with hashes."""

import datetime
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dateline.bank import Stem, exercise_files, load_stem, question_files
from dateline.classroom.leaks import Leak, find_leaks, secrets
from dateline.faults import fail
from dateline.folders import course_folder, named
from dateline.learner.routes import load_routes
from dateline.texts.text import load_text
from dateline.wording import counted

ALWAYS = ("course.py", "requirements.txt", "pyproject.toml", "LICENSE", "LICENSE-CONTENT.md")
PACKAGE = (".py", ".js", ".css", ".json", ".mplstyle", ".typed", ".md")
KEPT_BACK = ("mixed-up.toml",)
"""Files of `data/` that belong to the keys."""
START = "0"
README = """# Reading the Dateline

Your copy of the course. You need Python 3.11 or newer, and the internet the first time.

```
python3 course.py open
```

opens JupyterLab on the first page. On Windows write `py` instead of `python3`. Your answers are saved as you give them, in the folder
`answers`. To hand them in, write

```
python3 course.py export my-answers.json
```

and give that file to your teacher. It holds what you answered and when. It holds no name: name the file as your teacher asks you to.
The keys are not in this copy, so a card says that an answer is saved, and your teacher says how it stands.
"""


class Handout(msgspec.Struct, frozen=True):
    """What was made: the folder, the zip beside it, the lessons in it, how many files there are."""

    folder: Path
    archive: Path
    lessons: tuple[str, ...]
    files: int


class LeakError(Exception):
    """Words of a key stand in the copy. Nothing is left behind."""

    def __init__(self, leaks: list[Leak]) -> None:
        self.leaks = leaks
        shown = "\n".join(f"{leak.file}: {leak.words[:80]}" for leak in leaks[:10])
        super().__init__(f"The copy would hold words of {counted(len(leaks), 'key')}, so it was not made:\n{shown}")


def make_handout(out: Path, route: str = "", lessons: Iterable[str] = ()) -> Handout:
    """Make the copy for a path or for some lessons (all, if neither is given); raises `CourseError`, `LeakError` or `OSError`."""
    chosen = choose(route, tuple(lessons))
    archive = out.with_name(f"{out.name}.zip")
    for taken in (out, archive):
        if taken.exists():
            raise fail(str(taken), 1, "this is there already", "Choose another name, or take it away first")
    try:
        copy_course(out, chosen)
        (out / "README.md").write_text(README, encoding="utf-8", newline="\n")
        known = secrets()
        leaks = find_leaks(out, known)
        if leaks:
            raise LeakError(leaks)
        files = write_manifest(out, chosen)
        _pack(out, archive)
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        archive.unlink(missing_ok=True)
        raise
    return Handout(out, archive, tuple(stem.lesson.lesson for stem in chosen), files)


def choose(route: str, lessons: tuple[str, ...]) -> list[Stem]:
    """The lessons of a path, or those named, with the first page; raises `CourseError`."""
    every = {stem.lesson.lesson: stem for stem in map(load_stem, exercise_files())}
    wanted = set(lessons)
    if route:
        routes = load_routes()
        if route not in routes:
            raise fail("data/paths.toml", 1, f"there is no path {route!r}", f"Write one of: {', '.join(routes)}")
        wanted |= {name for step in routes[route].steps for name in (step.lesson, *step.instead) if name}
    unknown = sorted(wanted - set(every))
    if unknown:
        raise fail("exercises", 1, f"there is no lesson {', '.join(unknown)}", f"There are: {', '.join(every)}")
    return [stem for name, stem in every.items() if not wanted or name in wanted | {START}]


def copy_course(out: Path, chosen: list[Stem], keys: bool = False) -> None:
    """Copy what these lessons need into a new folder, with or without what belongs to the keys."""
    root = course_folder()
    out.mkdir(parents=True)
    for path in [*_files(root, chosen, () if keys else KEPT_BACK), *(_keys(root, chosen) if keys else ())]:
        place = out / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _keys(root: Path, chosen: list[Stem]) -> Iterator[Path]:
    keys = root / "solutions"
    yield from (path for stem in chosen for path in (keys / f"{stem.name}.toml", keys / "review" / f"{stem.name}.toml") if path.is_file())
    yield from sorted((keys / "annotations").glob("*.toml"))


def _files(root: Path, chosen: list[Stem], kept_back: tuple[str, ...]) -> Iterator[Path]:
    yield from (root / name for name in ALWAYS)
    yield from (path for path in sorted((root / "dateline").rglob("*")) if path.suffix in PACKAGE)
    texts = {question.text for stem in chosen for question in stem.lesson.question} | {
        name for stem in chosen for name in _read_in(root / "notebooks" / f"{stem.name}.ipynb")
    }
    for path in sorted((root / "data").rglob("*")):
        about_text = path.parent.name in ("texts", "annotations")
        if path.is_file() and path.name not in kept_back and (not about_text or path.stem in texts):
            yield path
    modules = {stem.lesson.module for stem in chosen}
    yield from (path for path in question_files() if path.stem in {stem.name for stem in chosen})
    whole = {module for module in modules if _is_whole(module, chosen)}
    yield from (path for path in sorted((root / "exercises").glob("module-*.ipynb")) if path.stem.removeprefix("module-") in whole)
    yield from (path for stem in chosen if (path := root / "notebooks" / f"{stem.name}.ipynb").is_file())


def _read_in(notebook: Path) -> set[str]:
    """The texts that a notebook prints with `passage`."""
    return set(re.findall(r'passage\(\\"([\w-]+)\\"', notebook.read_text(encoding="utf-8"))) if notebook.is_file() else set()


def _is_whole(module: str, chosen: list[Stem]) -> bool:
    """Whether every lesson of a module is handed out, so that its practice can be."""
    every = {stem.name for stem in map(load_stem, exercise_files()) if stem.lesson.module == module}
    return every <= {stem.name for stem in chosen}


def write_manifest(out: Path, chosen: list[Stem]) -> int:
    """Write what is in the copy, with the SHA-256 of every file and of every text; returns how many files there are."""
    files = {path.relative_to(out).as_posix(): _hash(path) for path in sorted(out.rglob("*")) if path.is_file()}
    texts = {path.stem: load_text(path.stem).sha256 for path in sorted((out / "data" / "texts").glob("*.txt"))}
    manifest = {
        "made": datetime.date.today().isoformat(),
        "lessons": [stem.lesson.lesson for stem in chosen],
        "texts": texts,
        "files": files,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8", newline="\n")
    return len(files) + 1


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pack(out: Path, archive: Path) -> None:
    """The same folder always makes the same zip."""
    with zipfile.ZipFile(archive, "x", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in out.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{out.name}/{path.relative_to(out).as_posix()}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes())


def said(handout: Handout) -> str:
    """What was made, in words."""
    size = handout.archive.stat().st_size / 1_000_000
    return (
        f"The learner's copy is in {named(handout.folder)} and {named(handout.archive)} ({size:.1f} MB): {handout.files} files, "
        f"lessons {', '.join(handout.lessons)}. No words of a key are in it; it was searched. "
        "Hand out the zip, or the folder; they are the same."
    )
