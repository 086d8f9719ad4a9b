"""Panels: something to try without being asked, such as taking a source away. Each is a file in `data/panels/`."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from dateline.faults import CourseError, fail, line_of, read_toml
from dateline.folders import course_folder, named
from dateline.texts.clocks import span


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


AnyPanel: TypeAlias = Steps | Supports | Renderings | Clocks


def panel_files() -> list[Path]:
    """The files of the panels."""
    return sorted((course_folder() / "data" / "panels").glob("*.toml"))


def load_panel(name: str) -> AnyPanel:
    """A panel by the name of its file; raises `CourseError`."""
    path = course_folder() / "data" / "panels" / f"{name}.toml"
    if path not in panel_files():
        known = ", ".join(file.stem for file in panel_files())
        raise fail("data/panels", 1, f"there is no panel {name!r}", f"There are: {known}")
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int) -> AnyPanel:
    table, source = read_toml(path, named(path))
    try:
        panel: AnyPanel = msgspec.convert(table, AnyPanel)
    except msgspec.ValidationError as error:
        raise fail(named(path), 1, f"{error}", "dateline/panels.py shows the shape of each kind") from None
    faults = _faults(panel)
    if faults:
        raise CourseError([fail(named(path), line_of(source, words), what, fix).problems[0] for words, what, fix in faults])
    return panel


def _faults(panel: AnyPanel) -> list[tuple[str, str, str]]:
    match panel:
        case Steps():
            wrong = [step.label for step in panel.step if len(step.notes) != len(panel.headings)]
            fix = "Write as many notes as headings"
            return [(f'label = "{label}"', "a step has not one note for each heading", fix) for label in wrong]
        case Renderings():
            sizes = {len(version.parts) for version in panel.rendering}
            many = len(panel.rendering) > 1 and len(sizes) == 1
            return [] if many else [("parts", "the renderings differ in their number of parts", 'Write "" for a part that is not there')]
        case Clocks():
            return [(f'"{name}"', f"{name!r} cannot be placed on a clock", fix) for name, fix in _unplaced(panel)]
        case Supports():
            known = {support.id for support in panel.supports}
            unknown = {need for claim in panel.claim for needs in claim.needs for need in needs} - known
            return [(f'"{need}"', f"{need!r} is no support", f"Use one of: {', '.join(sorted(known))}") for need in sorted(unknown)]


def _unplaced(panel: Clocks) -> list[tuple[str, str]]:
    """What cannot be placed on a clock, with the fix. A zone without a time is tried with some day."""
    some_day = "2025-01-01"
    tried = [(some_day, place.zone) for place in panel.places] + [(one.at or some_day, one.zone) for one in panel.happening]
    found = []
    for at, zone in tried:
        try:
            span(at, zone)
        except ValueError:
            found.append((at, "Write 2025-12-24 or 2025-12-24T17:00"))
        except KeyError:
            found.append((zone, "Write the name of a zone, such as Asia/Seoul or UTC"))
    return found
