"""What every kind of exercise is made of: a question, a key kept apart from it, and one class that can do all that is asked of a kind.

A question is what a learner may see. A key is never shown before an answer. Both are data; what a kind does with them is `Kind`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Generic, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, get_args

import msgspec
from markupsafe import Markup

from dateline.evidence.misconceptions import Belief
from dateline.kinds.results import Note, Picture, Result, Sign, sign_of
from dateline.texts.text import TextName

Beat: TypeAlias = Literal["tour", "predict", "say-why", "guided", "own", "exit", "practice", "review", "test", "capstone"]
Theme: TypeAlias = Literal["sourcing", "language", "context", "reactions"]
Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
"""An id that an author gives."""
Share: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=1)]
Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Right: TypeAlias = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
"""Accepted choices: at least one, the best first."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing a learner may choose. `letter` stands for it where space is short."""

    id: Name
    text: str
    letter: str = ""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to label, place, order or connect.

    `reveal`, on a grid, is shown once the row's first cell is answered, and the other cells wait for it.
    """

    id: Name
    text: str
    reveal: str = ""


Choices: TypeAlias = Annotated[tuple[Choice, ...], msgspec.Meta(min_length=1)]
LONGEST_NAME = 300
"""Letters of a name that an answer gives to what no item has."""
Items: TypeAlias = Annotated[tuple[Item, ...], msgspec.Meta(min_length=1)]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True, tag_field="kind"):
    """What every question has. `show` are sentences or paragraphs of `text` printed with it.

    `title` names it among others on one page. With the beat `review` it asks on a new surface what the question that it `recalls`
    asked, in a later lesson. What is `unmarked` has no key: any answer of the right form is noted.
    """

    id: Name
    prompt: str
    beat: Beat
    theme: Theme
    skill: str
    hints: tuple[str, ...] = ()
    confidence: bool = False
    text: TextName = msgspec.field(default_factory=TextName)
    show: tuple[str, ...] = ()
    title: str = ""
    recalls: str = ""
    unmarked: bool = False

    @property
    def kind(self) -> str:
        """The kind as it is written in a question file."""
        return str(self.__struct_config__.tag)


class Key(Protocol):
    """What every key has: what is said after a right answer, and what after another."""

    @property
    def teach(self) -> str: ...

    @property
    def next(self) -> str: ...


class Fault(NamedTuple):
    """A fault in a key or a question: the path of names that leads to it, what is wrong, and what to write instead."""

    where: tuple[str | int, ...]
    what: str
    fix: str


class Told(NamedTuple):
    """A line of the teacher's key: what is answered, in parts, whether that is right, and why."""

    parts: tuple[str, ...]
    sign: str
    why: str


class Chosen(NamedTuple):
    """What was chosen for one part of an answer: the part and the choice as ids and as words, its credit, and the key's reason."""

    item: str
    part: str
    choice: str
    words: str
    credit: float
    reason: str


class Trial(NamedTuple):
    """One sentence that was sound or not, and whether the reader flagged it."""

    sound: bool
    flagged: bool


Q = TypeVar("Q", bound=Question)
K = TypeVar("K", bound=Key)
View: TypeAlias = dict[str, Any]
"""What a card shows of a question, as plain data."""


class Kind(ABC, Generic[Q, K]):
    """One kind of exercise. Whatever the course does with an exercise it asks of this class.

    A kind that lacks a method cannot be imported: `KINDS` makes one of each. Its control on the card is the file of the same
    name that ends in `.js`.
    """

    asks: type[Q]
    keyed: type[K]
    empty_list_is_an_answer: bool = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for base in getattr(cls, "__orig_bases__", ()):
            found = get_args(base)
            if len(found) == 2 and all(isinstance(one, type) for one in found):
                cls.asks, cls.keyed = found

    # ---- the answer ------------------------------------------------------------------------------------------------

    @abstractmethod
    def answer_form(self, question: Q) -> str:
        """An answer of the right form as JSON, for messages and for `docs/kinds.md`."""

    @abstractmethod
    def invalid(self, question: Q, answer: Any) -> str:
        """What is wrong with the form of an answer (any JSON value), with what to write instead; empty if nothing is."""

    @abstractmethod
    def said(self, question: Q, answer: Any) -> str:
        """An answer of the right form in words, as a person would tell it."""

    @abstractmethod
    def grade(self, question: Q, key: K, answer: Any) -> Result:
        """The result of an answer of the right form. Pure: nothing is read, nothing is run."""

    @abstractmethod
    def notes(self, question: Q, key: K, result: Result) -> tuple[Note, ...]:
        """The reason for each part of a result."""

    def signs(self, question: Q, key: K, result: Result) -> list[Sign]:
        """The signs of the notes in any order, which is all that a verdict counts. A kind may know them without making the words."""
        return [note.sign for note in self.notes(question, key, result)]

    @abstractmethod
    def solved(self, question: Q, key: K) -> Any:
        """An answer that earns full marks: the first accepted choice of each part, or the first model answer."""

    @abstractmethod
    def extras(self, key: K, answer: Any) -> tuple[tuple[str, ...], Picture | None]:
        """Model answers, and a picture of readers, that belong into the feedback."""

    # ---- on the page -----------------------------------------------------------------------------------------------

    @abstractmethod
    def view(self, question: Q) -> View:
        """What the card shows of this kind, as plain data, and nothing of a key."""

    @abstractmethod
    def printed(self, spec: View, answer: Any) -> Markup:
        """The printed form of a view, with an answer of the right form filled in, or None."""

    # ---- the author ------------------------------------------------------------------------------------------------

    @abstractmethod
    def question_faults(self, question: Q) -> Iterator[Fault]:
        """What is wrong with a question of this kind, beyond what its types say."""

    @abstractmethod
    def faults(self, question: Q, key: K) -> Iterator[Fault]:
        """What is wrong with a key, beyond what its types say, or does not fit its question."""

    @abstractmethod
    def giveaways(self, question: Q, key: K) -> Iterable[str]:
        """Words that would give the answer away in a hint."""

    @abstractmethod
    def may_be_open(self, key: K) -> Iterable[str]:
        """What of a key may stand in a learner's copy: words quoted from a text, addresses, names. All else is secret."""

    # ---- the learner's record and the class ------------------------------------------------------------------------

    @abstractmethod
    def counts(self, key: K) -> bool:
        """Whether an answer earns points."""

    @abstractmethod
    def is_fixed(self, question: Q, key: K) -> bool:
        """Whether exactly one answer is right in every part, so that confidence can be measured against it."""

    @abstractmethod
    def beliefs(self, key: K, result: Result) -> set[Belief]:
        """The named misconceptions behind what was answered."""

    @abstractmethod
    def can_show(self, key: K) -> set[Belief]:
        """The named misconceptions that an answer to this exercise can show."""

    @abstractmethod
    def trials(self, question: Q, key: K, result: Result) -> Iterator[Trial]:
        """Every sentence in an answer that could be passed or flagged, where the key leaves no doubt which it should be."""

    @abstractmethod
    def chosen(self, question: Q, key: K, result: Result) -> Iterator[Chosen]:
        """What was chosen for each part, where that can be counted over a class."""

    @abstractmethod
    def told(self, question: Q, key: K) -> Iterator[Told]:
        """The lines of the teacher's key."""


def items_by_id(items: Iterable[Item]) -> dict[str, str]:
    """The texts of items, by id."""
    return {item.id: item.text for item in items}


def as_plain(things: Iterable[Choice] | Iterable[Item], *fields: str) -> list[dict[str, str]]:
    """Choices or items as a card wants them."""
    return [{field: getattr(thing, field) for field in fields} for thing in things]


def note_of(at: str, credit: float, chosen: str, reason: str, quote: str = "", slip: Belief | None = None, item: str = "") -> Note:
    """The note of one part, with the common belief behind it if there is one."""
    sign: Sign = sign_of(credit)
    return Note(at, sign, chosen, reason, quote, slip.name if slip else "", slip.better if slip else "", item)
