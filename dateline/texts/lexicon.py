"""What the marker knows of words: `data/cues.toml` read, checked, and made into tables of forms and compiled patterns."""

import re
from collections.abc import Iterator
from typing import Any, Literal, cast

import msgspec

from dateline.faults import Place, load
from dateline.folders import course_folder

Kind = Literal["attribution", "evidential", "epistemic", "stance", "date", "duration", "set", "number", "quotation"]
Frame = Literal[
    "clause", "that", "quote", "object", "to", "before", "teller", "of", "about", "against", "for", "on", "to-noun", "with", "as"
]
FORMS = ("base", "s", "past", "pp", "ing")
PART = re.compile(r"<(\w+)>(?![=!])")
"""A named part in a pattern."""


class Construction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A construction of attribution by its name, what it is, and how many of the marks it `made` on held-out text were `right`."""

    id: str
    why: str
    right: int
    made: int


class Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that hand the same things over. `words` are in the base form, `point-out` with its particle."""

    id: str
    words: str
    frames: tuple[Frame, ...]
    stance: bool = False
    noun: bool = False
    evidence: bool = False
    copula: bool = False


class Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that hand something over with “that”, with “of”, as “in his view”; and those that take a stance."""

    that: str
    of: str
    in_view: str
    stance: str


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule: a pattern that marks a kind, and the words one of which a sentence must have; `#` is a figure."""

    id: str
    kind: Kind
    needs: str
    pattern: str
    why: str
    case: bool = False


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `data/cues.toml`."""

    construction: tuple[Construction, ...]
    verbs: tuple[Verbs, ...]
    irregular: dict[str, tuple[str, str, str, str]]
    nouns: Nouns
    words: dict[str, str]
    parts: dict[str, str]
    cue: tuple[Cue, ...]


class Form(msgspec.Struct, frozen=True):
    """A form of a verb: which of `FORMS`, of which verbs, and the particle that must follow."""

    form: str
    verbs: Verbs
    particle: str = ""


class Lexicon:
    """The file as the marker uses it."""

    def __init__(self, cues: Cues) -> None:
        self.constructions = {one.id: one for one in cues.construction}
        self.rules = {cue.id: cue for cue in cues.cue}
        self.words = {name: frozenset(listed.split()) for name, listed in cues.words.items()}
        self.nouns = {name: frozenset(listed.split()) for name, listed in msgspec.structs.asdict(cues.nouns).items()}
        self.forms = _forms(cues)
        self.patterns = tuple((cue, frozenset(cue.needs.split()), _compiled(cue, cues.parts)) for cue in cues.cue)
        self.triggers = frozenset(self.forms) | self.nouns["that"] | self.nouns["in_view"] | SPECIAL
        """Words at which an attribution may begin to be seen."""
        certain = {word for word, forms in self.forms.items() if any(f.form in ("s", "past") and not f.verbs.noun for f in forms)}
        self.finite = self.words["verbs"] | self.words["auxiliaries"] | certain
        """Forms that make a clause of words."""


def load_cues() -> Lexicon:
    """The lexicon of the course; raises `CourseError` with every fault of its file."""
    cues = load(course_folder() / "data" / "cues.toml", Cues, "The head of each part of this file says what belongs there", _faults)
    if _made.get("from") is not cues:
        _made.update({"from": cues, "lexicon": Lexicon(cues)})
    return cast(Lexicon, _made["lexicon"])


_made: dict[str, Any] = {}
"""The lexicon that was made last, and from which reading of the file."""


SPECIAL = frozenset({"according", "citing", "quoting", "cites", "cited", "quoted", "as"})
NEEDED = (
    "pronouns objects determiners possessives prepositions subordinators relatives auxiliaries adverbs openers conjunctions coordinates "
    "not_sources roles adjunct_nouns vague vague_leads evidence verbs"
)


def _faults(cues: Cues) -> Iterator[tuple[Place, str, str]]:
    for name in NEEDED.split():
        if not cues.words.get(name, "").strip():
            yield ("words",), f"the list {name} is missing or empty", "Write its words, apart by spaces"
    for number, cue in enumerate(cues.cue):
        try:
            _compiled(cue, cues.parts)
        except (re.error, KeyError, RecursionError) as error:
            yield ("cue", number), f"the pattern of {cue.id} cannot be used: {error}", "Correct it"
    seen: dict[str, str] = {}
    for number, verbs in enumerate(cues.verbs):
        for word in verbs.words.split():
            if word in seen:
                yield ("verbs", number), f"the verb {word} stands in {seen[word]!r} too", "Keep one of them"
            seen[word] = verbs.id


def _compiled(cue: Cue, parts: dict[str, str]) -> re.Pattern[str]:
    pattern = cue.pattern
    for _ in range(9):
        pattern = PART.sub(lambda found: f"(?:{parts[found[1]]})", pattern)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.NOFLAG if cue.case else re.IGNORECASE)


def _forms(cues: Cues) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for verbs in cues.verbs:
        for word in verbs.words.split():
            base, _, particle = word.partition("-")
            given = cues.irregular.get(base, ("", "", "", ""))
            for form, written, made in zip(FORMS, (base, *given), (base, *inflected(base)), strict=True):
                for one in (written or made).split("|"):
                    found.setdefault(one, []).append(Form(form, verbs, particle))
    return {word: tuple(sorted(forms, key=lambda one: not one.particle)) for word, forms in found.items()}


def inflected(base: str) -> tuple[str, str, str, str]:
    """The regular forms of a verb: third person, past, past participle, -ing."""
    consonant = re.search(r"[^aeiou]y$", base)
    third = base[:-1] + "ies" if consonant else base + "es" if re.search(r"(?:s|x|z|ch|sh|o)$", base) else base + "s"
    past = base[:-1] + "ied" if consonant else base + "d" if base.endswith("e") else base + "ed"
    return third, past, past, (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"
