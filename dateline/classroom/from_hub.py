"""What was handed in to a JupyterHub, by the list of its hand-in service. Whose it is and when it came is the hub's word."""

from collections import defaultdict
from pathlib import Path

from dateline.answers.document import moment
from dateline.classroom.names import Named, plain
from dateline.classroom.papers import BYTES, FILES
from dateline.classroom.submissions import HandIn, Place, Step
from dateline.hub.collected import Found, fetch, read_list

LIST = "handed-in.ndjson"
"""The list as it was fetched, in the folder for the results."""


def list_of(wanted: str, out: Path) -> Path:
    """The hub's list: the file that is named, or, where it is an address, what the service there gives now. Raises `CourseError`."""
    if not wanted.startswith(("http://", "https://")):
        return Path(wanted)
    fetch(wanted, out / LIST)
    return out / LIST


def read_hub(path: Path) -> list[HandIn]:
    """Every hand-in of the hub's list, sorted by `source`. Raises `CourseError` or `OSError`.

    Each version is a whole file of answers, so of a learner with very many the newest are read, as many as one learner's budget allows.
    """
    theirs: dict[str, list[Found]] = defaultdict(list)
    for found in read_list(path):
        theirs[found.learner].append(found)
    every = [hand_in for learner, versions in theirs.items() for hand_in in _versions(path, learner, versions)]
    return sorted(every, key=lambda one: one.source)


def _versions(path: Path, learner: str, versions: list[Found]) -> list[HandIn]:
    read: list[Found] = []
    left = BYTES
    for found in reversed(versions):
        left -= found.size
        if len(read) == FILES or left < 0:
            break
        read.append(found)
    old = len(versions) - len(read)
    note = f"the first {old} of {len(versions)} versions are not read" if old else ""
    return [_hand_in(path, learner, found, note) for found in read]


def _hand_in(path: Path, learner: str, found: Found, note: str) -> HandIn:
    who = plain(learner) or "no name"
    name = Named("hub", f"hub/{learner}", who, learner, account=learner, order=found.receipt)
    place = Place(str(path), (Step(found.at, found.size),))
    return HandIn(f"{who}/receipt {found.receipt}", name, place, moment(found.received), note=note)
