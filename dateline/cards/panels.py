"""Panels: something to try without being asked, such as taking a source away. Each is a file in `data/panels/`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias, cast

import msgspec

from dateline.evidence.context import LONGEST_QUOTATION
from dateline.evidence.sources import load_sources
from dateline.faults import CourseError, fail, load
from dateline.faults import Place as Where
from dateline.folders import course_folder
from dateline.texts.clocks import span
from dateline.texts.text import load_text

LANGUAGE = re.compile(r"[a-z]{2,3}")


class Panel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """What every panel has: what to do with it, and where its matter comes from."""

    prompt: str
    origin: str = ""

    @property
    def kind(self) -> str:
        """The kind as it is written in the file."""
        return str(self.__struct_config__.tag)


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wording and what it says under each heading."""

    label: str
    words: str
    notes: tuple[str, ...]


class Steps(Panel, tag="steps", frozen=True, kw_only=True):
    """Wordings of one sentence, in order. Every step has a note for each of `headings`."""

    headings: tuple[str, ...]
    step: tuple[Step, ...]


class Support(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something on which claims rest: a source, or an assumption."""

    id: str
    text: str


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A claim that stands while all supports of one of its sets in `needs` are there."""

    text: str
    at: str = ""
    needs: tuple[tuple[str, ...], ...]
    why: str


class Supports(Panel, tag="supports", frozen=True, kw_only=True):
    """Supports to take away, and the claims that then fall."""

    supports: tuple[Support, ...]
    claim: tuple[Claim, ...]


class Rendering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a quotation, cut into parts that answer to each other; an empty part is not there."""

    who: str
    parts: tuple[str, ...]


class Renderings(Panel, tag="renderings", frozen=True, kw_only=True):
    """Versions of one quotation, to be laid beside each other two at a time. All have as many parts."""

    rendering: tuple[Rendering, ...]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clock: the name of its zone, such as `Asia/Seoul`, and what readers call it."""

    zone: str
    text: str


class Happening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something on one of the three clocks; `at` is a day or a time on the clock of `zone`, and empty where it is not stated."""

    text: str
    lane: Literal["event", "report", "publication"]
    at: str = ""
    zone: str = "UTC"
    why: str


class Clocks(Panel, tag="clocks", frozen=True, kw_only=True):
    """What happened, was reported and was published, on the clocks of several places in turn."""

    places: tuple[Place, ...]
    happening: tuple[Happening, ...]


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word of another language: how it sounds, what its form does, its sense. `then` is a sign such as … that stands after it."""

    text: str
    sound: str
    form: str
    sense: str
    then: str = ""


class Gloss(Panel, tag="gloss", frozen=True, kw_only=True):
    """A clause of another language, to be read word by word. `lang` is its code, such as `ko`, and `whole` the clause in our English."""

    lang: str
    who: str
    word: tuple[Word, ...]
    whole: str


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text beside the other: who published it, its id in `data/sources.toml`, and phrases of it, each on a card."""

    who: str
    source: str
    cards: tuple[str, ...]


class Fingerprint(Panel, tag="fingerprint", frozen=True, kw_only=True):
    """Lines of a text and phrases of others: words that they have in a row light up. A run that is no more than a name is nobody's.

    `places` are compared; `apart` says of what is not compared why.
    """

    text: str
    places: tuple[str, ...]
    version: tuple[Version, ...]
    shortest: int = 3
    names: tuple[str, ...] = ()
    apart: str = ""


AnyPanel: TypeAlias = Steps | Supports | Renderings | Clocks | Gloss | Fingerprint


def panel_files() -> list[Path]:
    """The files of the panels."""
    return sorted((course_folder() / "data" / "panels").glob("*.toml"))


def load_panel(name: str) -> AnyPanel:
    """A panel by the name of its file; raises `CourseError`."""
    path = course_folder() / "data" / "panels" / f"{name}.toml"
    if path not in panel_files():
        known = ", ".join(file.stem for file in panel_files())
        raise fail("data/panels", 1, f"there is no panel {name!r}", f"There are: {known}")
    return load(path, cast(type[AnyPanel], AnyPanel), "docs/kinds.md shows the shape of each panel", _faults)


def _faults(panel: AnyPanel) -> Iterator[tuple[Where, str, str]]:
    match panel:
        case Steps():
            for number, step in enumerate(panel.step):
                if len(step.notes) != len(panel.headings):
                    yield ("step", number, "notes"), "a step has not one note for each heading", "Write as many notes as headings"
        case Renderings():
            sizes = {len(version.parts) for version in panel.rendering}
            if len(panel.rendering) < 2 or len(sizes) > 1:
                odd = next((n for n, one in enumerate(panel.rendering) if len(one.parts) != len(panel.rendering[0].parts)), 0)
                yield ("rendering", odd, "parts"), "the renderings differ in their number of parts", 'Write "" for a part that is not there'
        case Clocks():
            for place, name, fix in _unplaced(panel):
                yield place, f"{name!r} cannot be placed on a clock", fix
        case Gloss():
            if not LANGUAGE.fullmatch(panel.lang):
                yield ("lang",), f"{panel.lang!r} is no code of a language", "Write two or three small letters, such as ko"
            if len(panel.word) > LONGEST_QUOTATION:
                fix = f"Quote at most {LONGEST_QUOTATION} words of anybody's text"
                yield ("word", LONGEST_QUOTATION, "text"), f"the clause has {len(panel.word)} words", fix
        case Fingerprint():
            yield from _unfit(panel)
        case Supports():
            known = {support.id for support in panel.supports}
            for number, claim in enumerate(panel.claim):
                for need in sorted({need for needs in claim.needs for need in needs} - known):
                    yield ("claim", number, "needs"), f"{need!r} is no support", f"Use one of: {', '.join(sorted(known))}"


def _unfit(panel: Fingerprint) -> Iterator[tuple[Where, str, str]]:
    """Texts and places that are not there, sources that nobody could look up, and cards that quote too much."""
    try:
        load_text(panel.text).select(panel.places)
    except CourseError as error:
        yield ("places",), error.problems[0].what, error.problems[0].fix
    known = load_sources()
    for number, version in enumerate(panel.version):
        if version.source not in known:
            yield ("version", number, "source"), f"there is no source {version.source!r}", "Add it to data/sources.toml"
        for card in version.cards:
            count = len(card.split())
            if count > LONGEST_QUOTATION:
                yield (
                    ("version", number, "cards"),
                    f"a card has {count} words: {card!r}",
                    f"Quote at most {LONGEST_QUOTATION} each",
                )


def _unplaced(panel: Clocks) -> Iterator[tuple[Where, str, str]]:
    """What cannot be placed on a clock, with the fix. A zone without a time is tried with some day."""
    some_day = "2025-01-01"
    tried: list[tuple[Where, str, str]] = [(("places", n), some_day, place.zone) for n, place in enumerate(panel.places)]
    tried += [(("happening", n), one.at or some_day, one.zone) for n, one in enumerate(panel.happening)]
    for place, at, zone in tried:
        try:
            span(at, zone)
        except ValueError:
            yield (*place, "at"), at, "Write 2025-12-24 or 2025-12-24T17:00"
        except KeyError:
            yield (*place, "zone"), zone, "Write the name of a zone, such as Asia/Seoul or UTC"
