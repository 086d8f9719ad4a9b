"""The matching as a teacher reads it before anything is graded, and as a table to correct."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.classroom.match import Matched, Matching, match, read_corrections
from dateline.classroom.names import plain, safe
from dateline.classroom.roster import Learner, Roster, read_roster
from dateline.classroom.submissions import read_submissions, refuse_out
from dateline.faults import fail

COLUMNS = ("file", "learner", "name", "rule", "sure", "what")


def run_match(submissions: Path, roster: Path | None, corrections: Path | None, out: Path | None) -> str:
    """The matching in words, and in a CSV if `out` is given. Raises `CourseError` or `OSError`."""
    if out:
        refuse_out(out, submissions)
    group = read_roster(roster) if roster else None
    found = read_submissions(submissions)
    if not found:
        raise fail(plain(str(submissions)), 0, "there is no submission in it", "Name the folder or zip that holds what was handed in")
    matching = match(found, group, read_corrections(corrections) if corrections else {})
    if out:
        out.write_bytes(matching_table(matching))
    return "\n".join(_said(matching, group, out))


def matching_table(matching: Matching) -> bytes:
    """A line for each file and for each learner without one. A file that is nobody's has the learner `?`, for the teacher to fill in."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in matching.rows:
        who = row.learner.id if row.known else "?"
        for one in row.hand_ins:
            what = "; ".join(filter(None, (*row.faults, one.problem)))
            cells = (one.source, who, row.learner.name, row.rule, "yes" if row.sure else "no", what)
            writer.writerow([safe(cell, 600) for cell in cells])
    for learner in matching.missing:
        writer.writerow([safe(cell) for cell in ("", learner.id, learner.name, "", "", "nothing was handed in")])
    return written.getvalue().encode("utf-8-sig")


def _said(matching: Matching, roster: Roster | None, out: Path | None) -> Iterator[str]:
    rows, known = matching.rows, [row for row in matching.rows if row.known]
    doubtful = [row for row in rows if not row.sure]
    files = sum(len(row.hand_ins) for row in rows)
    yield (
        f"{_many(files, 'file')}, {_many(len(known), 'learner')}"
        + (f", {len(rows) - len(known)} not matched" if roster else "")
        + (f", {len(matching.missing)} of the roster without a hand-in." if roster else ".")
    )
    if roster:
        yield f"The roster: {plain(roster.understood, 600)}."
        yield from (f"  {plain(note, 300)}" for note in roster.notes)
    yield from _listed("Of the whole", matching.faults)
    for what, doubted in _grouped(doubtful).items():
        yield from _listed(f"Look at these: {what}", doubted)
    yield from _listed("These cannot be read", [f"{one.source}: {one.problem}" for row in rows for one in row.hand_ins if one.problem])
    yield from _listed("Matched", [_row(row) for row in rows if row.sure])
    yield from _listed("Nothing was handed in by", [_who(learner) for learner in matching.missing])
    if out:
        yield f"\nThe same is in {plain(str(out))}. Fill in the column learner, and give it to grade as --corrections."


def _grouped(rows: list[Matched]) -> dict[str, list[str]]:
    """The rows in words, under what speaks against them."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault("; ".join(row.faults) or "the letters of the name agree, and not all the rest", []).append(_row(row))
    return found


def _listed(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{head}:"
        yield from (f"  {line}" for line in lines)


def _row(row: Matched) -> str:
    sources = [one.source for one in row.hand_ins]
    return f"{_who(row.learner)}: {', '.join(sources[:3])}{f' and {len(sources) - 3} more' if len(sources) > 3 else ''}, {row.rule}"


def _who(learner: Learner) -> str:
    return learner.id if learner.name in ("", learner.id) else f"{learner.name} ({learner.id})"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
