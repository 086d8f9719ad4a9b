"""The acts of the course: what their cards say, and what their buttons do."""

import contextlib
import datetime
import hashlib
import os
import re
from types import ModuleType

from dateline.answers.document import encode
from dateline.answers.store import NotSavedError, all_answers
from dateline.bank import Stem, original, questions_about
from dateline.cards.act import Act, State, made
from dateline.cards.keepsake import keepsake_words
from dateline.learner.before_and_after import form_stem, hand_in, is_handed_in, open_numbers, without_confidence
from dateline.learner.course_end import course_end
from dateline.learner.outcomes import outcome_lines
from dateline.learner.progress import chosen_route, states
from dateline.learner.record import answers_of, is_answered, stems
from dateline.learner.report import report_words
from dateline.learner.routes import load_routes
from dateline.texts.text import load_text
from dateline.wording import NO_KEYS, counted

FILE_NAME = re.compile(r"[^\w .()-]+")


def hand_in_test(form: str) -> Act:
    """Handing in a test: it says what is open, asks once, and then shows how it went."""

    def look() -> State:
        if is_handed_in(form):
            return State(lines=outcome_lines(form), button="", ask="", file=None, said="")
        waiting, unsure = open_numbers(form), without_confidence(form)
        of = len(form_stem(form).lesson.question)
        lines = [f"{of - len(waiting)} of {counted(of, 'question is', 'questions are')} answered.", *_open(waiting, unsure)]
        then = "After handing in, the reasons appear" if form_stem(form).keys else NO_KEYS.removesuffix(".")
        lines.append(f"Your answers are saved. {then}, and what is changed later no longer counts.")
        left = " ".join(_open(waiting, unsure))
        return State(lines=lines, button=f"Hand in form {form}", ask=f"{left} Hand in all the same?" if left else "", file=None, said="")

    def press(_name: str) -> State:
        try:
            hand_in(form)
        except NotSavedError as error:
            return {**look(), "said": f"Not handed in. {error}"}
        if not is_handed_in(form):
            return {**look(), "said": "Nothing is answered yet, so there is nothing to hand in."}
        return {**look(), "said": "Handed in."}

    return Act(f"Hand in: form {form}", look, press)


def _open(waiting: list[int], unsure: list[int]) -> list[str]:
    said = []
    if waiting:
        said.append(f"Still open: {_numbers(waiting)}.")
    if unsure:
        said.append(f"Without a confidence: {_numbers(unsure)}.")
    return said


def _numbers(numbers: list[int]) -> str:
    return f"question{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def work_page(text: str) -> Act:
    """The page of all that was done on a text: to read, to print, to hand in."""
    title = load_text(text).header.title

    def look() -> State:
        names = questions_about(text)
        asked = [(stem, question.id) for stem in stems() for question in stem.lesson.question if question.id in names]
        done = sum(is_answered(answers_of(stem), name) for stem, name in asked)
        parts = f"{done} of {counted(len(names), 'part is', 'parts are')} answered"
        lines = [f"Your work on “{title}” as one page: {parts}. It needs nothing beside it, and prints."]
        return State(lines=lines, button="Make the page", ask="", file=None, said="")

    def press(name: str) -> State:
        words = report_words(text)
        return {**look(), "file": made(safe_name(name, f"work-on-{text}", ".html"), "text/html", words), "said": "Made."}

    return Act("The page of your work", look, press, f"work-on-{text}.html")


def answers_file() -> Act:
    """All answers in one file: to hand in, or to take along. Where a service takes what is handed in, the button sends it there."""

    def look() -> State:
        said = [line for stem in stems() if (line := _lesson_line(stem))]
        lines = [SENT if _service() else FILED]
        lines += [f"In it: {'; '.join(said)}.", *_missing()] if said else ["There is nothing in it yet: no question is answered."]
        lines += _handed_in()
        button = "Hand in" if _service() else "Make the file"
        return State(lines=lines, button=button if said else "", ask="", file=None, said="")

    def press(name: str) -> State:
        try:
            raw = encode(all_answers())
        except NotSavedError as error:
            return {**look(), "said": str(error)}
        said, service = "Made.", _service()
        if service:
            try:
                receipt = service.post(raw)
                return {**look(), "said": f"Handed in {receipt}."}
            except service.NotHandedInError as error:
                said = f"Not handed in. {error} Here is the file; give it to your teacher."
        file = made(safe_name(name, "my-answers", ".json"), "application/json", raw.decode("utf-8"))
        return {**look(), "file": file, "said": said}

    return Act("Hand in your answers", look, press, "" if _service() else "my-answers.json")


FILED = "All your answers in one file, to hand in or to take along. It holds no name and no score."
SENT = "All your answers go to your teacher, under the name with which you logged in. They hold no score."


def _service() -> ModuleType | None:
    """The way to a hub's hand-in service, where there is one; elsewhere, as in the browser edition, nothing of it is needed."""
    if not os.environ.get("DATELINE_HANDIN"):
        return None
    from dateline.hub import receipts

    return receipts


def _handed_in() -> list[str]:
    """How the answers now stand to what was handed in last."""
    service = _service()
    last = service.last_receipt() if service else None
    if last is None:
        return []
    with contextlib.suppress(NotSavedError):
        if hashlib.sha256(encode(all_answers())).hexdigest() == last.sha256:
            return [f"Your answers are as you handed them in ({last})."]
    return [f"Your answers have changed since you handed them in ({last}). Hand in again to send them as they are now."]


def keepsake(before: str, after: str) -> Act:
    """The page to keep at the end of the course, with a name that the browser alone puts in."""

    def look() -> State:
        if course_end(before, after) is None:
            waiting = f"When form {before} and form {after} are handed in, you can make the page here."
            waiting = waiting if form_stem(after).keys else f"{NO_KEYS} The page is made where they are."
            return State(lines=[waiting], button="", ask="", file=None, said="")
        lines = ["What you can do now, what to practise, and the two tests on one page, to keep or to print."]
        return State(lines=lines, button="Make the page", ask="", file=None, said="")

    def press(name: str) -> State:
        words = keepsake_words(before, after, datetime.date.today())
        return {**look(), "file": made(safe_name(name, "my-course", ".html"), "text/html", words), "said": "Made."}

    return Act("A page to keep", look, press, "my-course.html", signed=True)


def _missing() -> list[str]:
    """What the chosen path still asks for."""
    on_path = states(load_routes()[chosen_route()])
    begun = [f"lesson {state.lesson}, {state.of - state.done} open" for state in on_path if 0 < state.done < state.of]
    waiting = [state.lesson for state in on_path if not state.done and state.of]
    lines = [f"Missing in what you began: {'; '.join(begun)}."] if begun else []
    return [*lines, f"Not begun on your path: {', '.join(waiting)}."] if waiting else lines


def _lesson_line(stem: Stem) -> str:
    answers = answers_of(stem)
    beats = {question.id: question.beat for question in stem.lesson.question if question.beat != "tour"}
    given = [name for name, answer in answers.items() if original(name) in beats and answer.value is not None]
    done = sum(name == original(name) and beats[name] != "review" for name in given)
    first = f"lesson {stem.lesson.lesson}, {counted(done, 'answer')}"
    again = len(given) - done
    more = f" and {again} that came back" if again else ""
    return f"{first}{more}" if done or again else ""


def safe_name(wished: str, otherwise: str, ending: str) -> str:
    """A file name that every system takes, with the right ending."""
    stem = FILE_NAME.sub("", wished.replace("/", " ").replace("\\", " ")).strip(" .")
    stem = stem[: -len(ending)] if stem.lower().endswith(ending) else stem
    return (stem.strip(" .")[:80] or otherwise) + ending
