"""The course's commands. `course.py` prepares the environment and hands over to these."""

import datetime
import errno
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dateline.folders import NoCourseError, course_folder, named

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
REFUSED = {
    errno.EACCES: "Make it readable and writable for this account",
    errno.EPERM: "Make it readable and writable for this account",
    errno.EROFS: "Copy the course to a place that can be written",
    errno.ENOSPC: "Free some space",
    errno.EDQUOT: "Free some space",
}
"""What to do when the system refuses to read or write a file."""


@app.callback()
def course() -> None:
    """Reading the Dateline: a course on reading defence news that rests on state media."""
    if "--help" not in sys.argv:
        course_folder()


@app.command("open")
def open_course(
    port: Annotated[int | None, typer.Option(help="The port to use; otherwise the first free one from 8888.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    answers: Annotated[Path | None, typer.Option(help="Keep the answers in this folder instead of 'answers'.")] = None,
) -> None:
    """Open the course in JupyterLab."""
    from dateline.jupyter import PortError, open_lab

    try:
        open_lab(port, browser, answers)
    except PortError as error:
        _stop(str(error))


@app.command()
def refresh(only: Annotated[list[Path] | None, typer.Argument(help="Notebooks to refresh; otherwise all.")] = None) -> None:
    """Run every notebook afresh and store what it shows."""
    from dateline.authoring.commands import commands_page
    from dateline.authoring.notebooks import refresh as refreshed
    from dateline.authoring.notebooks import write_changed

    changed = refreshed([path.resolve() for path in only] if only else None)
    page = course_folder() / "docs" / "commands.md"
    if not only and page.parent.is_dir() and write_changed(page, commands_page(app)):
        changed.append(page)
    print("\n".join(f"changed  {named(path)}" for path in changed) or "Nothing changed.")


@app.command("export")
def export_answers(file: Annotated[Path, typer.Argument(help="The file to write, to hand in or to take along; - prints it.")]) -> None:
    """Write all your answers into one file."""
    from dateline.answers.document import encode_ascii
    from dateline.answers.store import NotSavedError, all_answers, hand_in

    try:
        if file == Path("-"):
            sys.stdout.buffer.write(encode_ascii(all_answers()))
        else:
            print(f"{hand_in(file)} answers are in {file}.")
    except NotSavedError as error:
        _stop(str(error))


@app.command("import")
def import_answers(file: Annotated[Path, typer.Argument(help="A file that was written with export.")]) -> None:
    """Take in answers from a file; of two answers to one question the later is kept."""
    from dateline.answers.store import NotSavedError, take_in

    try:
        print(f"{take_in(file)} answers were newer in {file} and are here now.")
    except NotSavedError as error:
        _stop(str(error))


@app.command("new-text")
def new_text(
    file: Annotated[Path, typer.Argument(help="A plain text, UTF-8: the headline first, an empty line between paragraphs.")],
    name: Annotated[str, typer.Option(help="The text's short name; otherwise the file's.")] = "",
    title: Annotated[str, typer.Option(help="Its title; otherwise its first line.")] = "",
    published: Annotated[datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date that the page carries.")] = None,
) -> None:
    """Take in a new text: sentences, a draft of its marks by rules, and a workbench on it."""
    from dateline.authoring.new_text import take_in
    from dateline.faults import CourseError

    try:
        made = take_in(file, name, title, published.date() if published else None)
    except CourseError as error:
        _stop(str(error))
    print(f"{made.sentences} sentences and {made.marks} drafted marks are in")
    print("\n".join(f"    {named(path)}" for path in made.files))
    if not published:
        print("Its date is today's; write the date that the page carries into the first file, or give it with --published 2026-01-31.")
    print(f"Correct the marks in {named(made.files[1])}; each names its rule. Then open {named(made.notebook)}.")


@app.command()
def handout(
    out: Annotated[Path, typer.Argument(help="The folder to make; the zip is made beside it.")],
    path: Annotated[str, typer.Option(help="Hand out the lessons of this path: alone, class or newsroom.")] = "",
    lessons: Annotated[str, typer.Option(help="Hand out these lessons, such as 1.1,1.2.")] = "",
) -> None:
    """Make the learner's copy: no keys, no reasons, no solved notebooks."""
    from dateline.classroom.handout import LeakError, make_handout, said
    from dateline.faults import CourseError

    try:
        print(said(make_handout(out.resolve(), path, tuple(filter(None, lessons.replace(" ", "").split(","))))))
    except (CourseError, LeakError) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"The copy cannot be written to {out} ({error.strerror}). Free some space or choose another place, then try again.")


@app.command()
def kit(out: Annotated[Path, typer.Argument(help="The folder to write.")]) -> None:
    """Write what a teacher prints and shows: handout, blank sheets, rubric, answer key, slides for each session."""
    from dateline.classroom.kit import make_kit
    from dateline.faults import CourseError

    try:
        written = make_kit(out)
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{out} cannot be written ({error.strerror}). Free some space or choose another place, then try again.")
    print("\n".join(str(path) for path in written))
    print("Each page needs nothing beside it: open it in a browser, and print it from there. The answer key is for you alone.")


@app.command("nbgrader")
def nbgrader_assignments(
    out: Annotated[Path, typer.Argument(help="The folder of your nbgrader course.")],
    lessons: Annotated[str, typer.Option(help="The lessons, such as 1.1,1.2.")],
) -> None:
    """Write lessons as assignments of an nbgrader course (extra: pip install dateline[nbgrader])."""
    from dateline.classroom.nbgrader import make_assignments
    from dateline.faults import CourseError

    try:
        written = make_assignments(out, filter(None, lessons.replace(" ", "").split(",")))
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{out} cannot be written ({error.strerror}). Choose another place, then try again.")
    print("\n".join(str(path) for path in written))
    print(f"Next, in {out}: nbgrader generate_assignment {written[0].parent.name}. docs/maintaining.md says the rest.")


@app.command("match")
def match_submissions(
    submissions: Annotated[Path, typer.Argument(help="A folder, a zip from your school's system, or a list of JSON lines.")],
    roster: Annotated[Path | None, typer.Option(help="The table of the class, as your school's system exports it.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="A CSV with the columns file and learner.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the matching into this CSV too; filled in, it serves as --corrections.")] = None,
) -> None:
    """Show whose each file is, by what rule and how sure, and who is missing, before anything is graded."""
    from dateline.classroom.match_table import run_match
    from dateline.faults import CourseError

    try:
        print(run_match(submissions, roster, corrections, out))
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or submissions}: {error.strerror}. Nothing was changed.")


@app.command("grade")
def grade_submissions(
    submissions: Annotated[Path, typer.Argument(help="A folder, a zip from Canvas or Moodle, or a file of JSON lines.")],
    out: Annotated[Path, typer.Option(help="The folder for the results; run again with the same one to go on.")],
    roster: Annotated[Path | None, typer.Option(help="A CSV of the class, with a column id or name.")] = None,
    lessons: Annotated[str, typer.Option(help="Grade these lessons, such as 1.1,1.2; otherwise all.")] = "",
    due: Annotated[datetime.datetime | None, typer.Option(help="What arrives after this is late (your clock).")] = None,
    feedback: Annotated[str, typer.Option(help="Pages for learners: none, verdict or full.")] = "verdict",
) -> None:
    """Grade a class: a gradebook, tables for Canvas and Moodle, feedback pages, and every fault named."""
    from dateline.classroom.errands import run_grade
    from dateline.faults import CourseError

    wanted = tuple(filter(None, lessons.replace(" ", "").split(",")))
    try:
        print(run_grade(submissions, out, roster, wanted, due.astimezone() if due else None, feedback))
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}. What is graded so far is kept; mend this and run the same line again.")


@app.command("report")
def class_report(
    out: Annotated[Path, typer.Argument(help="The folder that grade wrote.")],
    lessons: Annotated[str, typer.Option(help="The lessons that were graded, if not all.")] = "",
    roster: Annotated[Path | None, typer.Option(help="The CSV of the class.")] = None,
    names: Annotated[bool, typer.Option(help="Name each learner on the page.")] = False,
) -> None:
    """Write one page on the class: what was hard, what was believed, what to talk about next."""
    from dateline.classroom.errands import run_report
    from dateline.faults import CourseError

    try:
        print(run_report(out, tuple(filter(None, lessons.replace(" ", "").split(","))), roster, names))
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}. Nothing was changed.")


@app.command()
def check() -> None:
    """Check every text, annotation, question and key, and name each fault with its file, line and fix."""
    from dateline.authoring.check import check_course, count_checked

    problems = check_course()
    if problems:
        print("\n".join(str(problem) for problem in problems))
        _stop(f"{len(problems)} to mend.")
    print("Nothing to mend in " + ", ".join(f"{count} {what}" for what, count in count_checked().items()) + ".")


@app.command()
def test(
    fast: Annotated[bool, typer.Option(help="Leave out the notebooks and the browser.")] = False,
    pictures: Annotated[bool, typer.Option(help="Take the pictures in docs/images anew.")] = False,
) -> None:
    """Run every check: style, rooms, types, unit and property tests, all notebooks, and a real browser."""
    from dateline.authoring.suite import run_suite

    failed = run_suite(fast, pictures)
    if failed:
        _stop(f"Failed: {', '.join(failed)}. The lines above say where.")
    print("\nEverything passed.")


@app.command("update-pins")
def update_pins(
    keep: Annotated[bool, typer.Option(help="Keep the versions that are pinned; only follow what pyproject.toml asks for.")] = False,
) -> None:
    """Bring requirements.txt and requirements-test.txt up to date, and say what changed (needs uv)."""
    from dateline.authoring.pins import PinsError, update

    try:
        changes = update(keep)
    except PinsError as error:
        _stop(str(error))
    for file, lines in changes.items():
        print("\n".join([f"{file}: {len(lines)} changed", *(f"    {line}" for line in lines)]))
    print("Now run course.py test, open the course and look.")


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(1)


def main() -> None:
    """The entry for `python -m dateline` and for the command `dateline`; what a person can mend is one line."""
    from dateline.faults import CourseError

    try:
        app(prog_name="course.py")
    except (CourseError, NoCourseError) as error:
        sys.exit(str(error))
    except OSError as error:
        if not error.filename:
            raise
        sys.exit(f"{error.filename}: {error.strerror}. {REFUSED.get(error.errno or 0, 'Check the name')}, then try again.")
