"""Open text: presence checks that say what they are, and model answers; never a mark."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.html import html, join, lines
from dateline.kinds import fit
from dateline.kinds.base import Chosen, Fault, Kind, Question, Right, Told, Trial, View
from dateline.kinds.results import Note, Part, Picture, Result, short
from dateline.wording import counted

LONGEST = 20_000
"""Characters of an open answer; about ten printed pages."""
LENGTH = "length"


class Write(Question, tag="write", frozen=True, kw_only=True):
    """Open text, never marked. Its answer is what was written."""

    rows: Annotated[int, msgspec.Meta(ge=1, le=60)] = 3


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something an open answer should mention: present if any of the words is there, whatever their case."""

    name: str
    any: Right
    missing: str


class WriteKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Model answers and presence checks for an open answer; `words` are the fewest and most asked for. They are shown, never counted."""

    model: Right
    teach: str
    next: str
    features: tuple[Feature, ...] = ()
    words: tuple[int, int] | None = None


class WriteKind(Kind[Write, WriteKey]):
    """Never marked. What should be mentioned is looked for and said; a teacher reads the rest."""

    def answer_form(self, question: Write) -> str:
        return '"one line"'

    def invalid(self, question: Write, answer: Any) -> str:
        if not isinstance(answer, str):
            return f"Write your answer as text in quotation marks, not {short(answer)}"
        if "\0" in answer:
            return "Your answer holds a character that cannot be shown; type it again"
        return f"This is {len(answer):,} characters long; keep it under {LONGEST:,}" if len(answer) > LONGEST else ""

    def said(self, question: Write, answer: Any) -> str:
        return str(answer)

    def grade(self, question: Write, key: WriteKey, answer: Any) -> Result:
        found = answer.casefold()
        parts = (Part(feature.name, feature.name, float(any(word.casefold() in found for word in feature.any))) for feature in key.features)
        length = (Part(LENGTH, len(answer.split()), 0.0),) if key.words else ()
        return Result("for your teacher", parts=(*parts, *length))

    def notes(self, question: Write, key: WriteKey, result: Result) -> tuple[Note, ...]:
        """How long the answer is, and whether each feature is mentioned."""
        missing = {feature.name: feature.missing for feature in key.features}
        length = [_length(key.words, result.parts[-1].chosen)] if key.words else []
        return *length, *(
            Note("", "right", part.item, "Your answer mentions it.") if part.credit else Note("", "none", part.item, missing[part.item])
            for part in result.parts
            if part.item != LENGTH
        )

    def solved(self, question: Write, key: WriteKey) -> Any:
        return key.model[0]

    def extras(self, key: WriteKey, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        return key.model, None

    def view(self, question: Write) -> View:
        return {"lines": question.rows}

    def printed(self, spec: View, answer: Any) -> Markup:
        if answer:
            return html("<blockquote>{}</blockquote>", lines(answer))
        return join([html("<p>{}</p>", "_" * 68)] * spec["lines"], "")

    def question_faults(self, question: Write) -> Iterator[Fault]:
        yield from fit.shown(question)

    def faults(self, question: Write, key: WriteKey) -> Iterator[Fault]:
        yield from fit.once((feature.name for feature in key.features), "the features", ("features",))
        for feature in key.features:
            if feature.name == LENGTH:
                yield Fault(("features",), f"a feature is named {LENGTH!r}, which stands for the number of words", "Choose another name")
        if key.words and not 0 <= key.words[0] < key.words[1]:
            yield Fault(
                ("words",), f"from {key.words[0]} to {counted(key.words[1], 'word')} is no length", "Write the fewest first, then the most"
            )
        for model in key.model:
            missing = [part.item for part in self.grade(question, key, model).parts if part.item != LENGTH and not part.credit]
            if missing:
                fix = "Add a word to `any`, or correct the model"
                yield Fault(("model",), f"a model answer does not pass its own check for {', '.join(missing)}", fix)
            if key.words and not key.words[0] <= len(model.split()) <= key.words[1]:
                yield Fault(
                    ("model",), f"a model answer has {counted(len(model.split()), 'word')}", f"Keep it to {key.words[0]} to {key.words[1]}"
                )

    def giveaways(self, question: Write, key: WriteKey) -> Iterable[str]:
        return []

    def may_be_open(self, key: WriteKey) -> Iterable[str]:
        for feature in key.features:
            yield from (feature.name, *feature.any)

    def counts(self, key: WriteKey) -> bool:
        return False

    def is_fixed(self, question: Write, key: WriteKey) -> bool:
        return False

    def beliefs(self, key: WriteKey, result: Result) -> set[Belief]:
        return set()

    def can_show(self, key: WriteKey) -> set[Belief]:
        return set()

    def trials(self, question: Write, key: WriteKey, result: Result) -> Iterator[Trial]:
        return iter(())

    def chosen(self, question: Write, key: WriteKey, result: Result) -> Iterator[Chosen]:
        return iter(())

    def told(self, question: Write, key: WriteKey) -> Iterator[Told]:
        for model in key.model:
            yield Told((model,), "ours", "")


def _length(asked: tuple[int, int], found: int) -> Note:
    fewest, most = asked
    return Note(
        "", "right" if fewest <= found <= most else "none", counted(found, "word"), f"Asked were {fewest} to {counted(most, 'word')}."
    )
