"""Dates, times, durations, what recurs, quantities and hedges: what a reader would mark, and what looks like it and is not."""

import pytest

from dateline.texts.marker import mark

TIMES: tuple[tuple[str, str, list[str]], ...] = (
    ("It sank on 14 May 2031.", "date", ["14 May 2031"]),
    ("It sank on May 14, 2031.", "date", ["May 14, 2031"]),
    ("It runs from June 12 to 13.", "date", ["June 12 to 13"]),
    ("The logs for 7 and 9 May are gone.", "date", ["7 and 9 May"]),
    ("It runs from 11 to 19 August.", "date", ["11 to 19 August"]),
    ("It sank on 2031-05-06.", "date", ["2031-05-06"]),
    ("It sank on 10/26/89.", "date", ["10/26/89"]),
    ("They met at 17:30 GMT on Friday.", "date", ["17:30 GMT on Friday"]),
    ("They met at 4.30 p.m. on Friday.", "date", ["4.30 p.m. on Friday"]),
    ("It came at 0342 GMT.", "date", ["0342 GMT"]),
    ("It came at 10:12 local time.", "date", ["10:12 local time"]),
    ("It sank late on Thursday.", "date", ["late on Thursday"]),
    ("In the past week it sank.", "date", ["the past week"]),
    ("It sank three hours later.", "date", ["three hours later"]),
    ("It was built in Juche 120.", "date", ["Juche 120"]),
    ("It was built in the 1990s.", "date", ["the 1990s"]),
    ("It is now at sea.", "date", ["now"]),
    ("It sails in the third quarter.", "date", ["the third quarter"]),
    ("It sank months ago.", "date", ["months ago"]),
    ("It flew at Mach 5.20 and cost $17.50; the quake was 4.10.", "date", []),
    ("It may sink.", "date", []),
    ("The 4th Flotilla sails.", "date", []),
    ("It burnt for 40 minutes.", "duration", ["40 minutes"]),
    ("He served for two and a half years.", "duration", ["two and a half years"]),
    ("It was a five-year plan.", "duration", ["five-year"]),
    ("It spoke for almost an hour.", "duration", ["almost an hour"]),
    ("A reply came within days.", "duration", ["days"]),
    ("The 34-year-old pilot fell.", "duration", []),
    ("It drills every Monday.", "set", ["every Monday"]),
    ("It drills twice a year.", "set", ["twice a year"]),
    ("It is done almost daily.", "set", ["almost daily"]),
    ("The party daily wrote.", "set", []),
)
NUMBERS: tuple[tuple[str, list[str]], ...] = (
    ("It has 148 officers.", ["148"]),
    ("It weighs about 4,200 tonnes.", ["about 4,200 tonnes"]),
    ("It cost $17.50.", ["$17.50"]),
    ("It sold 2.5 million shares.", ["2.5 million"]),
    ("It fell by 40 per cent.", ["40 per cent"]),
    ("It has between 20 and 30 warheads.", ["between 20 and 30"]),
    ("A dozen ships sailed.", ["A dozen"]),
    ("At least six sank.", ["At least six"]),
    ("The 34-year-old pilot fell.", ["34-year-old"]),
    ("The carrier CVN 69 met the cruiser CG 60.", []),
    ("File 230319 is shut.", []),
    ("The year 1388 is meant.", []),
    ("It lasted from 2027 to 2031.", []),
    ("Between 2027 and 2031 it grew.", []),
    ("One of the ships sank.", []),
    ("No. 3 Dock is shut.", []),
    ("It sank at 17:30.", []),
)
HEDGES: tuple[tuple[str, str, list[str]], ...] = (
    ("The boat reportedly sank.", "evidential", ["reportedly"]),
    ("It is widely believed that it sank.", "evidential", ["It is widely believed that"]),
    ("The boat is said to be fast.", "evidential", ["is said to"]),
    ("There is no evidence that it sank.", "evidential", ["There is no evidence that"]),
    ("It is not yet known who did it.", "evidential", ["is not yet known"]),
    ("It could not be independently verified.", "evidential", ["could not be independently verified"]),
    ("The so-called volunteers left.", "evidential", ["so-called"]),
    ("It is known.", "evidential", []),
    ("It will probably sail.", "epistemic", ["probably"]),
    ("It may sail.", "epistemic", ["may"]),
    ("The boats are expected to sail.", "epistemic", ["are expected to"]),
    ("It appears to sink.", "epistemic", ["appears to"]),
    ("A crane appears in the photo.", "epistemic", []),
    ("Military might decided it.", "epistemic", []),
    ("The captain could see the light.", "epistemic", []),
    ("It sailed in May.", "epistemic", []),
    ("Tellingly, no place was named.", "stance", ["Tellingly"]),
    ("Roe insisted it sank.", "stance", ["insisted"]),
    ("Roe said it sank.", "stance", []),
)


def marked(words: str, kind: str) -> list[str]:
    return [words[hit.start : hit.end] for hit in mark(words).hits if hit.cue.kind == kind]


@pytest.mark.parametrize(("words", "kind", "found"), TIMES)
def test_times(words: str, kind: str, found: list[str]) -> None:
    assert marked(words, kind) == found


@pytest.mark.parametrize(("words", "found"), NUMBERS)
def test_quantities(words: str, found: list[str]) -> None:
    assert marked(words, "number") == found


@pytest.mark.parametrize(("words", "kind", "found"), HEDGES)
def test_hedges(words: str, kind: str, found: list[str]) -> None:
    assert marked(words, kind) == found


@pytest.mark.parametrize(
    ("words", "quotations"),
    [
        ('"We wait," he said.', [["We wait,"]]),
        ("“We wait,” he said.", [["We wait,"]]),
        ("„Wir warten“, sagte er.", [["Wir warten"]]),
        ("« Nous attendons », dit-il.", [["Nous attendons"]]),
        ("He said: 'We see you.'", [["We see you."]]),
        ("He said: “I told him ‘go home’ and he went.”", [["I told him ‘go home’ and he went."]]),
        ("「行く。」と述べた。", [["行く。"]]),
        ("“One.\n“Two.”", [["One.", "Two."]]),
        ("“One never ends.\nTwo begins.", [["One never ends."]]),
        ("The states' ships and the crew's hats.", []),
        ('A 6\'2" guard and 3" of steel.', []),
        ("It was rock 'n' roll in the '90s.", []),
        ("He said 'the sailors' boats' were lost.", [["the sailors' boats"]]),
    ],
)
def test_quotations(words: str, quotations: list[list[str]]) -> None:
    found = [[words[piece.inner_start : piece.inner_end] for piece in one.pieces] for one in mark(words).quotations]
    assert found == quotations
