"""A page of feedback for each learner, as far as the teacher wants it to go: nothing, the verdicts, or everything.

A page that is there already, made of the same answers, keys, points and words, is left as it is; its last line says what it was made of.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec
from markupsafe import Markup, escape

from dateline import html as dress
from dateline.classroom.counting import Counting, Score
from dateline.classroom.grade import Course
from dateline.html import emphasised, html, join, page
from dateline.kinds import Feedback, Question, Result, feedback, kind_of, verdict
from dateline.wording import counted

Policy: TypeAlias = Literal["none", "verdict", "full"]
POLICIES: tuple[Policy, ...] = ("none", "verdict", "full")
FOLDER = "feedback"
BEHIND = "<!-- behind the verdict -->"
ASKED = "<p><strong>{}</strong> <code>{}</code></p>"
SLOT, NAME = "<!-- the body -->", "THE-NAME-OF-THE-LEARNER"
MOST_SHOWN = 3000
"""Letters of a learner's own words."""
LONGEST = 110
"""Letters of a question where questions are listed."""
STYLE = """
article { break-inside: avoid; margin: 0 0 1rem; padding: 0 0 0.6rem; border-bottom: 1px solid #bbb; }
article p, article ul { margin: 0.15rem 0; } h2 + article { margin-top: 0.6rem; } .mine { white-space: pre-line; }
"""
CODE = hashlib.sha256(b"".join(Path(file).read_bytes() for file in (__file__, dress.__file__))).digest()
"""What writes the words of a page."""


def page_name(learner: str) -> str:
    """A file name that no name can lead astray: small letters and figures, and eight figures that keep two learners apart."""
    bare = re.sub(r"[^a-z0-9]+", "-", learner.casefold()).strip("-")[:40] or "learner"
    return f"{bare}-{hashlib.sha256(learner.encode('utf-8', 'replace')).hexdigest()[:8]}.html"


class Reader(msgspec.Struct, frozen=True):
    """Whose page it is, and what else it says: a line for each thing that a learner should know."""

    id: str
    name: str
    lines: tuple[str, ...] = ()
    points: dict[int, float] = {}
    """Points that the teacher set, by the question's place."""


class Pages:
    """Writes the pages of one run."""

    def __init__(self, course: Course, counting: Counting, policy: Policy, folder: Path) -> None:
        self.course, self.counting, self.policy, self.folder = course, counting, policy, folder
        self.shell = str(page(f"Feedback for {NAME}", Markup(SLOT), STYLE))
        self.asked = [str(html(ASKED, emphasised(one.question.prompt), one.question.id)) for one in course.asked]
        titles = {stem.lesson.lesson: _raw(html("<h2>{} {}</h2>\n", stem.lesson.lesson, stem.lesson.title)) for stem in course.stems}
        self.sections = [titles[one.lesson] if one.lesson in counting.lessons else b"" for one in course.asked]
        self.setting = CODE + course.stamp + msgspec.json.encode((counting, policy))
        if policy != "none":
            folder.mkdir(parents=True, exist_ok=True)
        self.there = frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()

    def sign(self, reader: Reader, paper: bytes) -> str:
        """What a page is made of, as one line."""
        return hashlib.sha256(self.setting + msgspec.json.encode(reader) + paper).hexdigest()

    def is_there(self, reader: Reader, sign: str) -> bool:
        """Whether the page has been written, and of the same."""
        name = page_name(reader.id)
        if name not in self.there:
            return False
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(-100, 2)
                return sign.encode() in file.read()
        except OSError:
            return False

    def write(self, reader: Reader, sign: str, shown: Mapping[int, bytes], score: Score) -> str:
        """Write a page; returns its name in the folder."""
        name = page_name(reader.id)
        (self.folder / name).write_bytes(self.page(reader, shown, score) + _raw(f"<!-- {sign} -->\n"))
        return name

    def page(self, reader: Reader, shown: Mapping[int, bytes], score: Score) -> bytes:
        """The whole page as HTML in UTF-8, from what is shown of each answer (by the question's place)."""
        sections: dict[bytes, list[bytes]] = {}
        for place in sorted({*shown, *reader.points}):
            title = self.sections[place]
            if title:
                article = self._with_points(reader, place, shown.get(place, b"")) if reader.points else shown[place]
                sections.setdefault(title, []).append(article)
        parts = [b"<section>%b%b</section>" % (title, b"".join(articles)) for title, articles in sections.items()]
        opening, ending = self.shell.replace(NAME, escape(reader.name or reader.id), 1).split(SLOT)
        return b"\n".join([_raw(f"{opening}{self._head(reader, score)}"), *parts, _raw(f"{self._left(score)}{ending}")])

    def _with_points(self, reader: Reader, place: int, article: bytes) -> bytes:
        if place not in reader.points:
            return article
        article = article or _raw(f"<article>{self.asked[place]}<p>No answer was handed in.{BEHIND}</p></article>\n")
        return article.replace(_raw(BEHIND), _raw(f" Your teacher has set the points: {reader.points[place]:g} of 1."))

    def _head(self, reader: Reader, score: Score) -> Markup:
        pairs = zip(self.counting.instead, score.chosen, strict=True)
        chosen = [f"Of {', '.join(group)} the one that counts for you is {one}." for group, one in pairs]
        total = f"{score.percent:g} of 100. {score.answered} of {counted(score.of, 'question')} answered."
        lines = [html('<p class="quiet">{}</p>', line) for line in (f"What counts: {self.counting.said}.", *chosen, *reader.lines)]
        name = reader.name or reader.id
        return html("<header><h1>Reading the Dateline</h1><p>{}</p><p><strong>{}</strong></p>{}</header>", name, total, join(lines, ""))

    def article(self, place: int, value: Any, result: Result) -> str:
        """One answer: the question, the learner's own words, how it stands, and if the policy says so, why."""
        _, question, key = self.course.asked[place]
        beside = "" if place in self.counting.places else " It does not count towards the percentage."
        own = "" if result.status == "not valid" else _own(question, value)
        stands = escape(verdict(question, key, result))
        why = "" if self.policy == "verdict" else _reasons(feedback(question, key, value, result))
        return f"<article>{self.asked[place]}{own}<p>{stands}{beside}{BEHIND}</p>{why}</article>\n"

    def _left(self, score: Score) -> Markup:
        """What counts and was not answered, by lesson."""
        if not score.left:
            return Markup("")
        lessons: dict[str, list[Markup]] = {}
        for place in sorted(score.left):
            asked = self.course.asked[place]
            item = html("<li>{} <code>{}</code></li>", emphasised(shortened(asked.question.prompt)), asked.question.id)
            lessons.setdefault(asked.lesson, []).append(item)
        rows = join(html("<p>Lesson {}:</p><ul>{}</ul>", lesson, join(items, "")) for lesson, items in lessons.items())
        return html("<section><h2>Not answered</h2>\n<p>These count, and no answer was handed in.</p>{}</section>", rows)


def _raw(words: str) -> bytes:
    return words.encode("utf-8", "replace")


def _own(question: Question, value: Any) -> str:
    """A learner's own answer in words."""
    said = kind_of(question).said(question, value)
    return f'<p class="mine">You answered: {escape(said if len(said) <= MOST_SHOWN else said[:MOST_SHOWN] + " …")}</p>'


def _reasons(told: Feedback) -> Markup:
    notes = [
        html(
            "<li>{}: {}{}</li>",
            " · ".join(filter(None, [note.at, note.chosen.rstrip(".")])),
            emphasised(note.reason),
            html(" Look at: <q>{}</q>", note.quote) if note.quote else "",
        )
        for note in told.notes
    ]
    model = [html("<p>Ours: {}</p>", words) for words in told.model]
    last = html("<p>{}</p>", told.next) if told.next else ""
    return join([html("<ul>{}</ul>", join(notes, "")) if notes else "", *model, last], "")


def shortened(words: str, longest: int = LONGEST) -> str:
    """Words in one line of so many letters, cut between words; an emphasis that the cut would leave open is left out."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    cut = line[:longest].rpartition(" ")[0] or line[: longest - 1]
    return (cut.replace("*", "") if cut.count("*") % 2 else cut) + "…"
