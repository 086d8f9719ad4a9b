"""Rosters as the schools' systems, spreadsheets and people write them: each is read, or told with its line and its columns."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from dateline.classroom.roster import Learner, read_roster
from dateline.faults import CourseError

PEOPLE = "id,name,email\ns1,Anna Berg,anna@x.org\ns2,Zoë Müller,z@x.org\n"
TWO = [("s1", "Anna Berg", "anna@x.org"), ("s2", "Zoë Müller", "z@x.org")]


def read(tmp_path: Path, raw: bytes | str) -> list[Learner]:
    path = tmp_path / "roster.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(read_roster(path).learners)


@pytest.mark.parametrize(
    "raw",
    [
        PEOPLE.encode(),
        PEOPLE.encode("utf-8-sig"),
        PEOPLE.encode("utf-16"),
        PEOPLE.encode("utf-16-le"),
        PEOPLE.encode("utf-16-be"),
        PEOPLE.encode("cp1252"),
        PEOPLE.replace(",", ";").encode("cp1252"),
        PEOPLE.replace(",", "\t").encode("utf-16"),
        ("sep=;\r\n" + PEOPLE.replace(",", ";").replace("\n", "\r\n")).encode(),
        ('"sep=,"\n' + PEOPLE).encode(),
        ("\n\n" + PEOPLE.replace("\n", "\n\n")).encode(),
        PEOPLE.replace("\n", "\r").encode(),
        ("Class 7a, autumn 2026\nprinted on 2026-11-25,,\n\n" + PEOPLE).encode(),
        (",,,\n" + PEOPLE + ",,\n , \n").encode(),
        PEOPLE.replace("id,name,email", " ID , Name , E-Mail ").encode(),
        PEOPLE.replace("id,name", "Student_ID,Full Name").encode(),
    ],
)
def test_every_encoding_and_separator_gives_the_same_learners(raw: bytes, tmp_path: Path) -> None:
    assert [(one.id, one.name, one.email) for one in read(tmp_path, raw)] == TWO


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Essay (7)\n,,,,,Manual Posting\n    Points Possible,,,,,10\n"
            '"Berg, Anna",11,s1,aberg,A,EX\n"Lee, Bo",12,,blee,A,\n"Student, Test",99,,f00,A,\n',
            [("s1", "Berg, Anna", "11", "", ("aberg",)), ("blee", "Lee, Bo", "12", "", ("blee",))],
        ),
        ("LastName,FirstName,ID,SIS Login ID,Section\nBerg,Anna,11,aberg,A\n", [("aberg", "Berg, Anna", "11", "", ("aberg",))]),
        ("Student;ID;Section\nBerg, Anna;11;A and B\n", [("11", "Berg, Anna", "11", "", ())]),
        (
            "Identifier,Full name,ID number,Status\nParticipant 71,Anna Berg,s1,x\nParticipant 72,Bo Lee,,x\n",
            [("s1", "Anna Berg", "", "71", ()), ("Participant 72", "Bo Lee", "", "72", ())],
        ),
        ("Identifier,Status\nTeilnehmer/in 71,x\n", [("Teilnehmer/in 71", "", "", "71", ())]),
        (
            "First name,Last name,Email address\nAnna,Berg,a@x.org\nBo,,b@x.org\n",
            [("a@x.org", "Berg, Anna", "", "", ()), ("b@x.org", "Bo", "", "", ())],
        ),
        (
            "Last Name,First Name,Email Address,Essay\nDate,,,\nPoints,,,10\nBerg,Anna,a@x.org,9\nClass Average,,,9\n",
            [("a@x.org", "Berg, Anna", "", "", ())],
        ),
        (
            "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n#007,#aberg,Berg,Anna,a@x.org,#\n",
            [("007", "Berg, Anna", "", "", ("aberg",))],
        ),
        (
            "Last Name\tFirst Name\tUsername\tStudent ID\tEssay [Total Pts: 10 Score] |4\nBerg\tAnna\taberg\ts1\t\n",
            [("s1", "Berg, Anna", "", "", ("aberg",))],
        ),
        ("Student_Number\tLastFirst\n4711\tBerg, Anna\n", [("4711", "Berg, Anna", "", "", ())]),
        ('id,name\n="007",Anna\n\'008,Bo\n', [("007", "Anna", "", "", ()), ("008", "Bo", "", "", ())]),
        ("Vorname;Nachname;E-Mail-Adresse\nZoë;Müller;z@x.org\n", [("z@x.org", "Müller, Zoë", "", "", ())]),
        ("email\na@x.org\nb@x.org\n", [("a@x.org", "", "", "", ()), ("b@x.org", "", "", "", ())]),
        ("name\nAnna Berg\nBo Lee\n", [("Anna Berg", "Anna Berg", "", "", ()), ("Bo Lee", "Bo Lee", "", "", ())]),
        ("id,name\ns1,'t Hooft\n", [("s1", "'t Hooft", "", "", ())]),
        ("id,name\n7,Ana\n", [("7", "Ana", "", "", ())]),
        ("id,name,note\ns1,Ana," + "x" * 200_000 + "\n", [("s1", "Ana", "", "", ())]),
        ("id,name\ns1,A\u202ena\x1b[0m\n", [("s1", "Ana [0m", "", "", ())]),
    ],
)
def test_each_systems_columns_are_understood(
    words: str, expected: list[tuple[str, str, str, str, tuple[str, ...]]], tmp_path: Path
) -> None:
    assert [(one.id, one.name, one.canvas, one.participant, one.accounts) for one in read(tmp_path, words)] == expected


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a,b\n1,2\n", r"no column was understood.*seen are: a, b"),
        (b"", r"no column was understood.*seen are: none"),
        (b"id;name\n", r"there is no learner in it \(id from 'id', name from 'name'\)"),
        (b"id\ns1\n\ns1\n", r":4: 's1' is here and on line 2"),
        (b"name\nJo Lee\nJo Lee\n", r":3: 'Jo Lee' is here and on line 2.*add a column with an id"),
        (b"id,name\ns1,Anna\ns2,Berg, Bo\n", r":3: this row has more cells than there are columns \(2\)"),
        (b"id,name,mark\ns1,Anna,1\n,,5\n", r":3: this row names nobody \(id from 'id'"),
        (b"id,name\ns1," + b"x" * 140_000 + b"\n", r":2: a cell has more than 500 letters"),
        (b'id,name\ns1,"Anna\ns2,Bo\n' + b"s3,Cy\n" * 200, r":2: a cell has more than 500 letters.*not closed"),
        (b"PK\x03\x04xxxx", r"a workbook, not a table"),
        (b"id,name\ns1,\x81\x8d\n", r":2: the letters on this line cannot be read"),
        (b"\xff\xfei", r"its letters cannot be read"),
        (b"id,name\ns1,a\0b\n" + b"x" * 3000, r"letters|table|row|NUL"),
    ],
)
def test_a_roster_that_cannot_be_used_says_where_and_what_was_seen(raw: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=said) as caught:
        read(tmp_path, raw)
    assert len(str(caught.value)) < 6_000


def test_what_was_understood_and_left_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes('Student,ID,SIS Login ID,Section\n"Müller, Zoë",11,zm,A\n"Student, Test",99,f00,A\n'.encode("cp1252"))
    roster = read_roster(tmp_path / "r.csv")
    assert roster.system == "Canvas"
    assert roster.understood == "1 learner; user name from 'SIS Login ID', Canvas's number from 'ID', name from 'Student'"
    assert roster.notes == (
        "its letters were read as Windows-1252; if line 2 should not read '\"Müller, Zoë\",11,zm,A', save it as CSV (UTF-8)",
        "line 3: Canvas's test student is left out",
    )


def test_a_row_goes_back_as_it_came(tmp_path: Path) -> None:
    row = read(tmp_path, "OrgDefinedId,Last Name,First Name,End-of-Line Indicator\n#007,Berg,Anna,#\n")[0].row
    assert row == {"OrgDefinedId": "#007", "Last Name": "Berg", "First Name": "Anna", "End-of-Line Indicator": "#"}


@pytest.mark.parametrize(
    ("head", "system"),
    [
        ("Student,ID,SIS Login ID,Section", "Canvas"),
        ("Last Name,First Name,ID,Section", "Canvas"),
        ("Student,ID,Mark", ""),
        ("ID,Student,Section", ""),
        ("Identifier,Status", "Moodle"),
        ("OrgDefinedId,Last Name,First Name", "Brightspace"),
        ("Username,Last Name,End-of-Line Indicator", "Brightspace"),
        ("Last Name,First Name,Email Address,Essay", "Google Classroom"),
        ("First Name,Last Name,Email Address,Essay", ""),
    ],
)
def test_a_systems_table_is_known_by_its_columns(head: str, system: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(f"{head}\n{','.join('abcd'[: head.count(',') + 1])}\n")
    assert read_roster(tmp_path / "r.csv").system == system


# ---- Moodle's grading worksheet, in the language of the site ---------------------------------------------------------------


class Site(NamedTuple):
    """A worksheet as a site writes it: its columns, how it calls a participant, and which columns are what (by place)."""

    language: str
    columns: str
    participant: str
    most: str = "100.00"
    grade: int = 4
    comment: int = 9


SITES = (
    Site(
        "English",
        "Identifier|Full name|Email address|Status|Grade|Maximum grade|Grade can be changed|Last modified (submission)"
        "|Last modified (grade)|Feedback comments",
        "Participant ",
    ),
    Site(
        "German",
        "ID|Vollständiger Name|E-Mail-Adresse|Status|Bewertung|Bestwertung|Bewertung kann geändert werden|Zuletzt geändert (Abgabe)"
        "|Zuletzt geändert (Bewertung)|Feedback als Kommentar",
        "Teilnehmer/in",
        "100,00",
    ),
    Site(
        "French",
        "Identifiant|Nom complet|Adresse de courriel|Statut|Note|Note maximale|La note peut être modifiée"
        "|Dernière modification (travail remis)|Dernière modification (note)|Feedback par commentaires",
        "Participant",
        "100,00",
    ),
    Site(
        "Spanish",
        "Identificador|Nombre completo|Correo|Estado|Calificación|Máxima|Puede cambiarse|Última modificación (entrega)"
        "|Última modificación (calificación)|Comentarios",
        "Participante ",
        "100,00",
    ),
    Site(
        "Italian",
        "Identificativo|Nome|Email|Stato|Valutazione|Massima|Modificabile|Ultima modifica (consegna)"
        "|Ultima modifica (valutazione)|Commenti",
        "Partecipante ",
        "100,00",
    ),
    Site(
        "Portuguese",
        "Identificador|Nome completo|E-mail|Estado|Nota|Máxima|Alterável|Última modificação (trabalho)"
        "|Última modificação (nota)|Comentários",
        "Participante",
        "100,00",
    ),
    Site(
        "Dutch",
        "ID|Volledige naam|E-mailadres|Status|Beoordeling|Maximum|Kan gewijzigd worden|Laatst gewijzigd (inzending)"
        "|Laatst gewijzigd (beoordeling)|Commentaar",
        "Deelnemer",
        "100,00",
    ),
    Site(
        "Polish, in words of ours",
        "Nr|Nazwisko|Poczta|Stan|Ocena|Maks.|Zmienna|Zmiana (praca)|Zmiana (ocena)|Uwagi",
        "Uczestnik ",
    ),
    Site(
        "Japanese",
        "識別番号|氏名|メール|状態|評点|最大評点|変更可|最終更新日時 (提出)|最終更新日時 (評定)|フィードバックコメント",
        "参加者",
    ),
    Site("Korean, in words of ours", "식별자|이름|전자우편|상태|성적|만점|변경|수정 (제출)|수정 (성적)|피드백", "참가자 "),
    Site("Chinese", "标识符|姓名|邮箱|状态|成绩|最高成绩|可修改|上次修改（作业）|上次修改（评分）|评语", "参与者"),
    Site(
        "blind, German",
        "ID|Status|Bewertung|Bestwertung|Bewertung kann geändert werden|Zuletzt geändert (Bewertung)|Feedback als Kommentar",
        "Teilnehmer/in",
        "100,00",
        2,
        6,
    ),
    Site("blind, Japanese", "識別番号|状態|評点|最大評点|変更可|最終更新日時 (評定)|コメント", "参加者", "100.00", 2, 6),
    Site("without comments", "Identifier|Full name|Email|Status|Grade|Max|Changes|Sent (last)|Marked (last)", "Participant ", comment=-1),
)
"""German, French and English as public programs read them from real worksheets; `Last modified (grade)` and the word for a participant as
Moodle's language packs have them for the others, whose further columns are in words of ours: nothing rests on a name.
"""


def sheet_of(site: Site) -> list[list[str]]:
    columns = site.columns.split("|")
    rows = [columns]
    for number, name in ((1023, "Anna Berg"), (1024, "Bo Cole")):
        cells = [f"{site.participant}{number}", name, f"{name[:2]}@x.example", "-"][: 2 if "blind" in site.language else 4]
        cells = [cells[0], "…"] if "blind" in site.language else cells
        rows.append([*cells, "", site.most, "+", *["-"] * (len(columns) - len(cells) - 3)])
        if site.comment >= 0:
            rows[-1][site.comment] = ""
    return rows


@pytest.mark.parametrize("site", SITES, ids=[site.language for site in SITES])
def test_moodles_worksheet_is_known_in_every_language_by_what_stands_in_it(site: Site, tmp_path: Path) -> None:
    with (tmp_path / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(sheet_of(site))
    roster = read_roster(tmp_path / "roster.csv")
    assert [one.participant for one in roster.learners] == ["1023", "1024"]
    assert roster.worksheet
    columns = site.columns.split("|")
    assert (roster.worksheet.grade, roster.worksheet.most) == (columns[site.grade], columns[site.grade + 1])
    assert roster.worksheet.comment == (columns[site.comment] if site.comment >= 0 else "")


@pytest.mark.parametrize(
    "table",
    [
        "id,name,class,year\nS001,Anna Berg,9b,2026\nS002,Bo Lee,9b,2026\n",
        "id,name,house,year,club\nS001,Anna Berg,1,2026,chess\nS002,Bo Lee,2,2026,tennis\n",
        "room,name,age,year,club\nA 1,Anna Berg,15,2026,chess\nA 1,Bo Lee,15,2026,tennis\n",
    ],
)
def test_a_teachers_own_table_is_no_worksheet_without_a_dated_column_after_the_points(table: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(table, encoding="utf-8")
    assert read_roster(tmp_path / "roster.csv").worksheet is None


def test_a_worksheet_with_a_scale_says_which_columns_were_seen(tmp_path: Path) -> None:
    rows = "ID,Bewertung,Skala,Zuletzt geändert (Bewertung),Kommentar\nTeilnehmer/in1,,nein ja,-,\nTeilnehmer/in2,,nein ja,-,\n"
    (tmp_path / "roster.csv").write_text(rows, encoding="utf-8")
    roster = read_roster(tmp_path / "roster.csv")
    assert roster.worksheet is None
    assert "no column for points" in roster.notes[0]
    assert "Bewertung, Skala, Zuletzt geändert (Bewertung)" in roster.notes[0]
    assert [one.participant for one in roster.learners] == ["1", "2"]
