"""The book's own side of the course, in the worker: it runs a page's calls, hears its cards, and says what is to be shown.

Everything passes as JSON text, so that what is nothing in one language is nothing in the other. The builder runs the same host to learn
what a page shows before anything is answered.
"""

import json
import re
import traceback
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from dateline import figures, lesson, live
from dateline.answers import store
from dateline.answers.document import encode
from dateline.answers.files import NotSavedError
from dateline.authoring.shipped import FIGURES, Notebook, read_notebook, shows_only, source_of
from dateline.book.kept import Kept
from dateline.book.own_page import OWN_PAGE, with_own_page
from dateline.book.own_texts import OwnTexts
from dateline.cards.model import Model
from dateline.display import shown_by
from dateline.folders import course_folder
from dateline.learner.record import share_right

if TYPE_CHECKING:
    from dateline.book.own_card import OwnCard

Item: TypeAlias = dict[str, Any]
"""One thing that a part of a page shows: `html`, or a `model` with its `spec` and `state`."""
STAYS = frozenset(
    {"base_rate_strip", "certainty_histogram", "counts_by_year", "exemplars", "hedge_inventory", "passage", "reaction_matrix"}
    | {"source_chain"}
)
"""Calls whose stored output no answer changes: the page shows it as it is and never runs them."""
CALLED = re.compile(r"(?m)^(\w+)\(")
GONE = "This text was deleted in another tab, so its marks are no longer kept. What you see stays here until you leave the page."
NOT_HERE = "This part could not be shown just now. Load the page again; if it stays, tell whoever runs this site."


def parts_to_run(notebook: Notebook) -> dict[str, str]:
    """The code of a page that follows the reader's answers, by part; the rest stays as it is stored."""
    code = {str(cell["id"]): source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"}
    return {part: source for part, source in code.items() if shows_only(source) and set(CALLED.findall(source)) - STAYS}


class BookHost:
    """Who shows the course in the book: it keeps what is shown in lists, for the page to draw."""

    def __init__(self) -> None:
        self.models: dict[str, Model] = {}
        self.shown: list[Item] = []
        """What the part of the page that runs has shown so far."""
        self.part = ""
        self.places: dict[str, str] = {}
        """Where each output stands that can be shown anew: the part and its number there."""
        self.events: list[Item] = []
        """What has changed since the page was last told."""
        self.later: dict[Callable[[], None], None] = {}

    def publish(self, bundle: dict[str, Any], name: str = "", update: bool = False) -> None:
        """Show HTML, or show it anew where it stands."""
        if update:
            self.events.append({"place": self.places[name], "html": bundle["text/html"]})
            return
        if name:
            self.places[name] = f"{self.part}.{len(self.shown)}"
        self.shown.append({"html": bundle["text/html"]})

    def show(self, thing: Model) -> None:
        """Show a model: by its name, with what it is and how it stands, and the models that it holds."""
        self.shown.append(self._item(thing))

    def _item(self, thing: Model) -> Item:
        inside: list[Item] = []

        def held(model: Model) -> str:
            inside.append(self._item(model))
            return self.known(model)

        item = {"model": self.known(thing), "spec": thing.spec_with(held), "state": thing.state}
        return item | ({"inside": inside} if inside else {})

    def known(self, model: Model) -> str:
        """The name of a model in the page, which is the same in every run: what it is of."""
        name = name_of(model.spec)
        if self.models.get(name) is not model:
            self.models[name] = model
            model.told.append(lambda state: self.events.append({"model": name, "state": state}))
        return name

    def soon(self, act: Callable[[], None]) -> None:
        """Let the page's first question be answered before what may wait."""
        self.later[act] = None

    def settled(self) -> None:
        """Do what could wait."""
        later, self.later = self.later, {}
        for act in later:
            act()

    def run(self, parts: dict[str, str]) -> dict[str, list[Item]]:
        """Run a page's calls, by part, and return what each shows. The page before it is gone."""
        live.nothing_follows()
        self.places.clear()
        names = {name: getattr(lesson, name) for name in lesson.__all__} | {name: getattr(figures, name) for name in FIGURES - STAYS}
        return {part: self._run(part, source, dict(names)) for part, source in parts.items()}

    def draw(self, parts: dict[str, Callable[[], None]]) -> dict[str, list[Item]]:
        """What each part shows of a page that is no notebook. The page before it is gone."""
        live.nothing_follows()
        self.places.clear()
        return {part: self._shown_by(part, act) for part, act in parts.items()}

    def draw_anew(self, part: str, act: Callable[[], None]) -> None:
        """Show a part of the page anew."""
        self.events.append({"part": part, "items": self._shown_by(part, act)})

    def _run(self, part: str, source: str, names: dict[str, Any]) -> list[Item]:
        return self._shown_by(part, lambda: exec(compile(source, part, "exec"), names))

    def _shown_by(self, part: str, act: Callable[[], None]) -> list[Item]:
        self.part, self.shown = part, []
        try:
            act()
        except Exception:  # one part that fails takes no other part along
            traceback.print_exc()
            return [{"html": f"<p>{NOT_HERE}</p>", "failed": True}]
        return self.shown


def name_of(spec: dict[str, Any]) -> str:
    """The name of a model by what it is of: an exercise, an act, a panel, a workbench and its marks, the reader's own texts."""
    kind = next((kind for kind in ("act", "panel", "workbench", "marks", "own") if kind in spec), "")
    return f"{kind}: {spec[kind]}" if kind else str(spec["id"])


class Book:
    """The course in the worker: `work` is all that is called from outside."""

    def __init__(self) -> None:
        self.host = BookHost()
        self.kept = Kept()
        self.own = OwnTexts(self.kept)
        self.last: tuple[Any, list[Item]] | None = None
        """What was answered last, where it changed a text of the reader's own: that cannot be done twice."""
        self.before = shown_by(self.host), store.kept_in(self.kept)

    def leave(self) -> None:
        """Let whoever showed the course and kept its answers before do so again."""
        shown_by(self.before[0])
        store.kept_in(self.before[1])

    @cached_property
    def card(self) -> "OwnCard":
        """The card for the reader's own texts; it brings the rules along, for which no other page has to wait."""
        from dateline.book.own_card import OwnCard

        return OwnCard(self.own, self.host.draw_anew)

    def work(self, asked: str) -> str:
        """Answer one message of the page: `call` names a method below, `documents` are those that differ, `refused` is why nothing is kept.

        With `again` the last message is answered once more, as if it had not been: the browser did not keep what came of it.
        """
        message = json.loads(asked)
        self.kept.refused = message.get("refused", "")
        if message.get("again") and self.last:
            answer, self.host.events = self.last
            self.own.not_kept()
            self._tell_refused(message["model"])
        else:
            answer = self._done(message)
        events, self.host.events = self.host.events, []
        return json.dumps({"answer": answer, "events": events, "written": self.kept.given(), "waits": bool(self.host.later)})

    def _done(self, message: Item) -> Any:
        if message.get("again"):
            self.kept.take_back()
        self.kept.taken(message.get("documents", {}))
        self.own.lay()
        answer = CALLS[message["call"]](self, message)
        changed = message["call"] == "hear" and self.own.keep()
        self.last = None
        if changed:
            if self.host.models[message["model"]] is not self.card:
                self.card.look_again()
            if self.kept.refused:
                self._tell_refused(message["model"])
            self.last = (answer, list(self.host.events))
        return answer

    def _tell_refused(self, name: str) -> None:
        """Let the card that was used say that the browser keeps nothing, in place of what it said."""
        self.host.events = [event for event in self.host.events if event.get("model") != name]
        model = self.host.models[name]
        model.state = {**model.state, "said": self.kept.refused, "took": False}

    def page(self, message: Item) -> dict[str, list[Item]]:
        """Run the page `page` and return what its parts show."""
        if message["page"] == OWN_PAGE:
            return self.host.draw(self.card.parts())
        path = course_folder() / message["page"]
        return self.host.run(parts_to_run(read_notebook(path)) if path.suffix == ".ipynb" else {})

    def hear(self, message: Item) -> None:
        """Pass what a card sends to its model."""
        model = self.host.models.get(message["model"])
        if model and self.own.is_gone(model.spec.get("marks", "")):
            model.state = {**model.state, "said": GONE}
        elif model:
            model.hear(message["message"])

    def save(self, message: Item) -> bool:
        """Save an answer that another visit left unsaved; says whether it is stored now, or is no longer needed."""
        from dateline.answers.attempts import open_exercise, save
        from dateline.faults import CourseError

        try:
            state = save(open_exercise(message["id"]), message["value"], message["confidence"], {message["based"]})
        except CourseError:  # an exercise of an older book
            return True
        return state["stored"]

    def follow(self, _message: Item) -> dict[str, Any]:
        """Let what follows the answers follow, and say where the learner stands."""
        from dateline.reading.course import standing  # every page waits for what is imported above

        self.host.settled()
        return with_own_page(standing())

    def practised(self, _message: Item) -> int | None:
        """How much of the practice was right at once, in percent, for a school's system around the book."""
        return share_right()

    def export(self, _message: Item) -> dict[str, Any]:
        """All answers as the document that `grade` takes, or why there is none."""
        try:
            return {"words": encode(store.all_answers()).decode("utf-8"), "said": ""}
        except NotSavedError as error:
            return {"words": "", "said": str(error)}

    def take(self, message: Item) -> dict[str, Any]:
        """Merge a file of answers, the later of each kept."""
        try:
            taken = store.take_in_bytes(message["words"].encode("utf-8", "surrogatepass"), message["name"])
        except NotSavedError as error:
            return {"said": str(error)}
        return {"said": f"{taken} {'answer' if taken == 1 else 'answers'} taken in. Where both had one, the later is kept."}


CALLS: dict[str, Callable[[Book, Item], Any]] = {
    "page": Book.page,
    "hear": Book.hear,
    "save": Book.save,
    "follow": Book.follow,
    "practised": Book.practised,
    "export": Book.export,
    "take": Book.take,
}
