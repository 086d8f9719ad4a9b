"""The card of a question that is drafted from the marks of its text. It follows the marks; what somebody changed stays, saved at once."""

from typing import Any

from dateline.answers import attempts
from dateline.answers.attempts import Exercise, State, open_exercise, saved_answer
from dateline.cards.card import Card
from dateline.cards.model import Message
from dateline.html import Markup
from dateline.kinds import invalid
from dateline.kinds.from_marks import beside, followed, implied, is_from_marks
from dateline.kinds.view import printed_html
from dateline.texts.implied import Beside

DRAFTED = "Drafted from the marks. What you change is saved at once."


class DraftedCard(Card):
    """A card whose state has the items as they stand, the draft while there is no answer, and which marks say so."""

    def __init__(self, exercise: Exercise) -> None:
        self.draft = implied(exercise.question)
        super().__init__(exercise)

    def shown(self, state: State, message: Message) -> dict[str, Any]:
        """A state with the draft in the place of an answer that is not there."""
        is_draft = state["value"] is None and state["stored"]
        more = {"items": [{"id": item.id, "text": item.text} for item in self._items()], "why": list(self.draft.why), "drafted": is_draft}
        if is_draft:
            more |= {"value": self.draft.value, "message": state["message"] or DRAFTED}
        return {**super().shown(state, message), **more}

    def follow(self) -> None:
        """Look at the marks again. An answer that is there keeps what was changed in it, and its draft follows them."""
        was, names = self.draft, {item.id for item in self._items()}
        self.exercise = open_exercise(self.exercise.question.id)
        self.draft = implied(self.exercise.question)
        now = {item.id for item in self._items()}
        if (was, names) == (self.draft, now):
            return
        answer = saved_answer(self.exercise)
        if answer.value is None or invalid(self.exercise.question, answer.value):
            self.look_again()
            return
        value = followed(answer.value, was.value, self.draft.value, (names, now))
        if value == answer.value:
            self.look_again()
        else:
            self.show(attempts.save(self.exercise, value, answer.confidence, {answer.saved}), {})

    def beside(self) -> Beside:
        """The answer, or the draft where there is none, as rows beside the marks."""
        return beside(self.exercise.question, self._value())

    def on_paper(self) -> Markup:
        """The printed form with the answer, or with the draft."""
        return printed_html(self.exercise.question, self._value())

    def _value(self) -> Any:
        saved = saved_answer(self.exercise).value
        return self.draft.value if saved is None or invalid(self.exercise.question, saved) else saved

    def _items(self) -> Any:
        return getattr(self.exercise.question, "items", ())


def card_of(exercise: Exercise) -> Card:
    """The card of an exercise, drafted or not; raises `CourseError`."""
    return DraftedCard(exercise) if is_from_marks(exercise.question) else Card(exercise)
