"""What each school's system writes into the names of a download, as a table of patterns, and how a name is shown and compared."""

import datetime
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence

import msgspec

LONGEST = 1_000
"""Letters of a name that are looked at. No system writes a longer one."""
MOST_OF = 0.8
"""The share of a download's names that must be as one system writes them, for the download to be that system's."""
GENERIC = re.compile(r"(?:my-)?answers?|module-[0-9]|hand-?in|submission|export", re.IGNORECASE)
"""Names that say what a file is and not whose."""
NUMBERED = re.compile(r" ?\([0-9]{1,4}\)$|[-_ ][0-9]{1,3}$")
"""A number that browsers, drives and mail programs add to the second file of one name. It may also be a part of the name."""
ENDING = re.compile(r"\.json\.txt$|\.[^.]*$", re.IGNORECASE)
"""What follows the name of a file."""
NUMBER = "[0-9]{1,19}"

PATTERNS = {
    "Moodle": (rf"(?P<who>[^_/]{{1,250}})(?:_(?P<number>{NUMBER}))?_assignsubmission_[a-z]{{1,40}}(?:_?/(?P<file>.+)|_(?P<flat>[^/]+))",),
    "Blackboard": (r"(?P<account>[^/]{1,300}?)_attempt_(?P<received>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<file>[^/]+)|\.txt)",),
    "Brightspace": (rf"(?P<number>{NUMBER})-{NUMBER} - (?P<who>[^/]{{1,200}}) - (?P<received>[^/]{{8,40}})/(?P<file>.+)",),
    "Teams": (r"(?:Submitted|Working) files/(?P<who>[^/]{1,250})/(?P<file>.+)",),
    "Canvas": (
        rf"(?P<who>[^/]{{1,250}}?)_(?:(?P<late>LATE|late)_)?(?P<number>{NUMBER})_(?:(?P<order>{NUMBER})_(?P<file>[^/]+)|(?:text|link)\.html)",
        rf"(?:(?P<late>LATE|late)_)?(?P<who>anon_[A-Za-z0-9]{{1,20}})_(?:(?P<order>{NUMBER})_(?P<file>[^/]+)|(?:text|link)\.html)",
    ),
}
"""The names of entries, left to right. All are bounded and anchored at both ends.

Sources: Canvas lib/content_zipper.rb; Moodle mod/assign/classes/downloader.php; Blackboard and Brightspace: public scripts that read real
downloads; Teams: the name of the library is documented, its folders are not.
"""
WRITTEN = {system: tuple(re.compile(pattern, re.DOTALL) for pattern in patterns) for system, patterns in PATTERNS.items()}
MOMENTS = {"Blackboard": ("%Y-%m-%d-%H-%M-%S",), "Brightspace": ("%b %d, %Y %I%M %p", "%d %b, %Y %I%M %p", "%b %d, %Y %H%M")}
OWN_FILES = {
    "Blackboard": re.compile(r"[^/]{1,300}_attempt_[0-9]{4}(?:-[0-9]{2}){5}\.txt"),
    "Brightspace": re.compile(r"index\.html"),
}
"""What a system puts beside the learners' files, for the teacher."""


class Named(msgspec.Struct, frozen=True, gc=False):
    """What the outermost name of a hand-in says, in the words of the system that wrote it.

    `system` is one of `PATTERNS`, or `list` (a teacher's), `folder` (one for each learner), or `file`. `who` is the name,
    `number` the system's own number (Canvas user id, Moodle participant), `account` a user name; what is not there is empty. `key` is the
    same for all files that the system names alike, so that they are one learner's, and `label` is what such a learner is called. `order` is
    the system's own order of files (Canvas: attachment id), `file` what the learner called it, `received` the moment that the system wrote.
    `under` are the folders around the whole download; `odd` says what is wrong with the name.
    """

    system: str
    key: str
    label: str
    who: str = ""
    number: str = ""
    account: str = ""
    late: bool = False
    order: int = 0
    received: datetime.datetime | None = None
    file: str = ""
    under: tuple[str, ...] = ()
    odd: str = ""


# ---- what a download says --------------------------------------------------------------------------------------------


def read_names(paths: Sequence[str]) -> list[Named | None]:
    """What each path of one download says, in the order given; None for a file that the system made for the teacher.

    A download has one system: the outermost place at which four names of five are as one system writes them. Names of another form are then
    read as plain ones and told. If there is no such place, a name is a learner's folder or a learner's file.
    """
    split = [path.split("/") for path in paths]
    around = _around(split)
    some = ""
    for depth in range(around + 1):
        below = ["/".join(parts[depth:]) for parts in split]
        system, most = _system(below)
        if most:
            return _tidy([_one(system, name, parts, depth, around) for name, parts in zip(below, split, strict=True)])
        some = some or system
    odd = f"some names are as {some} writes them and most are not; grade each download alone" if some else ""
    return [_plain_name(parts, around, odd) for parts in split]


def _around(split: list[list[str]]) -> int:
    """How many folders are around everything."""
    return _shared([parts[:-1] for parts in split])


def _shared(rows: list[str] | list[list[str]]) -> int:
    """How many letters all words begin with, or how many words all lists of them."""
    if not rows:
        return 0
    first, last = min(rows), max(rows)  # what these two share, all share
    return next((place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), min(len(first), len(last)))


def _system(names: list[str], systems: tuple[str, ...] = tuple(PATTERNS)) -> tuple[str, bool]:
    """The system that wrote the most names, if any did, and whether that is nearly all of them.

    No two files of Canvas have one number; where they seem to, a digit or two in an assignment's name was taken for numbers.
    """
    counts = Counter(_writer(name, systems) for name in names)
    del counts[""]
    if not counts:
        return "", False
    system = max(counts, key=lambda name: (counts[name], name))
    if system == "Canvas" and _repeats(names):
        return _system(names, tuple(other for other in systems if other != "Canvas"))
    own = sum(_is_own(system, name) for name in names)
    return system, counts[system] + own >= MOST_OF * len(names)


def _writer(name: str, systems: tuple[str, ...]) -> str:
    """The system whose part of a name ends first: what comes after it was written by a learner, and may look like anything."""
    ends = [(_end(found), system) for system in systems if (found := _written(system, name)) and not _is_own(system, name)]
    return min(ends)[1] if ends else ""


def _end(found: re.Match[str]) -> int:
    starts = [found.start(group) for group in ("file", "flat") if group in found.re.groupindex and found.start(group) >= 0]
    return min(starts, default=found.end())


def _repeats(names: list[str]) -> bool:
    orders = Counter(found["order"] for name in names if (found := _written("Canvas", name)) and found["order"])
    return 2 * len(orders) <= sum(orders.values())


def _is_own(system: str, name: str) -> bool:
    return system in OWN_FILES and OWN_FILES[system].fullmatch(name[:LONGEST]) is not None


def _written(system: str, name: str) -> re.Match[str] | None:
    return next((found for pattern in WRITTEN[system] if (found := pattern.fullmatch(name[:LONGEST]))), None)


def _one(system: str, name: str, parts: list[str], depth: int, around: int) -> Named | None:
    if _is_own(system, name):
        return None
    found = _written(system, name)
    if found is None:
        return _plain_name(parts, around, f"its name is not as {system} writes them")
    said = {field: value for field, value in found.groupdict().items() if value}
    who, number, account = said.get("who", ""), said.get("number", ""), said.get("account", "")
    return Named(
        system=system,
        key="/".join((system, who, number, account)),
        label=plain(" ".join(filter(None, (who, number))) if system == "Moodle" else who or account),
        who=who,
        number=number,
        account=account,
        late="late" in said,
        order=int(said.get("order", 0)),
        received=_moment(system, said.get("received", "")),
        file=sys.intern(said.get("file", said.get("flat", ""))),  # nearly all are called the same
        under=tuple(parts[:depth]),
    )


def _tidy(found: list[Named | None]) -> list[Named | None]:
    """Labels that need the whole download: Blackboard puts the assignment before the account; two numbers may have one name."""
    accounts = sorted({one.account for one in found if one and one.account})
    start = accounts[0].rfind("_", 0, _shared(accounts) if len(accounts) > 1 else None) + 1 if accounts else 0
    numbers: dict[str, set[str]] = {}
    for one in found:
        if one:
            numbers.setdefault(one.label, set()).add(one.key)
    tidied: list[Named | None] = []
    for one in found:
        if one and one.account:
            one = msgspec.structs.replace(one, label=plain(one.account[start:]))
        elif one and one.number and len(numbers[one.label]) > 1:
            one = msgspec.structs.replace(one, label=plain(f"{one.who} {one.number}"))
        tidied.append(one)
    return tidied


def _plain_name(parts: list[str], around: int, odd: str) -> Named:
    """A name that no system wrote: below the folders that are around everything, a learner's folder or else a learner's file."""
    under, owner = tuple(parts[:around]), parts[around]
    if len(parts) > around + 1:
        return Named("folder", f"folder/{owner}", plain(owner), owner, file="/".join(parts[around + 1 :]), under=under, odd=odd)
    stem = ENDING.sub("", owner) or owner
    return Named("file", f"file/{owner}", plain(stem), stem, file=owner, under=under, odd=odd)


def _moment(system: str, words: str) -> datetime.datetime | None:
    """A moment as the system writes it; it names no zone, so the teacher's is taken."""
    for form in MOMENTS.get(system, ()):
        try:
            return datetime.datetime.strptime(words, form).astimezone()
        except (ValueError, OverflowError, OSError):
            continue
    return None


# ---- how names compare -----------------------------------------------------------------------------------------------


def folded(words: str) -> str:
    """A name as it is compared: Unicode case folding, composed, one blank between words. Every mark is kept."""
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", words).casefold().split()))


def squeezed(words: str) -> str:
    """A name without what is neither letter, mark, figure nor underscore: what Canvas leaves of it, folded."""
    return "".join(letter for letter in folded(words) if unicodedata.category(letter)[0] in "LMN" or letter == "_")


def bare(words: str) -> str:
    """A squeezed name without accents. Vowel signs and the like are no accents: without them it is another name."""
    loose = unicodedata.normalize("NFD", squeezed(words))
    return unicodedata.normalize("NFC", "".join(letter for letter in loose if not "\u0300" <= letter <= "\u036f"))


def turned(name: str) -> list[str]:
    """The orders in which a name may be written: as it stands, and with any of its words first; `Berg, Anna` is `Anna Berg`."""
    last, comma, first = name.partition(",")
    words = f"{first} {last}".split() if comma else name.split()
    if len(words) > 12:
        return [name]
    return [" ".join(words[start:] + words[:start]) for start in range(len(words))]


# ---- how names are shown ---------------------------------------------------------------------------------------------

JOINERS = "\u200c\u200d"
"""Marks that some scripts need inside a word. All other marks without a width are left out."""
FORMULA = re.compile(r"""(^|[;,\t|])([\s"']*)(?=[=+\-@＝＋－＠])""")
TAGS = str.maketrans({"<": "‹", ">": "›"})


def plain(words: str, most: int = 200) -> str:
    """Words from outside on one line, of letters that are seen: no control or direction marks, no halves of letters."""
    looked = words[: 4 * most]
    seen = looked if looked.isprintable() else "".join(map(_seen, looked))  # nearly all words are
    short = " ".join(seen.split())
    if short == words and len(short) <= most:
        return words
    return short if len(short) <= most else short[: most - 1] + "…"


def _seen(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cs":
        return "\ufffd"
    if kind in ("Zl", "Zp", "Cc"):
        return " "
    return "" if kind in ("Cf", "Cn", "Co") and letter not in JOINERS else letter


def safe(words: str, most: int = 200) -> str:
    """Words from outside as they may stand in a table, on a page and in a terminal: no control or direction marks, no formula, no tag.

    A formula is held back behind every separator, because a table with commas may be opened with semicolons. A page escapes words all the
    same. What is changed cannot be changed back, so `safe` is for showing, never for comparing.
    """
    return FORMULA.sub(r"\1\2'", plain(words, most).translate(TAGS))
