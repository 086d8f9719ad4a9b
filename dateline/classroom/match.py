"""Whose each hand-in is: a pure function of the names that a school's system wrote, the roster and the teacher's corrections.

All files that the system names alike are one claim. A claim leads to at most one learner, and to a learner leads at most one claim: where
two are equally good neither counts, and where one is better the other is a row of its own. So nothing is replaced in silence.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from dateline.classroom.names import GENERIC, NUMBERED, PATTERNS, Named, bare, folded, plain, safe, squeezed, turned
from dateline.classroom.roster import Learner, Roster
from dateline.classroom.submissions import HandIn
from dateline.classroom.tables import read_table
from dateline.classroom.worksheet import word_of
from dateline.faults import fail
from dateline.folders import named

NUMBERS = {"Canvas": "canvas", "Moodle": "participant"}
"""The column of the roster that holds a system's own number; it is compared with nothing else."""
SAME, EXACT, LOOSE, ACCENTS, CUT = range(5)
"""How well a claim leads to a learner, the best first: by number or account; by the name as it stands; by its letters alone; without
accents; only when a group or a number was cut from it."""
BY = {"folder": "by the folder's name", "file": "by the file's name", "list": "by your list"}
CORRECTED = "by your correction"
OUT = "-"
"""The learner of a file that the teacher leaves out."""
WHOSE = "its name does not say whose it is; name a --roster, give each learner a folder, or write a correction"
NOBODY = "nobody on the roster is called this"
COPY = re.compile(r" ?\([0-9]{1,4}\)$")


class Matched(msgspec.Struct, frozen=True, gc=False):
    """A learner and what is theirs. `rule` says in plain words what decided it, `sure` that nothing speaks against it.

    `known`: the learner is on the roster, or there is no roster. `learner.id` is unique among the rows. A row with `known` false is named
    by the system's own label, and nothing of it counts for anybody else.
    """

    learner: Learner
    hand_ins: tuple[HandIn, ...]
    rule: str
    sure: bool
    faults: tuple[str, ...]
    known: bool
    foreign: frozenset[str] = frozenset()
    """Sources that are theirs by the teacher's correction and were handed in under another name: the numbers in it are somebody else's."""


class Matching(msgspec.Struct, frozen=True):
    """All rows, those of the roster in its order and then the others by label; who handed nothing in that counts; faults of the whole."""

    rows: tuple[Matched, ...]
    missing: tuple[Learner, ...]
    faults: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, gc=False):
    """Some hand-ins that the system names alike, the learner (a place on the roster) to whom they lead, if to one, and why."""

    name: Named
    hand_ins: tuple[HandIn, ...]
    to: int = -1
    strength: int = CUT
    rule: str = "not matched"
    fault: str = ""


def match(hand_ins: Iterable[HandIn], roster: Roster | None = None, corrections: Mapping[str, str] | None = None) -> Matching:
    """Who handed in what. `corrections` gives a learner (id, e-mail or name; `-`: leave out) for a file or folder. Never raises."""
    every = sorted(hand_ins, key=lambda one: one.source)
    if roster is None:
        return _without_roster(every, corrections or {})
    ways = Ways(roster.learners)
    moved, faults = _corrected(every, corrections or {}, ways)
    owned = _owned(every, ways)
    claims = _claims(owned)
    groups = Counter(start for who in {claim.name.who for claim in claims if claim.name.system == "Moodle"} for start in _starts(who))
    led = [_led(claim, ways, groups) for claim in claims]
    settled, disputes = _settled(led, moved, roster.learners)
    faults += disputes
    moved = _without_agreed(moved, settled)
    faults += _no_way(claims, settled, roster)
    if owned is every and _around(every) and all(claim.name.system in ("folder", "file") for claim in claims):
        around = plain("/".join(_around(every)))
        faults.append(f"everything lies in the folder {around!r}; if that is one learner's, name the folder around it as SUBMISSIONS")
    foreign = frozenset(source for claim in led for source in _foreign(claim, moved, ways))
    return _with_roster(settled, moved, foreign, faults, roster.learners)


# ---- the roster, as names are looked up in it ---------------------------------------------------------------------------


class Ways:
    """How names lead to the learners of a roster (their places on it): by number, by id and address, and by name in three steps."""

    def __init__(self, learners: Sequence[Learner]) -> None:
        self.learners = learners
        self._numbers: dict[Hashable, int | list[int]] = {}
        self._ids: dict[Hashable, int | list[int]] = {}
        self._names: dict[Hashable, int | list[int]] = {}
        self._loose: dict[Hashable, int | list[int]] = {}
        self._bare: dict[Hashable, int | list[int]] = {}
        for place, learner in enumerate(learners):
            numbers = [(system, str(getattr(learner, field))) for system, field in NUMBERS.items()]
            ids = (learner.id, learner.email, learner.email.partition("@")[0], *learner.accounts)
            orders = turned(learner.name)
            as_written = (learner.name, *(orders if "," in learner.name else ()))
            loose = {squeezed(order) for order in orders}
            _add(self._numbers, [pair for pair in numbers if pair[1]], place)
            _add(self._ids, map(folded, ids), place)
            _add(self._names, map(folded, as_written), place)
            _add(self._loose, loose, place)
            _add(self._bare, {bare(order) for order in orders} - loose, place)

    def by_number(self, system: str, number: str) -> set[int]:
        """The learners with a number of a system's own."""
        return _at(self._numbers, (system, number))

    def by_id(self, words: str) -> set[int]:
        """The learners with an id, an address or a user name."""
        return _at(self._ids, folded(words))

    def by_name(self, who: str, ids: bool) -> tuple[set[int], int]:
        """The learners whom a name (or an id) may mean, by the first step that finds any, and that step."""
        exact = _at(self._names, folded(who)) | (self.by_id(who) if ids else set())
        if exact:
            return exact, EXACT
        loose = _at(self._loose, squeezed(who))
        if loose:
            return loose, LOOSE
        accents = _at(self._loose, bare(who)) | _at(self._bare, bare(who))
        return (accents, ACCENTS) if accents else (set(), CUT)

    def number_of(self, system: str, place: int) -> str:
        """The number of a learner in a system, or nothing."""
        return str(getattr(self.learners[place], NUMBERS[system]))


def _add(ways: dict[Hashable, int | list[int]], keys: Iterable[Hashable], place: int) -> None:
    """Nearly every way leads to one learner, and a list for each would take most of the memory of a large class."""
    for key in keys:
        before = ways.setdefault(key, place) if key else place
        if isinstance(before, list):
            before.append(place)
        elif before != place:
            ways[key] = [before, place]


def _at(ways: dict[Hashable, int | list[int]], key: Hashable) -> set[int]:
    found = ways.get(key)
    return set() if found is None else {found} if isinstance(found, int) else set(found)


# ---- one claim ----------------------------------------------------------------------------------------------------------


def _claims(every: Iterable[HandIn]) -> list[Claim]:
    found: dict[str, list[HandIn]] = {}
    for one in every:
        found.setdefault(one.name.key, []).append(one)
    return [Claim(theirs[0].name, tuple(theirs)) for theirs in found.values()]


def _owned(every: list[HandIn], ways: Ways) -> list[HandIn]:
    """The hand-ins, under the name of the folder around all of them where that is a learner's: the only one who has handed in."""
    for part in _around(every):
        places, strength = ways.by_name(part, ids=True)
        if len(places) == 1 and strength == EXACT:
            own = Named("folder", f"folder/{part}", plain(part), part)
            return [replace(one, name=replace(own, file=one.source, order=one.name.order)) for one in every]
    return every


def _around(every: list[HandIn]) -> tuple[str, ...]:
    """The folders around the whole download."""
    return min((one.name.under for one in every), key=len, default=())


def _led(claim: Claim, ways: Ways, groups: Counter[str]) -> Claim:
    """The claim with the learner to whom its name leads."""
    name = claim.name
    if name.system in NUMBERS and name.number:
        return _by_number(claim, ways, groups)
    if name.system == "Blackboard":
        return _by_account(claim, ways)
    ids = name.system in BY
    found = _one(claim, ways.by_name(name.who, ids), BY.get(name.system, f"by the name, as {name.system} writes it"))
    if found.to >= 0 or found.fault:
        return found
    cut = NUMBERED.sub("", name.who)
    if name.system == "file" and cut not in ("", name.who):
        fault = "the number at the end of its name was taken for a second hand-in"
        return _one(claim, (ways.by_name(cut, ids)[0], CUT), "by the file's name without the number at its end", fault)
    return _by_group(claim, ways, groups)


def _by_number(claim: Claim, ways: Ways, groups: Counter[str]) -> Claim:
    """Number and name together; the number alone only where the name is nobody else's."""
    name, system = claim.name, claim.name.system
    numbered = ways.by_number(system, name.number)
    whole = ways.by_name(name.who, ids=False)
    called = whole[0] or ways.by_name(_after(name.who, groups), ids=False)[0]
    if numbered & called:
        return _one(claim, (numbered & called, SAME), f"by {system}'s number and name")
    if numbered and not called:
        blind = any(_is_blind(name.who, ways.learners[place]) for place in numbered)
        fault = "" if blind else f"the name {plain(name.who)!r} is not the roster's at {system}'s number {name.number}"
        return _one(claim, (numbered, SAME), f"by {system}'s number", fault)
    if numbered:
        return replace(claim, fault=f"{system}'s number {name.number} and the name {plain(name.who)!r} lead to different learners")
    without = {place for place in called if not ways.number_of(system, place)}
    if called and not without:
        return replace(claim, fault=f"{system}'s number {name.number} is not on the roster; {plain(name.who)!r} has another number there")
    return _one(claim, (without, whole[1]), f"by the name alone, as {system} writes it") if whole[0] else _by_group(claim, ways, groups)


def _is_blind(who: str, learner: Learner) -> bool:
    """Whether a name says nothing that the roster could gainsay: the roster has none, or it is the site's word for a participant."""
    words = {squeezed(word_of(cell)) for cell in learner.row.values()}
    return not learner.name or squeezed(who) in words


def _by_account(claim: Claim, ways: Ways) -> Claim:
    """Blackboard writes the assignment, then the account, and both may hold a _.

    The longest account that the roster knows is taken, unless a shorter one is known too and fits what all names of the download share.
    """
    parts = claim.name.account.split("_")
    ends = ["_".join(parts[start:]) for start in range(max(0, len(parts) - 20), len(parts))]
    known = [end for end in ends if ways.by_id(end)]
    if len(known) > 1 and folded(claim.name.label) != folded(known[0]):
        return replace(claim, fault=f"its user name may be {plain(known[0])!r} or {plain(known[-1])!r}")
    return _one(claim, (ways.by_id(known[0]), SAME), "by Blackboard's user name") if known else claim


def _by_group(claim: Claim, ways: Ways, groups: Counter[str]) -> Claim:
    """Moodle may write a group before the name, `Group A-Anna Berg`; only what stands before several names is taken for a group."""
    cut = _after(claim.name.who, groups)
    if not cut or claim.name.system != "Moodle":
        return claim
    group = plain(claim.name.who[: -len(cut) - 1])
    return _one(claim, (ways.by_name(cut, ids=False)[0], CUT), f"by the name without the group {group!r}")


def _after(who: str, groups: Counter[str]) -> str:
    """The name after a group, or nothing."""
    return next((who[len(start) + 1 :] for start in _starts(who) if groups[start] > 1), "")


def _starts(who: str) -> Iterator[str]:
    """What may be a group's name: all that stands before a hyphen."""
    parts = who.split("-")
    for count in range(1, min(len(parts), 6)):
        yield "-".join(parts[:count])


def _one(claim: Claim, found: tuple[set[int], int], rule: str, fault: str = "") -> Claim:
    """The claim, if it leads to one learner alone."""
    places, strength = found
    if not places:
        return claim
    if len(places) > 1:
        fault = f"{len(places)} on the roster are called this; add a column that tells them apart, or write a correction"
        return replace(claim, fault=fault)
    if strength == ACCENTS:
        fault = "its accents differ from those on the roster"
    return replace(claim, to=min(places), strength=strength, rule=rule, fault=fault)


# ---- all claims -----------------------------------------------------------------------------------------------------------


def _corrected(every: list[HandIn], corrections: Mapping[str, str], ways: Ways) -> tuple[dict[str, int | None], list[str]]:
    """The learner's place for each source that the teacher corrected (None: left out), and what is wrong with the corrections."""
    moved: dict[str, int | None] = {}
    faults = []
    for file, who, sources in _meant(every, corrections):
        places = ways.by_name(who, ids=True)[0] if who != OUT else set()
        if not sources or who == OUT:
            faults.append(_unmoved(file, sources))
            moved |= dict.fromkeys(sources)
        elif len(places) == 1:
            moved |= dict.fromkeys(sources, min(places))
        else:
            faults.append(f"your correction of {plain(file)!r} names {plain(who)!r}, and that is {'several' if places else 'nobody'} here")
    return moved, faults


def _meant(every: list[HandIn], corrections: Mapping[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each correction with the sources that it means: a file, as it is or as a table shows it, or all that a folder or a zip holds."""
    held: dict[str, list[str]] = {}
    if corrections:
        for one in every:
            parts = one.source.split("/")
            ways = {"/".join(parts[:count]) for count in range(1, len(parts) + 1)}
            for way in ways | set(map(safe, ways)):
                held.setdefault(way, []).append(one.source)
    for file, who in corrections.items():
        if who.strip() not in ("", "?"):
            yield file, who.strip(), held.get(file, [])


def _unmoved(file: str, sources: list[str]) -> str:
    return f"{plain(file)!r} is left out by your correction" if sources else f"your correction names {plain(file)!r}, and it is not there"


def _settled(claims: list[Claim], moved: Mapping[str, int | None], learners: Sequence[Learner]) -> tuple[list[Claim], list[str]]:
    """The claims, of which at most one leads to each learner, and a line for each learner for whom none is left.

    A claim whose files the teacher gave to others does not count in this.
    """
    rivals: dict[int, list[Claim]] = {}
    settled = []
    for claim in claims:
        if claim.to >= 0 and any(moved.get(one.source, claim.to) == claim.to for one in claim.hand_ins):
            rivals.setdefault(claim.to, []).append(claim)
        else:
            settled.append(replace(claim, to=-1))
    disputes = []
    for place, every in rivals.items():
        best = min(claim.strength for claim in every)
        first = [claim for claim in every if claim.strength == best]
        who, told = learners[place].id, _some([claim.hand_ins[0].source for claim in first])
        alone = len(first) == 1
        fault = f"{told} is {who}'s with more right; if this is too, write a correction"
        if not alone:
            fault = f"{told} cannot be told apart: each may be {who}'s, and none counts until a correction says which"
            disputes.append(fault)
        settled += [claim if alone and claim is first[0] else replace(claim, to=-1, fault=fault) for claim in every]
    return settled, disputes


def _without_agreed(moved: Mapping[str, int | None], settled: Iterable[Claim]) -> dict[str, int | None]:
    """The corrections that change or settle something: in a table that `match` wrote, most lines only say what is sure."""
    agreed = {
        one.source for claim in settled if claim.to >= 0 and _is_clear(claim) for one in claim.hand_ins if moved.get(one.source) == claim.to
    }
    return {source: place for source, place in moved.items() if source not in agreed}


def _is_clear(claim: Claim) -> bool:
    """Whether nothing speaks against where a claim leads."""
    return not claim.fault and claim.strength <= (LOOSE if claim.name.system in PATTERNS else EXACT)


def _no_way(claims: list[Claim], settled: list[Claim], roster: Roster) -> Iterator[str]:
    """A line where nobody can be found, because the roster has neither names nor the numbers of the system."""
    systems = {claim.name.system for claim in claims if claim.name.system in PATTERNS and claim.name.system != "Blackboard"}
    named = any(learner.name or learner.canvas or learner.participant for learner in roster.learners)
    if systems and not named and all(claim.to < 0 for claim in settled):
        system = min(systems)
        yield f"{system} writes names and numbers of its own, and your roster has neither; name the table that {system} exports as --roster"


def _some(words: list[str]) -> str:
    return ", ".join(words[:3]) + (f" and {len(words) - 3} more" if len(words) > 3 else "")


def _foreign(claim: Claim, moved: Mapping[str, int | None], ways: Ways) -> Iterator[str]:
    """The files that a correction gives to somebody whom neither the number nor the name of the claim may mean."""
    for one in claim.hand_ins:
        place = moved.get(one.source)
        if place is None or place == claim.to:
            continue
        number = ways.number_of(claim.name.system, place) if claim.name.system in NUMBERS else ""
        means = number == claim.name.number if number else place in ways.by_name(claim.name.who, claim.name.system in BY)[0]
        if not means:
            yield one.source


def _with_roster(
    claims: list[Claim], moved: Mapping[str, int | None], foreign: frozenset[str], faults: list[str], learners: Sequence[Learner]
) -> Matching:
    theirs = {claim.to: claim for claim in claims if claim.to >= 0}
    given: dict[int, list[HandIn]] = {}
    for one in (one for claim in claims for one in claim.hand_ins):
        place = moved.get(one.source)
        if place is not None:
            given.setdefault(place, []).append(one)
    rows = []
    for place, learner in enumerate(learners):
        row = _row(learner, theirs.get(place), given.get(place, []), moved, foreign)
        rows += [row] if row.hand_ins else []
    present = {row.learner.id for row in rows}
    outside = [part for claim in claims if claim.to < 0 for part in _apart(_without(claim, moved)) if part.hand_ins]
    rows += _strangers(outside, {learner.id for learner in learners})
    return Matching(tuple(rows), tuple(learner for learner in learners if learner.id not in present), tuple(faults))


def _without(claim: Claim, moved: Mapping[str, int | None]) -> Claim:
    return replace(claim, hand_ins=tuple(one for one in claim.hand_ins if one.source not in moved))


def _row(learner: Learner, claim: Claim | None, given: list[HandIn], moved: Mapping[str, int | None], foreign: frozenset[str]) -> Matched:
    own = _without(claim, moved).hand_ins if claim else ()
    every = tuple(sorted((*own, *given), key=lambda one: one.source))
    rule = ", ".join([*([claim.rule] if claim and own else []), *([CORRECTED] if given else [])])
    faults = (*([claim.fault] if claim and own and claim.fault else []), *_notes(every))
    sure = not own or claim is None or _is_clear(claim)
    return Matched(learner, every, rule, sure and not faults, faults, True, _sources(given) & foreign)


def _sources(hand_ins: Iterable[HandIn]) -> frozenset[str]:
    return frozenset(one.source for one in hand_ins)


def _notes(hand_ins: Iterable[HandIn]) -> list[str]:
    return list(dict.fromkeys(one.note for one in hand_ins if one.note))


def _apart(claim: Claim) -> Iterator[Claim]:
    """A folder that is no learner's may be a class's: its files are not one learner's because they lie together."""
    files: dict[str, list[HandIn]] = {}
    for one in claim.hand_ins:
        files.setdefault(one.name.file, []).append(one)
    if claim.name.system != "folder" or len(files) < 2:
        yield claim
        return
    for file, theirs in files.items():
        yield replace(claim, name=replace(claim.name, label=plain(f"{claim.name.label}/{file}")), hand_ins=tuple(theirs))


def _strangers(claims: Iterable[Claim], taken: set[str]) -> list[Matched]:
    rows = []
    for claim in sorted(claims, key=lambda claim: (claim.name.label, claim.hand_ins[0].source)):
        label = _free(claim.name.label or "no name", claim.hand_ins[0].source, taken)
        fault = claim.fault or NOBODY
        rows.append(Matched(Learner(label), claim.hand_ins, claim.rule, False, (fault, *_notes(claim.hand_ins)), False))
    return rows


def _free(label: str, source: str, taken: set[str]) -> str:
    """A label that no other row has, and that is nobody's id."""
    found = next(free for free in (label, f"{label} ({source})", source, f"{source} (not on the roster)") if free not in taken)
    taken.add(found)
    return found


# ---- without a roster -----------------------------------------------------------------------------------------------------


def _without_roster(every: list[HandIn], corrections: Mapping[str, str]) -> Matching:
    """A row for each name, by the system's own label; a row whose name does not say whose it is says so."""
    moved: dict[str, str] = {}
    faults = []
    for file, who, sources in _meant(every, corrections):
        moved |= dict.fromkeys(sources, "" if who == OUT else plain(who))
        faults += [_unmoved(file, sources)] if who == OUT or not sources else []
    claims = [claim for whole in _claims(every) if (claim := _left(whole, moved)).hand_ins]
    given: dict[str, list[HandIn]] = {}
    for one in every:
        if moved.get(one.source):
            given.setdefault(moved[one.source], []).append(one)
    foreign = frozenset(one.source for one in every if folded(moved.get(one.source, "")) != folded(one.name.label))
    stems = [claim.name.who for claim in claims if claim.name.system == "file"]
    copies = Counter(folded(COPY.sub("", stem)) for stem in stems)
    labels = Counter(folded(claim.name.label) for claim in claims)
    taken = set(given)
    rows = []
    for claim in sorted(claims, key=lambda claim: (claim.name.label, claim.hand_ins[0].source)):
        told = (*_told(claim, copies, labels, set(stems)), *_notes(claim.hand_ins))
        joined = given.pop(claim.name.label, []) if claim.name.label in given else []
        label = claim.name.label if joined else _free(claim.name.label or "no name", claim.hand_ins[0].source, taken)
        rule = BY.get(claim.name.system, f"by the name, as {claim.name.system} writes it")
        both = tuple(sorted((*claim.hand_ins, *joined), key=lambda one: one.source))
        rule += f", {CORRECTED}" * bool(joined)
        rows.append(Matched(Learner(label), both, rule, not told, told, True, _sources(joined) & foreign))
    for who, theirs in given.items():
        rows.append(Matched(Learner(who), tuple(theirs), CORRECTED, True, tuple(_notes(theirs)), True, _sources(theirs) & foreign))
    return Matching(tuple(sorted(rows, key=lambda row: row.learner.id)), (), tuple(faults))


def _left(claim: Claim, moved: Mapping[str, str]) -> Claim:
    return replace(claim, hand_ins=tuple(one for one in claim.hand_ins if one.source not in moved))


def _told(claim: Claim, copies: Counter[str], labels: Counter[str], stems: set[str]) -> list[str]:
    """What speaks against a row that has nothing but a name."""
    name = claim.name
    cut = NUMBERED.sub("", name.who)
    unclear = GENERIC.fullmatch(cut) or copies[folded(COPY.sub("", name.who))] > 1 or (cut != name.who and cut in stems)
    told = [WHOSE] if name.system == "file" and unclear else []
    told += ["another hand-in has the same name, and they cannot be told apart"] if labels[folded(name.label)] > 1 else []
    if name.system == "folder":
        own = {folded(stem) for one in claim.hand_ins if not GENERIC.fullmatch(stem := NUMBERED.sub("", one.name.file.rsplit(".", 1)[0]))}
        told += ["the files in this folder have different names; see that they are one learner's"] if len(own) > 1 else []
    return told


# ---- the teacher's corrections ----------------------------------------------------------------------------------------------


def read_corrections(path: Path) -> dict[str, str]:
    """The teacher's corrections: a CSV with the columns `file` and `learner`; others are not looked at.

    A learner that is empty or `?` corrects nothing, so the table that `match` writes can be filled in. Raises `CourseError` or `OSError`.
    """
    table = read_table(path, ("file", "learner"), "file,learner")
    heads = {column.strip().casefold(): column for column in table.columns}
    if not {"file", "learner"} <= set(heads):
        seen = ", ".join(plain(column, 40) for column in table.columns)
        raise fail(named(path), 1, f"there are no two columns file and learner (the columns seen are: {seen})", "Begin with: file,learner")
    found: dict[str, str] = {}
    for row in table.rows:
        file, learner = row.cells.get(heads["file"], ""), re.sub(r"^'(?=[=+@-])", "", row.cells.get(heads["learner"], ""))
        if file in found and found[file] != learner:
            raise fail(named(path), row.line, f"{plain(file)!r} is here a second time with another learner", "Keep one line for each file")
        if file:
            found[file] = learner
    return found
