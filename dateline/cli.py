"""The course's commands. `course.py` prepares the environment and hands over to these."""

import datetime
import errno
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dateline.folders import NoCourseError, course_folder, named
from dateline.wording import counted

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
    notebooks: Annotated[bool, typer.Option("--notebooks", help="Open the pages as notebooks, with their code.")] = False,
) -> None:
    """Open the course in JupyterLab."""
    from dateline.jupyter import NotStartedError, PortError, open_lab

    try:
        open_lab(port, browser, answers, pages=not notebooks)
    except (NotStartedError, PortError) as error:
        _stop(str(error))


@app.command()
def restore(
    page: Annotated[str, typer.Argument(help="The page, such as 11-who-is-speaking; otherwise every page that was changed.")] = "",
) -> None:
    """Bring a page back as it was shipped; what was there is kept."""
    from dateline.authoring import shipped

    wanted = [name for name in shipped.shipped() if Path(page).stem == Path(name).stem] if page else shipped.changed_pages()
    if page and not wanted:
        _stop(f"There is no page {page!r}. Write its name as the folder notebooks shows it, such as 11-who-is-speaking.")
    for name in wanted:
        try:
            aside = shipped.restore(name)
        except FileNotFoundError:
            _stop(f"There is no copy of {name} as it was shipped. Take it from the course as you received it.")
        except OSError as error:
            _stop(f"{name} cannot be written ({error.strerror}). Make it writable, then run this again.")
        print(f"{name} is as it was shipped." + (f" What was there is kept in {named(aside)}." if aside else ""))
    if not wanted:
        print("Every page is as it was shipped.")


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
            print(f"{counted(hand_in(file), 'answer is', 'answers are')} in {file}.")
    except NotSavedError as error:
        _stop(str(error))


@app.command("import")
def import_answers(file: Annotated[Path, typer.Argument(help="A file that was written with export.")]) -> None:
    """Take in answers from a file; of two answers to one question the later is kept."""
    from dateline.answers.store import NotSavedError, take_in

    try:
        taken = take_in(file)
        print(f"{counted(taken, 'answer was', 'answers were')} newer in {file} and {'is' if taken == 1 else 'are'} here now.")
    except NotSavedError as error:
        _stop(str(error))


@app.command("new-text")
def new_text(
    file: Annotated[Path, typer.Argument(help="A plain text in any shape, the headline first, or a file of texts saved in the book.")],
    name: Annotated[str, typer.Option(help="The text's short name; otherwise the file's.")] = "",
    title: Annotated[str, typer.Option(help="Its title; otherwise its first line.")] = "",
    published: Annotated[datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date that the page carries.")] = None,
    replace: Annotated[bool, typer.Option(help="Take the place of a text of that name that was taken in before.")] = False,
) -> None:
    """Take in a new text: sentences, a draft of its marks by rules, and a workbench on it."""
    from dateline.authoring.new_text import take_in, take_in_own
    from dateline.faults import CourseError

    try:
        texts = take_in_own(file, replace) or [take_in(file, name, title, published.date() if published else None, replace)]
    except CourseError as error:
        _stop(str(error))
    for made in texts:
        print(f"{counted(made.sentences, 'sentence')} and {counted(made.marks, 'mark')} are in")
        print("\n".join(f"    {named(path)}" for path in made.files))
        for line in made.said:
            print(line)
        print(f"Correct the marks in {named(made.files[1])}; each names its rule. Then open {named(made.notebook)}.")


@app.command("new-lesson")
def new_lesson(
    text: Annotated[str, typer.Argument(help="The name of a text that was taken in, its marks corrected.")],
    number: Annotated[str, typer.Option(help="The lesson's place in the course, such as 5.4; otherwise after all that is there.")] = "",
    name: Annotated[str, typer.Option(help="What its files are called after the number; otherwise as the text.")] = "",
) -> None:
    """Write the draft of a lesson from the marks of a text: questions of eight kinds, their keys, and places to fill in."""
    from dateline.authoring.new_lesson import new_lesson as drafted
    from dateline.authoring.new_lesson import said_of
    from dateline.faults import CourseError

    try:
        print("\n".join(said_of(drafted(text, number, name))))
    except CourseError as error:
        _stop(str(error))


@app.command()
def redraft(name: Annotated[str, typer.Argument(help="The name of a text that was taken in.")]) -> None:
    """Draft the marks of a text anew, after a rule has changed; what somebody kept, added or threw out stays."""
    from dateline.authoring.new_text import redraft as draft_again
    from dateline.faults import CourseError

    try:
        path, count = draft_again(name)
    except CourseError as error:
        _stop(str(error))
    print(f"{counted(count, 'drafted mark')} {'is' if count == 1 else 'are'} in {named(path)} beside what was decided by hand.")


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


@app.command("book")
def make_book(
    out: Annotated[Path, typer.Argument(help="The folder to make, or a book to make anew.")],
    path: Annotated[str, typer.Option(help="Only the lessons of this path: alone, class or newsroom.")] = "",
    without_keys: Annotated[bool, typer.Option("--handout", help="Leave the keys out: answers are saved and handed in.")] = False,
    site: Annotated[str, typer.Option(help="The address where it will stand, such as https://example.org/course/.")] = "",
    pyodide: Annotated[Path | None, typer.Option(help="A folder that holds Pyodide and the wheels, where nothing can be fetched.")] = None,
    scorm: Annotated[Path | None, typer.Option(help="Also write it as a SCORM 1.2 package, a zip for a school's system.")] = None,
) -> None:
    """Make the book: the course as plain files for any web server, to be read and answered in a browser."""
    from dateline.book.build import build, build_copy, said
    from dateline.classroom.handout import LeakError
    from dateline.classroom.scorm import made_package
    from dateline.faults import CourseError

    try:
        if path or without_keys:
            print(build_copy(out.resolve(), pyodide, site, path, without_keys).strip())
        else:
            print(said(build(out.resolve(), pyodide, site)))
        if scorm:
            print(made_package(out.resolve(), scorm.resolve()))
    except (CourseError, LeakError) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"The book cannot be written to {out} ({error.strerror}). Free some space or choose another place, then try again.")


@app.command()
def kit(
    out: Annotated[Path, typer.Argument(help="The folder to write.")],
    session: Annotated[int | None, typer.Option(help="Only what this session needs, such as 3.")] = None,
) -> None:
    """Write what a teacher prints and shows: handout, blank sheets, rubric, answer key, slides for each session."""
    from dateline.classroom.kit import make_kit
    from dateline.faults import CourseError

    try:
        written = make_kit(out, session)
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
        said = run_match(submissions, roster, corrections, out)
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or submissions}: {error.strerror}. Nothing was changed.")
    print(said)


@app.command("grade")
def grade_submissions(
    out: Annotated[Path, typer.Option(help="The folder for the results; run again with the same one to go on.")],
    submissions: Annotated[Path | None, typer.Argument(help="A folder, a zip from your school's system, or a list of JSON lines.")] = None,
    from_hub: Annotated[
        str, typer.Option(help="In place of SUBMISSIONS: the address of a hub's hand-in service, or a list fetched from it.")
    ] = "",
    roster: Annotated[Path | None, typer.Option(help="The table of the class, as your school's system exports it.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="A CSV with the columns file and learner: whose a file is.")] = None,
    session: Annotated[str, typer.Option(help="Count the lessons of this session of the path for a class, such as 3 or 1,2.")] = "",
    path: Annotated[str, typer.Option(help="Count the lessons of this path: alone, class or newsroom.")] = "",
    lessons: Annotated[str, typer.Option(help="Count these lessons, such as 1.1,1.2.")] = "",
    also: Annotated[str, typer.Option(help="Count these too: tests, practice, review, or several with commas.")] = "",
    drop: Annotated[str, typer.Option(help="Take these questions out for everybody, by the ids of their cards.")] = "",
    marks: Annotated[Path | None, typer.Option(help="A CSV with the columns learner, question, points (0 to 1) and why.")] = None,
    due: Annotated[
        datetime.datetime | None, typer.Option(help="What arrives after this is late (your clock; a day means its end).")
    ] = None,
    late: Annotated[str, typer.Option(help="Late work: count it, mark it (it counts and is named), or leave-out.")] = "mark",
    feedback: Annotated[str, typer.Option(help="Pages for learners: none, verdict or full.")] = "verdict",
) -> None:
    """Grade a class: a gradebook, tables and pages for Canvas and Moodle, and every fault named. Without a choice all lessons count."""
    from dateline.classroom.counting import Wanted
    from dateline.classroom.errands import Order, refuse_open, run_grade
    from dateline.classroom.from_hub import list_of
    from dateline.faults import CourseError

    if bool(from_hub) == (submissions is not None):
        _stop("Name what was handed in, as SUBMISSIONS or by --from-hub, and only one of the two.")
    os.umask(0o077)  # what is written about learners is for this account alone
    try:
        refuse_open(out)
        place = submissions or list_of(from_hub, out)
        wanted = Wanted(_numbers(session), path, _listed(lessons), _listed(also), _listed(drop))
        print(run_grade(Order(place, out, wanted, roster, corrections, marks, _end_of_day(due), late, feedback, bool(from_hub))))
    except CourseError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}. What is graded so far is kept; mend this and run the same line again.")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.replace(" ", "").split(",")))


def _numbers(words: str) -> tuple[int, ...]:
    wrong = [word for word in _listed(words) if not (word.isascii() and word.isdigit() and len(word) < 4)]
    if wrong:
        _stop(f"--session: {wrong[0]!r} is no number of a session. Write a number, such as 3.")
    return tuple(map(int, _listed(words)))


def _end_of_day(due: datetime.datetime | None) -> datetime.datetime | None:
    """A moment with the zone of this machine; a day without an hour is over at its end."""
    if due is None:
        return None
    return (due if due.time() != datetime.time() else due.replace(hour=23, minute=59, second=59)).astimezone()


@app.command("report")
def class_page(
    out: Annotated[Path, typer.Argument(help="The folder that grade wrote.")],
    names: Annotated[bool, typer.Option(help="Name each learner on the page.")] = False,
) -> None:
    """Write a page on the class that was graded last, and one for the wall for each session."""
    from dateline.classroom.errands import run_class_page
    from dateline.faults import CourseError

    os.umask(0o077)
    try:
        print(run_class_page(out, names))
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
    print("Nothing to mend in " + ", ".join(counted(count, what) for what, count in count_checked().items()) + ".")


@app.command()
def test(
    fast: Annotated[bool, typer.Option(help="Leave out the notebooks and the browser.")] = False,
    pictures: Annotated[bool, typer.Option(help="Take the pictures in docs/images anew.")] = False,
) -> None:
    """Run every check: style, rooms, types, unit and property tests, all notebooks, and a real browser."""
    from dateline.authoring.suite import run_suite

    if not (course_folder() / "tests").is_dir():
        _stop("This copy of the course holds no tests. They are in the full course.")
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
