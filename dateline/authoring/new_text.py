"""A new text into the course: one sentence on each line, a draft of its marks, and a workbench on it. A teacher corrects the draft."""

import contextlib
import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import nbformat

from dateline.authoring.notebooks import KERNEL, fresh
from dateline.authoring.shipped import write_shipped
from dateline.bank import exercise_files, load_stem
from dateline.faults import CourseError, fail, parse_toml
from dateline.folders import course_folder, named
from dateline.texts.annotating import quoted, redrafted, toml_of, write_whole
from dateline.texts.marks import Annotated, Annotation, read_annotation
from dateline.texts.own import OwnText, read_own_file, words_of
from dateline.texts.taking_in import counted_marks, is_dated, taken_in
from dateline.texts.text import Text, load_text

OWN_FILE = re.compile(rb'\s*\{\s*"own_texts"')
"""How a file begins that was saved on the book's page for own texts."""
LINKS = (("page", "this page"), ("event", "the event itself"))
"""The ends of a chain that no mark names; the marks add the voices between them."""
MOMENTS = (("page", "The page itself"),)
ZONES = ("Z", *(f"{sign}{hour:02d}:00" for sign in "+-" for hour in range(1, 13)))
LIVE = (
    (
        "way",
        "chain",
        "Chain",
        "sourcing",
        "chain",
        "From whom has each of these the news? The steps are drafted from the marks. Change what is wrong, and say which steps you infer.",
        LINKS,
    ),
    (
        "times",
        "when",
        "Clocks",
        "context",
        "clocks",
        "When was each of these? The days are drafted from the marks, counted from the dateline. Change what is wrong, add the hour "
        "where it is given, and say “not stated” where the text has no day.",
        MOMENTS,
    ),
)
"""What is drafted from the marks and follows them: name, kind, title, theme, skill, prompt, and the items that no mark gives."""
LABELS = (
    ("attribution", "attribution: hands it to a source", "A"),
    ("evidential", "how it is known, with nobody named", "E"),
    ("likelihood", "how sure somebody is", "L"),
    ("stance", "a verb that takes a stance", "S"),
    ("gap", "claims more than its writer could know", "G"),
)
TOOLS = (
    ("matrix", "Reactions", "reactions", "Who reacted, on which day, in which words? Who was looked for and not found, and by when?"),
    (
        "brief",
        "Brief",
        "sourcing",
        "Write about 250 words: what happened, who says so, how sure you are, what is not known, and what would change your mind.",
    ),
)


class Made(NamedTuple):
    """What was written: the files, how many sentences and marks there are, and what was recognised and mended."""

    files: tuple[Path, ...]
    sentences: int
    marks: int
    notebook: Path
    published: datetime.date
    said: tuple[str, ...] = ()


def take_in(file: Path, name: str = "", title: str = "", published: datetime.date | None = None, replace: bool = False) -> Made:
    """Write the text, its draft annotation, its questions and its notebook; with `replace` in the place of those of that name.

    What raises `CourseError` or `OSError` leaves everything as it was, and every fault names the line of `file` itself.
    """
    raw = _read(file)
    wanted = name or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "text"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", wanted):
        raise fail(
            named(file), 1, f"{wanted!r} cannot be the name of a text", "Use small letters, figures and hyphens: --name river-report"
        )
    number, paths = _files(wanted, replace)
    provenance = f"Taken in from {file.name}. Write here where it was published, when it was seen, and by whom."
    taken = taken_in(raw, named(file), wanted, provenance, title, published)
    said = taken.mended if published else (_said_of_date(taken.text), *taken.mended)
    return _write(taken.text, taken.words, taken.marks, number, paths)._replace(said=said)


def take_in_own(file: Path, replace: bool = False) -> list[Made]:
    """Write the texts of a file that was saved in the book, with their marks as they were corrected there.

    An empty list says that this is no such file. Raises `CourseError` before anything is written.
    """
    raw = _read(file)
    if not OWN_FILE.match(raw):
        return []
    try:
        texts = read_own_file(raw)
    except ValueError as error:
        why = error.problems[0].what if isinstance(error, CourseError) else str(error)
        raise fail(named(file), 1, f"this file of texts from the book cannot be read: {why}", "Save it there once more") from None
    for name in texts:
        _files(name, replace)
    return [_write_own(name, text, *_files(name, replace)) for name, text in texts.items()]


def _write_own(name: str, own: OwnText, number: str, paths: list[Path]) -> Made:
    marks = msgspec.convert(parse_toml(own.files[f"annotations/{name}.toml"], name), Annotation).mark
    return _write(words_of(name, own), own.files[f"texts/{name}.txt"], marks, number, paths)


def _write(text: Text, words: str, marks: tuple[Annotated, ...], number: str, paths: list[Path]) -> Made:
    contents = [words, toml_of(Annotation(text.id, marks)), _questions(text, number), nbformat.writes(_notebook(text))]
    write_together(list(zip(paths, contents, strict=True)), paths[3])
    return Made(tuple(paths), len(text.sentences), counted_marks(marks), paths[3], text.header.published)


def redraft(name: str) -> tuple[Path, int]:
    """Draft the marks of a text anew: what somebody kept, added or threw out stays. Returns the file and the number of drafted marks."""
    text = load_text(name)
    path = course_folder() / "data" / "annotations" / f"{name}.toml"
    before = read_annotation(path, text).mark if path.is_file() else ()
    marks = redrafted(text, before)
    write_whole(path, toml_of(Annotation(name, marks)))
    return path, counted_marks([mark for mark in marks if mark.state == "draft"])


def _files(wanted: str, replace: bool) -> tuple[str, list[Path]]:
    """The number of the lesson and the four files of a text: new ones, or those that are to be replaced."""
    root = course_folder()
    there = root / "data" / "texts" / f"{wanted}.txt"
    if replace and there.is_file():
        own = [path for path in exercise_files() if re.fullmatch(rf"9\d\d-{re.escape(wanted)}", path.stem)]
        if not own:
            raise fail(named(there), 1, f"{wanted!r} is a text of the course itself", "Choose another name: --name river-report-2")
        number, stem = load_stem(own[0]).lesson.lesson, own[0].stem
    else:
        number, stem = free_place(wanted)
    paths = [
        there,
        root / "data" / "annotations" / f"{wanted}.toml",
        root / "exercises" / f"{stem}.toml",
        root / "notebooks" / f"{stem}.ipynb",
    ]
    taken = None if replace else next((path for path in paths if path.exists()), None)
    if taken:
        raise fail(
            named(taken),
            1,
            f"there is a text {wanted!r} already",
            "Replace it with --replace, or choose another name: --name river-report-2",
        )
    return number, paths


def _said_of_date(text: Text) -> str:
    date = text.header.published
    if is_dated(text):
        return f"Its date, {date.day} {date:%B %Y}, is the first in it with day, month and year. If the page carries another, write that."
    return "Its date is today's; write the date that the page carries into the first file, or give it with --published 2026-01-31."


def write_together(files: Sequence[tuple[Path, str]], page: Path) -> None:
    """Write all files, the page with what it shows, or leave everything as it was."""
    pages = course_folder() / "data" / "pages.json"
    before = {path: path.read_bytes() if path.is_file() else None for path in (*(path for path, _ in files), pages)}
    try:
        for path, content in files:
            write_whole(path, content)
        write_whole(page, fresh(page))
        write_shipped([page])
    except BaseException:
        for path, raw in before.items():
            with contextlib.suppress(OSError):
                if raw is None:
                    path.unlink(missing_ok=True)
                elif path.read_bytes() != raw:
                    path.write_bytes(raw)
        raise


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise fail(str(file), 1, f"the file cannot be read ({error.strerror})", "Check the name, and that you may read it") from None


def free_place(name: str) -> tuple[str, str]:
    """The number of the new lesson and the name that its files share: after everything that is there."""
    used = {load_stem(path).lesson.lesson for path in exercise_files()}
    number = next(count for count in range(1, 1000) if f"9.{count}" not in used)
    return f"9.{number}", f"9{number:02d}-{name}"


def _questions(text: Text, number: str) -> str:
    show = [sentence.at for sentence in text.sentences if not sentence.at.startswith("HD")]
    labels = "".join(f"    {{ id = {quoted(one)}, text = {quoted(words)}, letter = {quoted(letter)} }},\n" for one, words, letter in LABELS)
    asked = [
        f"lesson = {quoted(number)}\ntitle = {quoted(f'Workbench: {text.header.title}')}\nminutes = 60\n",
        _question(
            text, "tags", "mark", "Mark", "language", "Mark who says so, how it is known, how sure somebody is, and what nobody could know."
        )
        + f"show = {json.dumps(show)}\nchoices = [\n{labels}]\n"
        + 'hints = ["Go sentence by sentence.", "A named source, an unnamed one, a degree of sureness and a bare claim are four things.", '
        + '"In “The well is rumoured to be deep” nobody is named."]\n',
    ]
    asked += [_live(text, *one) for one in LIVE]
    rows = {"brief": 14}
    asked += [
        _question(text, name, "write", title, theme, prompt) + f"rows = {rows.get(name, 6)}\n" for name, title, theme, prompt in TOOLS
    ]
    return "\n".join(asked)


def _live(text: Text, name: str, kind: str, title: str, theme: str, skill: str, prompt: str, items: Sequence[tuple[str, str]]) -> str:
    """A question that the marks draft; nobody but its reader says what is right, so it is not marked."""
    listed = "".join(f"    {{ id = {quoted(one)}, text = {quoted(words)} }},\n" for one, words in items)
    zones = f"offsets = {json.dumps(ZONES)}\n" if kind == "when" else ""
    return _question(text, name, kind, title, theme, prompt, skill) + f"from_marks = true\nunmarked = true\n{zones}items = [\n{listed}]\n"


def _question(text: Text, name: str, kind: str, title: str, theme: str, prompt: str, skill: str = "") -> str:
    return (
        f'[[question]]\nid = {quoted(f"{text.id}-{name}")}\nkind = "{kind}"\nbeat = "capstone"\ntheme = "{theme}"\n'
        f'skill = "{skill or name}"\n'
        f"text = {quoted(text.id)}\ntitle = {quoted(title)}\nprompt = {quoted(prompt)}\n"
    )


def _notebook(text: Text) -> Any:
    title = text.header.title.replace("$", r"\$")  # two of them would be set as a formula
    cells = [
        ("title", f"# Workbench: {title}\n\n**The question of this page:** what may be believed of it, and how firmly?\n\n"
         "**Time:** 60 minutes. **Before it:** the lessons."),
        ("import-intro", "The next cell brings in the tools of the page. Choose *Run*, then *Run All Cells*, once."),
        ("import", "from dateline.lesson import report, workbench"),
        ("bench-intro", "Under *Show marks* stands a draft of marks that rules have made. Each names its rule, and some are wrong."),
        ("bench", f'workbench("{text.id}")'),
        ("report-intro", "The next cell writes all your work on this text as one page, to read, print or hand in."),
        ("report", f'report("{text.id}")'),
    ]  # fmt: skip
    code = ("import", "bench", "report")
    plain: list[dict[str, Any]] = [
        {"id": name, "cell_type": "code" if name in code else "markdown", "metadata": {}, "source": source} for name, source in cells
    ]
    made: list[dict[str, Any]] = [
        cell | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}) for cell in plain
    ]
    return nbformat.from_dict({"cells": made, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5})
