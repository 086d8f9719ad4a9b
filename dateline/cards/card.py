"""The live card: shows a question with native controls and passes what the learner does to `attempts`."""

from typing import Any

from dateline.answers import attempts
from dateline.answers.attempts import Exercise
from dateline.cards.model import Message, Model
from dateline.display import as_it_is
from dateline.html import Markup
from dateline.kinds.view import printed_html, printed_plain, view


class Card(Model):
    """One exercise. Shown twice, it is one card with two views that stay alike."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.written: dict[str, str] = {}
        """The stamp of the last answer that each view has written: what a view wrote it need not have been told yet."""
        super().__init__(view(exercise.question), self.shown(attempts.look(exercise), {}))

    def hear(self, message: Message) -> None:
        """Do with the exercise what the page asks for, and show how it stands then."""
        action = attempts.ACTIONS.get(message.get("do", ""))
        if action:
            seen = {message.get("based", ""), self.written.get(message.get("view", ""), "")}
            state = action(self.exercise, message.get("value"), message.get("confidence"), seen)
            if state["stored"]:
                self.written[message.get("view", "")] = state["saved"]
            self.show(state, message)

    def shown(self, state: attempts.State, message: Message) -> dict[str, Any]:
        """A state as the page hears of it: with the message that it answers."""
        return {**state, "n": message.get("n", 0), "view": message.get("view", "")}

    def show(self, state: attempts.State, message: Message) -> None:
        """Show a state in every view; `message` is what it answers. Feedback stays until there is newer."""
        kept = self.state.get("feedback")
        if state["feedback"] is None and kept and message.get("do") in ("save", "hint"):
            state = {**state, "feedback": kept, "earlier": state["value"] != self.state.get("value") or self.state["earlier"]}
        self.state = self.shown(state, message)

    def look_again(self) -> None:
        """Read the saved answer again, which another kernel may have changed."""
        self.state = self.shown(attempts.look(self.exercise), {})

    def printed(self) -> tuple[Markup, str]:
        """The printed form of the question, with the saved answer."""
        return Markup(as_it_is(self.on_paper())), printed_plain(self.exercise.question)

    def on_paper(self) -> Markup:
        """The same as a part of a page."""
        answer = attempts.saved_answer(self.exercise)
        return printed_html(self.exercise.question, answer.value, answer.confidence)
