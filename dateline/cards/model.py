"""What is alive on a page, whoever shows it: what it is, how it stands, and what it does when it hears from the page.

In Jupyter a widget is made of it when it is shown (`widget.py`).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeAlias

from dateline.html import Markup

Message: TypeAlias = dict[str, Any]
"""What the page sends; `do` names what was done."""


class Model(ABC):
    """`spec` says what the page draws and never changes; `state` says how it stands, and every view is told when it is set anew."""

    def __init__(self, spec: dict[str, Any], state: dict[str, Any] | None = None) -> None:
        self.spec = spec
        self._state = state or {}
        self.told: list[Callable[[dict[str, Any]], object]] = []
        """Whoever is told of each new state."""
        self.widget: Any = None
        """Jupyter's form of it, once it was shown there."""

    @property
    def state(self) -> dict[str, Any]:
        """How it stands."""
        return self._state

    @state.setter
    def state(self, now: dict[str, Any]) -> None:
        self._state = now
        for tell in self.told:
            tell(now)

    def spec_with(self, name_of: "Callable[[Model], str]") -> dict[str, Any]:
        """The spec, with the names that the host has for other models in it."""
        return self.spec

    def hear(self, message: Message) -> None:
        """Do what the page asks for; a panel keeps nothing, so there is nothing for it to do."""
        return None

    @abstractmethod
    def printed(self) -> tuple[Markup, str]:
        """The same on paper: as HTML, and in plain text."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        from dateline.cards.widget import view_of  # brings Jupyter's widgets along, which only Jupyter needs

        shown, plain = self.printed()
        return {**view_of(self), "text/html": str(shown), "text/plain": plain}, {}
