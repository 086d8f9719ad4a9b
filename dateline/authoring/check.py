"""The authoring checks: every fault in texts, marks, questions, keys, tables and notebooks, all at once, each with file, line and fix.

What can be wrong with a kind of exercise each kind says itself (`dateline/kinds/`); here is what all have in common.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from dateline.authoring.notebooks import CALL, notebook_files
from dateline.bank import Lesson, keys_file, original, question_files, read_keys, read_lesson
from dateline.cards.panels import load_panel, panel_files
from dateline.evidence.context import load_events, load_reactions
from dateline.evidence.misconceptions import misconceptions
from dateline.evidence.sources import CITED, load_sources, names_a_page
from dateline.faults import CourseError, Place, Problem, Source, caught
from dateline.folders import course_folder, named
from dateline.kinds import Key, Question, grade, kind_of, solved
from dateline.kinds.base import Fault
from dateline.learner.progress import load_skills
from dateline.learner.review import END
from dateline.learner.routes import load_routes
from dateline.learner.rubric import load_rubric
from dateline.texts.lexicon import load_cues
from dateline.texts.marks import read_annotation
from dateline.texts.text import load_text, text_files
from dateline.wording import counted

WRITTEN_ID = re.compile(r"""(?m)^\s*["']?id["']?\s*=\s*["']([^"'\n]+)["']""")
"""An id as it is written, for files that cannot be read in any other way."""
HINTS = 3
ALT = {"img": "alt", "svg": "aria-label"}
"""What says a picture in words, by the picture's element."""
NAMING = (".ipynb", ".toml", ".csv", ".md")
"""Files in which a source can be named."""
SOURCE = re.compile(r"""(?<=[#",(])[a-z0-9]+(?:-[a-z0-9]+)*(?=[",)\\])""")
"""What can be the name of a source: after SOURCES.md#, in quotation marks, in a column, in brackets."""
LISTED = re.compile(r"SOURCES\.md: ([a-z0-9, -]+)")
"""A list of names, as a panel says where it is from."""
TABLES: dict[str, Callable[[], object]] = {
    "sources.toml": load_sources,
    "misconceptions.toml": misconceptions,
    "skills.toml": load_skills,
    "paths.toml": load_routes,
    "rubric.toml": load_rubric,
    "cues.toml": load_cues,
    "context/events.csv": load_events,
    "context/reactions.csv": load_reactions,
}
"""Tables of `data/` that are looked at where the course has them."""


FILL = re.compile(r"FILL IN: ?([^\"\n\\]{0,60})")
"""A place that a draft leaves for its author."""


def check_course() -> list[Problem]:
    """Every problem in the course's files, in order of file and line."""
    return sorted(
        set(chain(check_texts(), check_annotations(), check_panels(), check_tables(), check_questions(), check_notebooks(), check_drafts()))
    )


def check_drafts() -> Iterator[Problem]:
    """Places in questions, keys and notebooks that a draft left for its author, and that nobody has filled in."""
    folders = (("exercises", "*.toml"), ("solutions", "*.toml"), ("notebooks", "*.ipynb"))
    for path in (path for folder, files in folders for path in sorted((course_folder() / folder).glob(files))):
        words = path.read_text(encoding="utf-8", errors="replace")
        for found in FILL.finditer(words) if "FILL IN" in words else ():
            line = words[: found.start()].count("\n") + 1
            yield Problem(named(path), line, f"a draft waits here: {found[1].strip()}", "Write it in place of FILL IN and what follows")


def check_texts() -> Iterator[Problem]:
    """Texts that do not load."""
    yield from _all_caught(lambda path: load_text(path.stem), text_files())


def check_annotations() -> Iterator[Problem]:
    """Marks that do not fit their text."""
    for folder in ("data", "solutions"):
        files = sorted((course_folder() / folder / "annotations").glob("*.toml"))
        yield from _all_caught(lambda path: read_annotation(path, load_text(path.stem)), files)


def check_panels() -> Iterator[Problem]:
    """Panels that do not load."""
    yield from _all_caught(lambda path: load_panel(path.stem), panel_files())


def check_tables() -> Iterator[Problem]:
    """Tables that do not load, where the course has them."""
    for name, load in TABLES.items():
        if (course_folder() / "data" / name).is_file():
            yield from caught(load)
    yield from _addresses()
    yield from _uncited()


def _uncited() -> Iterator[Problem]:
    """Sources that nothing names: neither a page nor a plan, a table, a panel or a key. A copy without plans may lack pages as well."""
    root = course_folder()
    path = root / "data" / "sources.toml"
    if not path.is_file() or not (root / "teaching").is_dir() or caught(load_sources):
        return
    files = [file for folder in ("notebooks", "exercises", "solutions", "teaching", "data") for file in (root / folder).rglob("*.*")]
    read = [file for file in files if file.suffix in NAMING and file.name not in ("sources.toml", "SOURCES.md")]
    named_there = {name for file in read for name in _sources_in(file.read_text(encoding="utf-8", errors="replace"))}
    source = Source(path)
    for name in load_sources():
        if name not in named_there:
            yield source.problem((name,), f"no page and no table names the source {name!r}", "Cite it where it is used, or take it away")


def _sources_in(words: str) -> set[str]:
    return {*SOURCE.findall(words), *(name for listed in LISTED.findall(words) for name in listed.split(", "))}


def _addresses() -> Iterator[Problem]:
    """Sources whose address is no page, where a reader could not find what a lesson says, and pages that stand there twice."""
    path = course_folder() / "data" / "sources.toml"
    if not path.is_file() or caught(load_sources):
        return
    source = Source(path)
    seen: dict[str, str] = {}
    for name, entry in load_sources().items():
        first = seen.setdefault(entry.url.partition("://")[2].removeprefix("www."), name)
        if first != name:
            yield source.problem((name, "url"), f"{name}: the same address is {first}", f"Cite {first} and take this entry away")
        if not names_a_page(entry.url):
            fix = "Give the address of the page itself, or cite another page that says the same"
            yield source.problem((name, "url"), f"{name}: {entry.url} is a front page or a profile, not a page", fix)


def _all_caught(load: Callable[[Path], object], files: Iterable[Path]) -> Iterator[Problem]:
    for path in files:
        yield from caught(lambda path=path: load(path))  # type: ignore[misc]


# ---- questions and keys ----------------------------------------------------------------------------------------------


def check_questions() -> Iterator[Problem]:
    """Questions and keys that do not load, do not fit each other, or leave a learner without a reason."""
    seen: dict[str, str] = {}
    skills = _skills()
    lessons: dict[str, Lesson] = {}
    for path in question_files():
        try:
            source = Source(path)
            lesson, problems = read_lesson(path)
        except CourseError as error:
            yield from error.problems
            continue
        yield from problems
        places = _places(source)
        for question in lesson.question:
            yield from _question_problems(question, source, places[question.id], seen, skills)
        yield from _review_problems(lessons.setdefault(path.name, lesson), lesson, source, places)
        yield from _keys_problems(keys_file(path), lesson, read_whole=not problems)


def _review_problems(taught: Lesson, lesson: Lesson, source: Source, places: dict[str, Place]) -> Iterator[Problem]:
    """Questions that should ask again what their lesson asked, and do not; and those that come back more or less often than they should."""
    again = taught is not lesson
    asked = {question.id: question for question in taught.question}
    turns: dict[str, list[Question]] = {}
    for question in lesson.question:
        what = ""
        if (question.beat == "review") != again:
            what = "questions with the beat review stand in the folder review, and none but they"
        elif again and question.recalls not in asked:
            what = f"{question.id} recalls {question.recalls!r}, which its lesson does not ask"
        elif again and question.skill != asked[question.recalls].skill:
            what = f"{question.id} has another skill than {question.recalls}"
        if what:
            yield source.problem(places[question.id], what, "Name a question of the lesson under recalls, and give its skill")
        turns.setdefault(question.recalls, []).append(question)
    for recalled, variants in turns.items() if again else ():
        if len(variants) != END:
            what = f"{recalled} comes back {counted(len(variants), 'time')}"
            yield source.problem(places[variants[-1].id], what, "Write three: for a later lesson, a later module, the end")


def _skills() -> frozenset[str] | None:
    """The skills there are; None where the course has no table of them, or a broken one (which is a fault of its own)."""
    path = course_folder() / "data" / "skills.toml"
    return frozenset(load_skills()) if path.is_file() and not caught(load_skills) else None


def _places(source: Source) -> dict[str, Place]:
    listed = source.table.get("question", [])
    return {raw["id"]: ("question", number) for number, raw in reversed(list(enumerate(listed))) if isinstance(raw.get("id"), str)}


def _question_problems(
    question: Question, source: Source, place: Place, seen: dict[str, str], skills: frozenset[str] | None
) -> Iterator[Problem]:
    if question.id in seen:
        last = next(n for n, raw in reversed(list(enumerate(source.table["question"]))) if raw.get("id") == question.id)
        yield source.problem(("question", last, "id"), f"the id {question.id!r} is also in {seen[question.id]}", "Choose another id")
    seen[question.id] = source.file
    if skills is not None and _has_a_skill(question) and question.skill not in skills:
        yield source.problem((*place, "skill"), f"there is no skill {question.skill!r}", f"Use one of: {', '.join(sorted(skills))}")
    for fault in _question_faults(question):
        yield source.problem((*place, *fault.where), fault.what, fault.fix)


def _has_a_skill(question: Question) -> bool:
    """Whether what is answered tells of a skill: not a tour, not what is never marked, not a whole capstone."""
    return not (question.unmarked or question.kind == "write" or question.beat in ("tour", "capstone"))


def _question_faults(question: Question) -> Iterator[Fault]:
    yield from kind_of(question).question_faults(question)
    unaided = question.kind == "write" or question.beat in ("test", "review") or question.unmarked
    if not unaided and len(question.hints) != HINTS:
        fix = "Write three: where to look, the principle, a line worked elsewhere"
        yield Fault(("hints",), f"it has {counted(len(question.hints), 'hint')}", fix)
    for name in ("choices", "items", "columns"):
        ids = [getattr(part, "id", part) for part in getattr(question, name, ())]
        if len(set(ids)) < len(ids):
            yield Fault((name,), f"two of its {name} have the same id", "Give each its own")


def _keys_problems(path: Path, lesson: Lesson, read_whole: bool) -> Iterator[Problem]:
    """The faults of a file of keys. A key whose question could not be read is not held against it."""
    if not path.is_file():
        return
    try:
        source = Source(path)
        keys, problems = read_keys(path, lesson.question)
    except CourseError as error:
        yield from error.problems
        return
    yield from (problem for problem in problems if read_whole or not problem.what.startswith("there is no question"))
    for question in lesson.question:
        if question.unmarked and question.id in source.table:
            yield source.problem((question.id,), f"{question.id} is unmarked and has a key", "Take one of the two away")
        elif not question.unmarked and question.id not in source.table:
            yield source.problem((), f"there is no key for {question.id!r}", f"Add a table [{question.id}]")
        elif question.id in keys and not question.unmarked:
            for fault in _key_faults(question, keys[question.id]):
                yield source.problem((question.id, *fault.where), f"{question.id}: {fault.what}", fault.fix)


def _key_faults(question: Question, key: Key) -> Iterator[Fault]:
    kind = kind_of(question)
    if any(kind.question_faults(question)):
        return  # these are told of the question, and a key cannot be held against it
    faults = list(kind.faults(question, key))
    yield from faults
    for field in ("teach", "next"):
        if not getattr(key, field).strip():
            yield Fault((field,), f"{field} is empty", "Say what to take along, or what to do next")
    yield from _untold(question, key)
    if faults:
        return  # what does not fit cannot be graded
    result = grade(question, key, solved(question, key))
    if result.status not in ("right", "noted", "for your teacher"):
        yield Fault((), f"no answer can be right ({result.problem or result.status})", "Correct the key")
    for answer in kind.giveaways(question, key):
        if any(answer.casefold() in hint.casefold() for hint in question.hints):
            yield Fault((), f"a hint contains the answer {answer!r}", "Reword the hint in the question")


UNTOLD = frozenset({"cannot-tell", "not stated"})
"""What an accepted answer is called where it cannot be told; on the real world it is a search order, not a resting place."""


def _untold(question: Question, key: Key) -> Iterator[Fault]:
    """Answers "cannot be told" about what is not invented, without the look-up that was tried."""
    if question.text and question.text.whole.header.invented:
        return
    verdicts: dict[str, Any] = getattr(key, "items", {})
    for name, verdict in verdicts.items():
        accepted = {*getattr(verdict, "right", ()), *getattr(verdict, "half", ())}
        if accepted & UNTOLD and not getattr(verdict, "unlock", "").strip():
            where = ("items", name) if name else ()
            what = "an answer “cannot be told” is accepted, and no look-up is named"
            yield Fault(where, what, "Write into unlock which look-up was tried, where and when, or what would settle it")


# ---- notebooks -------------------------------------------------------------------------------------------------------


def check_notebooks() -> Iterator[Problem]:
    """Notebooks that cannot be read, calls of exercises and sources that are not there, and pictures without alt text."""
    known = _known_ids()
    sources = load_sources() if (course_folder() / "data" / "sources.toml").is_file() and not caught(load_sources) else None
    for path in notebook_files():
        source = path.read_text(encoding="utf-8", errors="replace")
        try:
            cells = json.loads(source)["cells"]
        except (ValueError, KeyError, TypeError):
            yield Problem(named(path), 1, "this is not a notebook", "Bring it back from the last version that opened")
            continue
        for name in sorted(set(CITED.findall(source)) - set(sources or ())) if sources is not None else ():
            yield Problem(named(path), _line(source, f"SOURCES.md#{name}"), f"there is no source {name!r}", "Add it to data/sources.toml")
        yield from _cell_problems(named(path), source, cells, known)


def _cell_problems(file: str, source: str, cells: list[Any], known: set[Any]) -> Iterator[Problem]:
    for cell in cells:
        call = CALL.match("".join(cell["source"]))
        if call and original(call[2]) not in known:
            yield Problem(file, _line(source, call[2]), f"there is no exercise {call[2]!r}", "Name one that stands in exercises/")
        for tag, words in ALT.items():
            if re.search(rf"<{tag}(?![^>]*{words}=.\"[^\\])", json.dumps(cell.get("outputs", []))):
                yield Problem(file, _line(source, f"<{tag}"), "a picture has no alt text", "Draw it with a helper of dateline.figures")


def _known_ids() -> set[Any]:
    """Every exercise's id. What a file that is no TOML asks is taken on trust: it has a fault of its own, and each call of it is none."""
    known: set[Any] = set()
    for path in question_files():
        try:
            known |= {raw.get("id") for raw in _listed(Source(path))}
        except CourseError:
            known |= set(WRITTEN_ID.findall(path.read_text(encoding="utf-8", errors="replace")))
    return known


def _raw_questions(path: Path) -> list[dict[str, Any]]:
    try:
        return _listed(Source(path))
    except CourseError:
        return []


def _listed(source: Source) -> list[dict[str, Any]]:
    listed = source.table.get("question", [])
    return [raw for raw in listed if isinstance(raw, dict)] if isinstance(listed, list) else []


def _line(source: str, words: str) -> int:
    return source[: max(0, source.find(words))].count("\n") + 1


def count_checked() -> dict[str, int]:
    """How many of each were checked."""
    return {
        "text": len(text_files()),
        "question": sum(len(_raw_questions(path)) for path in question_files()),
        "notebook": len(notebook_files()),
    }
