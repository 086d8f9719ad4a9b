"""Whose a hand-in is: every case that was seen to go wrong, as a table, and what no pupil's file may do to another's row."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
import systems
from hypothesis import given, settings
from hypothesis import strategies as st
from systems import EMPTY, blackboard, brightspace, canvas, canvas_anonymous, moodle, packed, put_folder, put_zip, teams

from dateline.classroom.match import Matching, match, read_corrections
from dateline.classroom.match_table import run_match
from dateline.classroom.names import NUMBERED, plain, safe
from dateline.classroom.papers import paper_of
from dateline.classroom.roster import Roster, read_roster
from dateline.classroom.submissions import HandIn, read_submissions
from dateline.faults import CourseError

OWN = "id,name,email\ns1,Anna Berg,anna@x.org\ns2,Bo Lee,bo@x.org\ns3,Cy Young,cy@x.org\n"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay (7)\n    Points Possible,,,,,10\n"
    '"Berg, Anna",4711,s1,aberg,A,\n"Lee, Bo",4712,s2,blee,A,\n"Young, Cy",4713,s3,cyoung,A,\n"Student, Test",4799,,f00,A,\n'
)
SHEET = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Last modified (grade),Feedback comments\n"
    "Participant 700001,Anna Berg,s1,anna@x.org,Submitted,,-,\nParticipant 700002,Bo Lee,s2,bo@x.org,Submitted,,-,\n"
    "Participant 700003,Cy Young,s3,cy@x.org,No submission,,-,\n"
)
BLIND = "Identifier,Status,Grade\nParticipant 700001,Submitted,\nParticipant 700002,Submitted,\n"
PEOPLE = "First name,Last name,Email address\nAnna,Berg,anna@x.org\nBo,Lee,bo@x.org\nCy,Young,cy@x.org\n"
BLACKBOARD = "Last Name\tFirst Name\tUsername\tStudent ID\nBerg\tAnna\taberg\ts1\nLee\tBo\tb_lee\ts2\nYoung\tCy\tlee\ts3\n"
BRIGHT = (
    "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
    "#401,#aberg,Berg,Anna,anna@x.org,#\n#402,#blee,Lee,Bo,b@x.org,#\n"
)
TWINS = "Identifier,Full name\nParticipant 11,Jo Lee\nParticipant 12,Jo Lee\n"


class Case(NamedTuple):
    """Files (a name, or a name with its bytes), a roster, and what must come of them: which files are whose, by their place in the list."""

    name: str
    files: tuple[str | tuple[str, bytes], ...]
    roster: str | None
    mine: dict[str, tuple[int, ...]]
    others: Mapping[str, tuple[int, ...]] = MappingProxyType({})
    faults: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


ANNA = canvas("Berg, Anna", 4711, 90021)
BO = canvas("Lee, Bo", 4712, 90022)
CY = canvas("Young, Cy", 4713, 90023)
CASES = (
    Case("Canvas, by number and name", (ANNA, BO, CY), CANVAS, {"s1": (0,), "s2": (1,), "s3": (2,)}),
    Case("Canvas, late", (canvas("Berg, Anna", 4711, 1, late=True), BO), CANVAS, {"s1": (0,), "s2": (1,)}, missing=("s3",)),
    Case("Canvas, in a folder inside", (f"sub/{ANNA}", f"sub/{BO}"), CANVAS, {"s1": (0,), "s2": (1,)}, missing=("s3",)),
    Case("Canvas, two attachments", (ANNA, canvas("Berg, Anna", 4711, 90024, "b-1.json")), CANVAS, {"s1": (0, 1)}, missing=("s2", "s3")),
    Case("Canvas, by the name alone", (ANNA, BO), OWN, {"s1": (0,), "s2": (1,)}, missing=("s3",)),
    Case("Canvas, without a roster", (ANNA, BO), None, {"berganna": (0,), "leebo": (1,)}),
    Case(
        "Canvas, two of one name without a roster",
        (canvas("Lee, Jo", 11, 1), canvas("Lee, Jo", 12, 2)),
        None,
        {"leejo 11": (0,), "leejo 12": (1,)},
    ),
    Case(
        "Canvas, two of one name and one on the roster",
        (canvas("Lee, Bo", 11, 1), canvas("Lee, Bo", 12, 2)),
        OWN,
        {},
        {"leebo 11": (0,), "leebo 12": (1,)},
        ("cannot be told apart",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "own ids are not Canvas's numbers",
        (canvas("Ana Ruiz", 7, 1), canvas("Bo Kim", 12, 2)),
        "id,name\n12,Ana Ruiz\n7,Bo Kim\n",
        {"12": (0,), "7": (1,)},
    ),
    Case(
        "Canvas, number and name disagree",
        (canvas("Berg, Anna", 4712, 1), BO.replace("4712", "4711"), CY),
        CANVAS,
        {"s3": (2,)},
        {"berganna": (0,), "leebo": (1,)},
        ("Canvas's number 4712 and the name 'berganna' lead to different learners",),
        ("s1", "s2"),
    ),
    Case(
        "Canvas, a stranger of the same name",
        (ANNA, canvas("Berg, Anna", 9999, 5)),
        CANVAS,
        {"s1": (0,)},
        {"berganna 9999": (1,)},
        ("number 9999 is not on the roster",),
        ("s2", "s3"),
    ),
    Case(
        "Canvas, a new name", (canvas("Berg-Ruiz, Anna", 4711, 1), BO), CANVAS, {"s1": (0,), "s2": (1,)}, {}, ("not the roster's",), ("s3",)
    ),
    Case(
        "Canvas, anonymous",
        (canvas_anonymous("aB3xZ", 1), canvas_anonymous("Qq1", 2, late=True)),
        CANVAS,
        {},
        {"anon_aB3xZ": (0,), "anon_Qq1": (1,)},
        ("nobody on the roster is called this",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "Canvas, anonymous without a roster", (canvas_anonymous("a", 1), canvas_anonymous("b", 2)), None, {"anon_a": (0,), "anon_b": (1,)}
    ),
    Case(
        "Canvas, the learner's own zip",
        (
            (canvas("Berg, Anna", 4711, 1, "a.zip"), packed(["my-answers.json"])),
            (canvas("Lee, Bo", 4712, 2, "b.zip"), packed(["my-answers.json"])),
        ),
        CANVAS,
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "Canvas, another's name inside the zip",
        (ANNA, (canvas("Young, Cy", 4713, 2, "c.zip"), packed(["Anna Berg (9).json", ANNA]))),
        CANVAS,
        {"s1": (0,), "s3": (1,)},
        missing=("s2",),
    ),
    Case(
        "Canvas, another's name as the file's",
        (ANNA, canvas("Young, Cy", 4713, 2, ANNA)),
        CANVAS,
        {"s1": (0,), "s3": (1,)},
        missing=("s2",),
    ),
    Case(
        "Canvas, underscores in a name",
        (canvas("van_der_Berg, Anna", 4711, 1), BO),
        CANVAS.replace("Berg,", "van_der_Berg,"),
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "Canvas, names of many scripts",
        tuple(
            canvas(name, number, number)
            for number, name in enumerate(("Éluard, Paul", "김, 민지", "כהן, דוד", "शर्मा, कुमार", "Straße, Ö"), 1)
        ),
        'id,name\na,"Éluard, Paul"\nb,"김, 민지"\nc,"כהן, דוד"\nd,"शर्मा, कुमार"\ne,"Strasse, Ö"\n',
        {"a": (0,), "b": (1,), "c": (2,), "d": (3,), "e": (4,)},
    ),
    Case(
        "Moodle, folders and the grading worksheet",
        (moodle("Anna Berg", 700001), moodle("Bo Lee", 700002)),
        SHEET,
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "Moodle, flat",
        (moodle("Anna Berg", 700001, flat=True), moodle("Bo Lee", 700002, flat=True)),
        SHEET,
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "Moodle, folders up to 4.0",
        (moodle("Anna Berg", 5, old=True), moodle("Bo Lee", 6, old=True)),
        PEOPLE,
        {"anna@x.org": (0,), "bo@x.org": (1,)},
        missing=("cy@x.org",),
    ),
    Case(
        "Moodle's number is no ID number",
        (moodle("Anna Berg", 2), moodle("Bo Lee", 3)),
        "id number,full name\n2,Bo Lee\n3,Cy Young\n1,Anna Berg\n",
        {"2": (1,), "1": (0,)},
        missing=("3",),
    ),
    Case(
        "Moodle, a folder in a folder",
        (moodle("Anna Berg", 1), moodle("Cy Young", 2, "sub/Anna Berg (8).json")),
        PEOPLE,
        {"anna@x.org": (0,), "cy@x.org": (1,)},
        missing=("bo@x.org",),
    ),
    Case(
        "Moodle, another's folder inside one's own",
        (moodle("Cy Young", 2, f"{moodle('Anna Berg', 1)}"),),
        PEOPLE,
        {"cy@x.org": (0,)},
        missing=("anna@x.org", "bo@x.org"),
    ),
    Case(
        "Moodle, blind",
        (moodle("Participant", 700001), moodle("Participant", 700002)),
        BLIND,
        {"Participant 700001": (0,), "Participant 700002": (1,)},
    ),
    Case(
        "Moodle, blind in another language",
        (moodle("Teilnehmer/in", 1), moodle("Teilnehmer/in", 2)),
        None,
        {"Teilnehmerin 1": (0,), "Teilnehmerin 2": (1,)},
    ),
    Case(
        "Moodle, blind without a roster",
        (moodle("Participant", 700001), moodle("Participant", 700002)),
        None,
        {"Participant 700001": (0,), "Participant 700002": (1,)},
    ),
    Case("Moodle, one blind hand-in", (moodle("Participant", 700001),), None, {"Participant 700001": (0,)}),
    Case(
        "Moodle, blind with named worksheet",
        (moodle("Participant", 700001), moodle("Participant", 700002)),
        SHEET,
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case("Moodle, twins", (moodle("Jo Lee", 12), moodle("Jo Lee", 11)), TWINS, {"Participant 11": (1,), "Participant 12": (0,)}),
    Case(
        "Moodle, twins without numbers",
        (moodle("Jo Lee", 12), moodle("Jo Lee", 11)),
        "id,name\na,Jo Lee\nb,Jo Lee\n",
        {},
        {"Jo Lee 11": (1,), "Jo Lee 12": (0,)},
        ("2 on the roster are called this",),
        ("a", "b"),
    ),
    Case(
        "Moodle, the worksheet of another assignment",
        (moodle("Anna Berg", 700002), moodle("Bo Lee", 700009)),
        SHEET,
        {},
        {"Anna Berg 700002": (0,), "Bo Lee 700009": (1,)},
        ("number 700002 and the name 'Anna Berg' lead to different learners", "number 700009 is not on the roster"),
        ("s1", "s2", "s3"),
    ),
    Case(
        "Moodle, groups",
        (moodle("Group A-Anna Berg", 1), moodle("Group A-Bo Lee", 2), moodle("Group B-Cy Young", 3)),
        OWN,
        {"s1": (0,), "s2": (1,)},
        {"Group B-Cy Young 3": (2,)},
        ("nobody on the roster is called this",),
        ("s3",),
    ),
    Case(
        "Moodle, groups with numbers",
        (moodle("Group A-Anna Berg", 700001), moodle("Group A-Bo Lee", 700002)),
        SHEET,
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "Moodle, a hyphen is no group",
        (moodle("Anna-Bo Lee", 1), moodle("Anna Berg", 2)),
        OWN,
        {"s1": (1,)},
        {"Anna-Bo Lee 1": (0,)},
        ("nobody",),
        ("s2", "s3"),
    ),
    Case(
        "Moodle, an apostrophe",
        (moodle("Sean O'Brien", 1), moodle("Bo Lee", 2)),
        "First name,Last name\nSean,O'Brien\nBo,Lee\n",
        {"O'Brien, Sean": (0,), "Lee, Bo": (1,)},
    ),
    Case(
        "Moodle, no group",
        ("Default group_assignsubmission_file/x.json",),
        OWN,
        {},
        {"Default group": (0,)},
        ("nobody",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "Blackboard, and an account with a _",
        (blackboard("Dateline 1", "aberg"), blackboard("Dateline 1", "b_lee"), blackboard("Dateline 1", "lee")),
        BLACKBOARD,
        {"s1": (0,), "s2": (1,), "s3": (2,)},
    ),
    Case(
        "Blackboard, an account that ends like another",
        (blackboard("hw_b", "lee"), blackboard("hw_b", "aberg")),
        BLACKBOARD,
        {"s1": (1,)},
        {"lee": (0,)},
        ("its user name may be 'b_lee' or 'lee'",),
        ("s2", "s3"),
    ),
    Case(
        "Blackboard, without a roster",
        (blackboard("My_hw", "aberg"), blackboard("My_hw", "b_lee"), "My_hw_aberg_attempt_2026-11-20-21-04-59.txt"),
        None,
        {"aberg": (0,), "b_lee": (1,)},
    ),
    Case(
        "Blackboard, two attempts",
        (blackboard("hw_1_2", "aberg"), blackboard("hw_1_2", "aberg", when="2026-11-21-21-04-59")),
        BLACKBOARD,
        {"s1": (0, 1)},
        missing=("s2", "s3"),
    ),
    Case("Brightspace", (brightspace("Anna Berg", 1), brightspace("Bo Lee", 2), "index.html"), BRIGHT, {"401": (0,), "402": (1,)}),
    Case("Brightspace, a name with a hyphen", (brightspace("Mary-Ann - Smith", 1),), 'id,name\nm,"Mary-Ann - Smith"\n', {"m": (0,)}),
    Case("Teams", (teams("Anna Berg"), teams("Anna Berg", 2), teams("Lee, Bo")), OWN, {"s1": (0, 1), "s2": (2,)}, missing=("s3",)),
    Case(
        "an ending too many",
        ("Anna Berg.json.txt", "Bo.Lee.json"),
        OWN.replace("Bo Lee", "Bo.Lee"),
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "Google Classroom",
        ("my-answers.json", "my-answers (1).json"),
        OWN,
        {},
        {"my-answers": (0,), "my-answers (1)": (1,)},
        ("nobody on the roster is called this",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "28 files of one name, without a roster",
        tuple(f"my-answers ({number}).json" for number in range(1, 29)),
        None,
        {f"my-answers ({number})": (number - 1,) for number in range(1, 29)},
        {},
        ("its name does not say whose it is",),
    ),
    Case(
        "a folder for each learner", ("Anna Berg/my-answers.json", "Bo Lee/my-answers.json"), OWN, {"s1": (0,), "s2": (1,)}, missing=("s3",)
    ),
    Case(
        "a folder for each, without a roster",
        ("ann/my-answers.json", "bob/module-1.json", "bob/module-2.json"),
        None,
        {"ann": (0,), "bob": (1, 2)},
    ),
    Case(
        "a folder for each, another's name inside",
        ("Anna Berg/my-answers.json", "Bo Lee/Anna Berg.json"),
        OWN,
        {"s1": (0,), "s2": (1,)},
        missing=("s3",),
    ),
    Case(
        "a folder for a class is no learner",
        ("Class 7a/Anna Berg.json", "Class 7a/Bo Lee.json", "Class 7b/Cy Young.json"),
        OWN,
        {},
        {"Class 7a/Anna Berg.json": (0,), "Class 7a/Bo Lee.json": (1,), "Class 7b": (2,)},
        ("nobody on the roster is called this",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "a folder around all",
        ("class/s1.json", "class/s2.json"),
        OWN,
        {"s1": (0,), "s2": (1,)},
        {},
        ("everything lies in the folder 'class'",),
        ("s3",),
    ),
    Case("one learner's folder alone", ("Bo Lee/Anna Berg.json", "Bo Lee/Cy Young.json"), OWN, {"s2": (0, 1)}, missing=("s1", "s3")),
    Case("one learner's folder, named as Canvas names", (f"Bo Lee/{ANNA}",), CANVAS, {"s2": (0,)}, missing=("s1", "s3")),
    Case(
        "accounts of a hub with numbers",
        ("student-1.json", "student-2.json"),
        "username\nstudent-1\nstudent-2\n",
        {"student-1": (0,), "student-2": (1,)},
    ),
    Case("accounts of a hub, without a roster", ("student-1.json", "student-2.json"), None, {"student-1": (0,), "student-2": (1,)}),
    Case("ids that look like a turn", ("2034-001.json", "2034-002.json"), "id\n2034-001\n2034-002\n", {"2034-001": (0,), "2034-002": (1,)}),
    Case(
        "a number is a part of the name",
        ("Kim Minji.json", "Kim Minji 2.json"),
        "id,name\na,Kim Minji\nb,Kim Minji 2\n",
        {"a": (0,), "b": (1,)},
    ),
    Case(
        "a second file beside the first",
        ("s1.json", "s1 (1).json"),
        OWN,
        {"s1": (0,)},
        {"s1 (1)": (1,)},
        ("s1.json is s1's with more right",),
        ("s2", "s3"),
    ),
    Case(
        "a number at the end alone",
        ("s1 (1).json", "s2.json"),
        OWN,
        {"s1": (0,), "s2": (1,)},
        {},
        ("the number at the end of its name",),
        ("s3",),
    ),
    Case("the year is no turn", ("Anna (1).json", "Anna.json"), None, {"Anna": (1,), "Anna (1)": (0,)}, {}, ("does not say whose",)),
    Case("by e-mail", ("anna@x.org.json", "bo.json"), OWN, {"s1": (0,), "s2": (1,)}, missing=("s3",)),
    Case(
        "two ways to one learner",
        ("Anna Berg.json", "s1.json"),
        OWN,
        {},
        {"Anna Berg": (0,), "s1 (s1.json)": (1,)},
        ("cannot be told apart",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "six spellings of one name",
        ("Anna.json", "An na.json", "An-na.json"),
        "id,name\n1,Ánna\n",
        {},
        {"Anna": (0,), "An na": (1,), "An-na": (2,)},
        ("cannot be told apart",),
        ("1",),
    ),
    Case("accents forgiven where one is left", ("Anna.json",), "id,name\n1,Ánna\n2,Bo\n", {"1": (0,)}, {}, ("its accents differ",), ("2",)),
    Case(
        "accents not forgiven where two are left",
        ("Anna.json",),
        "id,name\n1,Ánna\n2,Ànna\n",
        {},
        {"Anna": (0,)},
        ("2 on the roster",),
        ("1", "2"),
    ),
    Case(
        "the exact name before the accent",
        ("Ánna.json", "Anna.json"),
        "id,name\n1,Ánna\n",
        {"1": (0,)},
        {"Anna": (1,)},
        ("with more right",),
    ),
    Case("a vowel sign is no accent", ("कु.json",), "id,name\n1,कि\n", {}, {"कु": (0,)}, ("nobody",), ("1",)),
    Case("no letters at all", ("🚀.json",), "id,name\n1,???\n", {}, {"🚀": (0,)}, ("nobody",), ("1",)),
    Case("composed and not", ("Jose\u0301 N\u0303.json",), "id,name\n1,José Ñ\n", {"1": (0,)}),
    Case("an id that two may mean", ("jo.json",), "id,name\njo,Lee\nx,Jo\n", {}, {"jo (jo.json)": (0,)}, ("2 on the roster",), ("jo", "x")),
    Case(
        "other files in Canvas's download",
        (ANNA, BO, CY, canvas("D", 1, 1), canvas("E", 2, 2), "s1.json"),
        CANVAS,
        {"s1": (0,), "s2": (1,), "s3": (2,)},
        {"d": (3,), "e": (4,), "s1 (s1.json)": (5,)},
        ("is s1's with more right", "not as Canvas writes them"),
    ),
    Case(
        "two downloads in one",
        (ANNA, BO, moodle("Cy Young", 3, flat=True)),
        CANVAS,
        {},
        {"berganna_4711_90021_my-answers": (0,), "leebo_4712_90022_my-answers": (1,), "Cy Young_3_assignsubmission_file_my-answers": (2,)},
        ("grade each download alone",),
        ("s1", "s2", "s3"),
    ),
    Case(
        "a zip of the class in a folder",
        (("submissions.zip", packed([ANNA, BO])),),
        CANVAS,
        {},
        {"submissions": (0,)},
        ("nobody",),
        ("s1", "s2", "s3"),
    ),
)


def roster_of(folder: Path, words: str | None) -> Roster | None:
    if words is None:
        return None
    (folder / "roster.csv").write_text(words, encoding="utf-8")
    return read_roster(folder / "roster.csv")


def files_of(case: Case) -> dict[str, bytes]:
    return dict(file if isinstance(file, tuple) else (file, EMPTY) for file in case.files)


def told(matching: Matching) -> list[str]:
    return [*matching.faults, *(fault for row in matching.rows for fault in row.faults)]


@pytest.mark.parametrize("kind", ["folder", "zip"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_hand_in_is_the_learners_whose_it_is(case: Case, kind: str, tmp_path: Path) -> None:
    files = files_of(case)
    place = put_folder(tmp_path / "in", files) if kind == "folder" else put_zip(tmp_path / "in.zip", files)
    matching = match(read_submissions(place), roster_of(tmp_path, case.roster))
    names = list(files)

    def placed(known: bool) -> dict[str, tuple[int, ...]]:
        found = {}
        for row in matching.rows:
            if row.known == known:
                sources = [name for name in names if any(f"{one.source}/".startswith(f"{plain(name, 400)}/") for one in row.hand_ins)]
                found[row.learner.id] = tuple(sorted(names.index(name) for name in sources))
        return found

    assert placed(True) == case.mine
    assert placed(False) == case.others
    assert {learner.id for learner in matching.missing} == set(case.missing)
    for fragment in case.faults:
        assert any(fragment in fault for fault in told(matching)), (fragment, told(matching))
    if not case.faults:
        assert not told(matching)
    assert all("\n" not in fault for fault in told(matching))


# ---- what the teacher says, and what the teacher is shown ----------------------------------------------------------------


def matched(place: Path, roster: Roster | None, corrections: dict[str, str] | None = None) -> dict[str, list[str]]:
    rows = match(read_submissions(place), roster, corrections).rows
    return {row.learner.id: [one.source for one in row.hand_ins] for row in rows}


def test_a_correction_decides_and_says_so(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", dict.fromkeys(["Anna Berg.json", "s1.json", "x.json", "s3.json", "s3 (1).json"], EMPTY))
    roster = roster_of(tmp_path, OWN)
    said = {"s1.json": "s1", "x.json": "Bo Lee", "s3.json": "-", "s3 (1).json": "", "gone.json": "s1", "Anna Berg.json": "nobody"}
    matching = match(read_submissions(place), roster, said)
    rows = {row.learner.id: ([one.source for one in row.hand_ins], row.rule) for row in matching.rows}
    assert rows == {
        "s1": (["s1.json"], "by your correction"),
        "s2": (["x.json"], "by your correction"),
        "s3": (["s3 (1).json"], "by the file's name without the number at its end"),
        "Anna Berg": (["Anna Berg.json"], "by the file's name"),
    }
    assert matching.missing == ()
    for said_so in (
        "'s3.json' is left out",
        "'gone.json', and it is not there",
        "names 'nobody', and that is nobody here",
        "Anna Berg.json, s1.json cannot be told apart",
    ):
        assert any(said_so in fault for fault in matching.faults), (said_so, matching.faults)


def test_a_file_that_was_given_to_another_no_longer_stands_in_the_way(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", dict.fromkeys(["Anna Berg.json", "s1.json"], EMPTY))
    assert matched(place, roster_of(tmp_path, OWN), {"s1.json": "s2"}) == {"s1": ["Anna Berg.json"], "s2": ["s1.json"]}


def test_a_correction_of_a_folder_or_a_zip_means_all_that_is_in_it(tmp_path: Path) -> None:
    files = {"a/1.json": EMPTY, "a/2.json": EMPTY, "b.zip": packed(["1.json", "2.json"]), "c.json": EMPTY}
    place = put_folder(tmp_path / "in", files)
    found = matched(place, roster_of(tmp_path, OWN), {"a": "s1", "b.zip": "cy@x.org"})
    assert found == {"s1": ["a/1.json", "a/2.json"], "s3": ["b.zip/1.json", "b.zip/2.json"], "c": ["c.json"]}
    assert matched(place, None, {"a": "me", "c.json": "me"}) == {
        "me": ["a/1.json", "a/2.json", "c.json"],
        "b": ["b.zip/1.json", "b.zip/2.json"],
    }


def test_the_table_of_a_matching_is_filled_in_and_taken_as_corrections(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", dict.fromkeys(["Anna Berg.json", "my-answers (1).json", "a;=1+1.json"], EMPTY))
    (tmp_path / "roster.csv").write_text(OWN)
    out = tmp_path / "matching.csv"
    said = run_match(place, tmp_path / "roster.csv", None, out)
    assert "3 files, 1 learner, 2 not matched, 2 of the roster without a hand-in." in said
    assert "id from 'id', e-mail from 'email', name from 'name'" in said
    assert "Anna Berg (s1): Anna Berg.json, by the file's name" in said
    assert "Look at these: nobody on the roster is called this:\n  a;=1+1: a;=1+1.json, not matched\n  my-answers (1): my" in said
    assert "Nothing was handed in by:\n  Bo Lee (s2)\n  Cy Young (s3)" in said
    words = out.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(words)))
    assert [row[:5] for row in rows] == [
        ["file", "learner", "name", "rule", "sure"],
        ["Anna Berg.json", "s1", "Anna Berg", "by the file's name", "yes"],
        ["a;'=1+1.json", "?", "", "not matched", "no"],
        ["my-answers (1).json", "?", "", "not matched", "no"],
        ["", "s2", "Bo Lee", "", ""],
        ["", "s3", "Cy Young", "", ""],
    ]
    rows[2][1], rows[3][1] = "s2", "s3"
    with (tmp_path / "corrected.csv").open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    corrections = read_corrections(tmp_path / "corrected.csv")
    assert matched(place, read_roster(tmp_path / "roster.csv"), corrections) == {
        "s1": ["Anna Berg.json"],
        "s2": ["a;=1+1.json"],
        "s3": ["my-answers (1).json"],
    }
    again = match(read_submissions(place), read_roster(tmp_path / "roster.csv"), corrections)
    assert not again.faults
    assert [(row.learner.id, row.rule, row.sure) for row in again.rows] == [
        ("s1", "by the file's name", True),
        ("s2", "by your correction", True),
        ("s3", "by your correction", True),
    ], "a line that the teacher left as it was corrects nothing"


def test_a_correction_that_says_yes_to_a_doubtful_row_makes_it_sure(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", {"Anna Bérg.json": EMPTY})
    rows = [match(read_submissions(place), roster_of(tmp_path, OWN), said).rows[0] for said in ({}, {"Anna Bérg.json": "s1"})]
    assert [(row.learner.id, row.rule, row.sure) for row in rows] == [
        ("s1", "by the file's name", False),
        ("s1", "by your correction", True),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [("a,b\n1,2\n", "columns seen are: a, b"), ("file,x\na,b\n", "no two columns"), ("file,learner\na,1\na,2\n", ":3: 'a' is here")],
)
def test_corrections_that_cannot_be_used_are_told(words: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(words)
    with pytest.raises(CourseError, match=said):
        read_corrections(tmp_path / "c.csv")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Anna Berg", "Anna Berg"),
        ("O'Brien, Seán-Óg", "O'Brien, Seán-Óg"),
        ("=1+1", "'=1+1"),
        (" =1+1", "'=1+1"),
        ("a;=1+1.json", "a;'=1+1.json"),
        ("a,-2", "a,'-2"),
        ('a|"@x', "a|\"'@x"),
        ("a\t+1", "a +1"),
        ("＝1", "'＝1"),
        ("a\x1b[31mred\x07", "a [31mred"),
        ("evil\u202egnp.json", "evilgnp.json"),
        ("a\u2066b\u200fc\ufeff", "abc"),
        ("<b onx=1>", "‹b onx=1›"),
        ("line\nbreak\u2028and\x85more", "line break and more"),
        ("Jos\udce9", "Jos\ufffd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_words_from_outside_are_shown_so_that_they_do_nothing(words: str, shown: str) -> None:
    assert safe(words) == shown


def test_a_number_is_cut_only_where_a_program_would_have_put_it() -> None:
    assert [NUMBERED.sub("", name) for name in ("a (1)", "a(2)", "a-3", "a_4", "a 5", "a2020", "a-2034", "a (12345)")] == [
        *["a"] * 5,
        "a2020",
        "a-2034",
        "a (12345)",
    ]


# ---- what a pupil's file may do ------------------------------------------------------------------------------------------

CLASS = {"Berg, Anna": 4711, "Lee, Bo": 4712, "Young, Cy": 4713}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60).filter(
    lambda name: name not in (".", "..")
)
HOSTILE_NAMES = st.one_of(
    NAMES,
    st.sampled_from(
        [
            "Anna Berg.json",
            "s1 (9).json",
            ANNA,
            moodle("Anna Berg", 700001),
            blackboard("hw", "aberg"),
            brightspace("Anna Berg", 1),
            "../../s1.json",
        ]
    ),
    st.sampled_from(["berganna_4711_1_", "Submitted files/Anna Berg/", "Anna Berg/"]).flatmap(
        lambda start: NAMES.map(lambda name: start + name)
    ),
)
HOSTILE_BYTES = st.one_of(
    st.binary(max_size=200),
    st.dictionaries(
        HOSTILE_NAMES.map(lambda name: name[:200]),
        st.sampled_from([b"{", EMPTY, systems.answers(voices_p4={"p4.s2": "leader"})]),
        max_size=4,
    ).map(packed),
    st.just(systems.answers(saved="9999-12-31T23:59:59Z", voices_p4="mine")),
)


def written_by(system: str, who: str, number: int, file: str, attachment: int = 0) -> str:
    """A pupil's file under the name that a system gives it. What no system lets into a name is taken out."""
    last, _, first = who.partition(", ")
    flat = file.replace("/", "_")
    return {
        "Canvas": canvas(who, number, number + 80_000 + attachment, flat),
        "Moodle": moodle(f"{first} {last}", number + 695_290, file.strip("/") or "x"),
        "Moodle, flat": moodle(f"{first} {last}", number + 695_290, flat, flat=True),
        "Blackboard": blackboard("hw 1", f"{first[0]}{last}".lower(), flat),
        "Brightspace": brightspace(f"{first} {last}", number, flat),
        "Teams": teams(f"{first} {last}", 1, flat),
        "folders": f"{first} {last}/{file.strip('/') or 'x'}",
    }[system]


WIDE = (
    "Identifier,Full name,ID number,Username,Email address\nParticipant 700001,Anna Berg,s1,aberg,anna@x.org\n"
    "Participant 700002,Bo Lee,s2,blee,bo@x.org\nParticipant 700003,Cy Young,s3,cyoung,cy@x.org\n"
)


@settings(max_examples=200, deadline=None)
@given(
    system=st.sampled_from(["Canvas", "Moodle", "Moodle, flat", "Blackboard", "Brightspace", "Teams", "folders"]),
    files=st.dictionaries(HOSTILE_NAMES, HOSTILE_BYTES, min_size=1, max_size=3),
    present=st.sets(st.sampled_from(["Berg, Anna", "Lee, Bo"])),
)
def test_a_pupils_files_change_that_pupils_row_alone(
    system: str, files: dict[str, bytes], present: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("class")
    (folder / "roster.csv").write_text(CANVAS if system == "Canvas" else WIDE)
    roster = read_roster(folder / "roster.csv")
    honest = {
        written_by(system, who, CLASS[who], f"my-answers{ending}"): systems.answers(voices_p4=who)
        for who in present
        for ending in (".json",)
    }
    tried = [(name + ending, raw) for name, raw in files.items() for ending in ("", ".json", ".zip")]
    hostile = {written_by(system, "Young, Cy", 4713, name, 10 + count): raw for count, (name, raw) in enumerate(tried)}
    papers = [
        {row.learner.id: (row, paper_of(row)) for row in match(read_submissions(put_zip(folder / f"{number}.zip", every)), roster).rows}
        for number, every in enumerate((honest, {**honest, **hostile}))
        if every
    ]
    alone, together = (papers[0], papers[-1]) if honest else ({}, papers[-1])
    for who in ("s1", "s2"):
        assert (who in alone) == (who in together)
        if who in alone:
            assert shown(alone[who][0].hand_ins) == shown(together[who][0].hand_ins)
            assert alone[who][1] == together[who][1]
            assert not together[who][0].faults
    assert set(together) <= {"s1", "s2", "s3"}


def shown(hand_ins: tuple[HandIn, ...]) -> list[tuple[str, str, bool]]:
    return [(one.source, one.problem, one.late) for one in hand_ins]


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.one_of(HOSTILE_NAMES, st.text(max_size=30)), max_size=8),
    roster=st.sampled_from([None, OWN, CANVAS, SHEET]),
    luck=st.randoms(),
)
def test_any_names_give_the_same_matching_in_any_order(
    names: list[str], roster: str | None, luck: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("class")
    known = roster_of(folder, roster)
    files = {name.replace("\0", "") or "x": EMPTY for name in names}
    found = read_submissions(put_zip(folder / "in.zip", {name.encode("utf-8", "replace").decode(): raw for name, raw in files.items()}))
    first = match(found, known)
    luck.shuffle(found)  # type: ignore[attr-defined]
    assert match(found, known) == first
    every = [one.source for row in first.rows for one in row.hand_ins]
    assert sorted(every) == sorted(one.source for one in found)
    assert len({row.learner.id for row in first.rows}) == len(first.rows)
    for row in first.rows:
        assert row.known or row.faults
        assert all(word.isprintable() or word == "\u200c" or word == "\u200d" for fault in row.faults for word in fault)
        paper_of(row)


def test_a_roster_with_neither_names_nor_numbers_is_told_what_it_lacks(tmp_path: Path) -> None:
    place = put_folder(tmp_path / "in", {canvas("Berg, Anna", 1, 1): EMPTY})
    matching = match(read_submissions(place), roster_of(tmp_path, "email\nanna@x.org\n"))
    lacks = "Canvas writes names and numbers of its own, and your roster has neither; name the table that Canvas exports as --roster"
    assert matching.faults == (lacks,)
    assert not match(read_submissions(place), roster_of(tmp_path, "email,name\nbo@x.org,Bo\n")).faults
