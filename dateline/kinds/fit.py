"""Whether a key fits its question: what several kinds ask of names, reasons, words of a text, and labels."""

from collections.abc import Iterable, Iterator

from dateline.faults import CourseError
from dateline.kinds.base import Fault, Question
from dateline.texts.text import TextName

Where = tuple[str | int, ...]


def reasons(why: dict[str, str], wanted: Iterable[str], where: Where = ()) -> Iterator[Fault]:
    """Each of `wanted` has a reason, nothing else has one, and no two share one."""
    wanted = set(wanted)
    for name in sorted(wanted - set(why)):
        yield Fault((*where, "why"), f"there is no reason for {name!r}", f"Add it to why: {name} = ")
    for name in sorted(set(why) - wanted):
        fix = f"Take it out, or use one of: {', '.join(sorted(wanted))}"
        yield Fault((*where, "why", name), f"there is a reason for {name!r}, which cannot be answered", fix)
    yield from unshared(why, (*where, "why"))


def unshared(why: dict[str, str], where: Where) -> Iterator[Fault]:
    """No two answers have the same reason, and none has an empty one."""
    if len(set(why.values())) < len(why):
        yield Fault(where, "two answers share one reason", "Say of each why it is right or wrong")
    for name in sorted(name for name, words in why.items() if not words.strip()):
        yield Fault((*where, name), f"the reason for {name!r} is empty", "Say why in a sentence")


def known(names: Iterable[str], wanted: Iterable[str], what: str, where: Where = ()) -> Iterator[Fault]:
    """Every name is one of `wanted`."""
    wanted = set(wanted)
    for name in sorted(set(names) - wanted):
        yield Fault(where, f"{name!r} is not {what}", f"Use one of: {', '.join(sorted(wanted))}")


def same(found: Iterable[str], wanted: Iterable[str], what: str, where: Where = ()) -> Iterator[Fault]:
    """The names found are those wanted, no more and no fewer."""
    found, wanted = set(found), set(wanted)
    for name in sorted(wanted - found):
        yield Fault(where, f"there is no verdict for {name!r}", f"Add one, or give {what} in the question")
    yield from known(found, wanted, what, where)


def apart(first: Iterable[str], second: Iterable[str], words: str, where: Where = ()) -> Iterator[Fault]:
    """Nothing is in both."""
    for name in sorted(set(first) & set(second)):
        yield Fault(where, f"{name!r} is both {words}", "Take it out of one")


def once(names: Iterable[str], what: str, where: Where = ()) -> Iterator[Fault]:
    """Nothing is there twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield Fault(where, f"{name!r} is there twice among {what}", "Give each its own")
        seen.add(name)


def words_in(text: TextName, at: str, words: str, nth: int | None, where: Where) -> Iterator[Fault]:
    """Quoted words stand where they are said to."""
    if not words:
        return
    if not text:
        yield Fault(where, f"the words {words!r} are of no text", 'Name the text in the question: text = "article"')
    elif not at:
        yield Fault(where, f"nobody says in which sentence {words!r} stands", 'Say where: at = "p1.s1"')
    else:
        try:
            text.whole.find(at, words, nth)
        except CourseError as error:
            for fault in error.problems:
                yield Fault(where, fault.what, fault.fix)


def shown(question: Question) -> Iterator[Fault]:
    """The sentences that a question shows are there, and are of some text."""
    if question.show and not question.text:
        yield Fault(("show",), "it shows sentences of no text", 'Name the text: text = "article"')
    for place in question.show if question.text else ():
        yield from there(question.text, place, ("show",))


def there(text: TextName, place: str, where: Where) -> Iterator[Fault]:
    """An address is in a text."""
    try:
        text.lines([place])
    except CourseError as error:
        for fault in error.problems:
            yield Fault(where, fault.what, fault.fix)
