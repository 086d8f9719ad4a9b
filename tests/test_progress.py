"""Where a learner stands, what comes back, and the ways through the course."""

import json
import re
from pathlib import Path

import pytest
from learners import do, lesson

from dateline import bank
from dateline.answers import attempts
from dateline.authoring.notebooks import notebook_files
from dateline.evidence import survey
from dateline.faults import CourseError
from dateline.folders import course_folder
from dateline.learner.progress import HINT_COST, RECENT, chosen_route, load_skills, next_step, skills, states
from dateline.learner.record import stems
from dateline.learner.review import due
from dateline.learner.routes import load_routes
from dateline.learner.rubric import load_rubric, points
from dateline.lesson import COME_BACK

LESSONS = {stem.lesson.lesson: stem for stem in stems()}


def test_every_lesson_is_on_the_long_path_once_with_its_own_minutes() -> None:
    steps = load_routes()["alone"].steps
    assert [step.lesson for step in steps] == sorted(step.lesson for step in steps)
    for step in steps:
        assert step.minutes == LESSONS[step.lesson].lesson.minutes
    reached = {name for step in steps for name in (step.lesson, *step.instead)}
    assert reached | {"0", "6.0"} == set(LESSONS)


def test_the_class_does_every_lesson_in_session_or_at_home() -> None:
    route = load_routes()["class"]
    assert [part.minutes for part in route.part] == [0, *[50] * 6]
    reached = {name for step in route.steps for name in (step.lesson, *step.instead)}
    assert reached >= {name for name in LESSONS if name not in ("0", "6.0", "6.2", "6.3")} - {""}
    assert sum(step.minutes for step in load_routes()["newsroom"].steps) == 90


def test_a_path_whose_minutes_do_not_add_up_is_told(small_course: object, tmp_path: object) -> None:
    root = small_course({})  # type: ignore[operator]
    (root / "data" / "paths.toml").write_text(
        '[a]\ntitle = "A"\nminutes = 20\npart = [{title = "p", minutes = 20, steps = [{lesson = "1", minutes = 15}]}]\n'
    )
    with pytest.raises(CourseError, match=r"paths.toml:4: p: its steps add up to 15 minutes, stated are 20"):
        load_routes()


def test_a_notebook_states_the_minutes_of_its_lesson_and_is_named_as_its_questions() -> None:
    for path in notebook_files("notebooks"):
        stem = next(stem for stem in stems() if stem.name == path.stem)
        stated = re.search(r"\*\*Time:\*\* (\d+) minutes", path.read_text(encoding="utf-8"))
        assert stated
        if stem.lesson.minutes:
            assert int(stated[1]) == stem.lesson.minutes, path.name


def test_every_question_names_a_skill_that_has_a_name() -> None:
    known = set(load_skills()) | {"tour", "recall", "tags", "brief", "rating"}
    assert {question.skill for stem in stems() for question in stem.lesson.question} <= known
    assert all(entry.lesson in LESSONS for entry in load_skills().values())


def test_the_map_follows_the_answers() -> None:
    route = load_routes()["alone"]
    before = states(route)
    assert next_step(before) == before[0]
    assert sum(state.left for state in before) == route.minutes
    do("0.1")
    do("0.2", lambda question, key: "fine")
    after = states(route)
    assert [state.left for state in after[:2]] == [0, 0]
    coming = next_step(after)
    assert coming
    assert (coming.lesson, coming.notebook) == ("1.1", "11-who-is-speaking.ipynb")
    attempts.save(attempts.open_exercise("predict-quotation"), "heard")
    begun = next(state for state in states(route) if state.lesson == "1.1")
    assert begun.done == 1
    assert 0 < begun.left < begun.minutes


def test_one_capstone_of_three_is_enough() -> None:
    do("6.2")
    stem = lesson("6.2")
    rating = next(question for question in stem.lesson.question if question.unmarked)
    attempts.save(attempts.open_exercise(rating.id), {"sourcing": "2"})
    state = next(state for state in states(load_routes()["alone"]) if state.lesson.startswith("6"))
    assert (state.lesson, state.left) == ("6.2", 0)


def test_the_path_is_chosen_on_a_card_and_a_bad_choice_changes_nothing() -> None:
    assert chosen_route() == "alone"
    attempts.save(attempts.open_exercise("path"), "newsroom")
    assert chosen_route() == "newsroom"
    attempts.save(attempts.open_exercise("path"), "by air")
    assert chosen_route() == "newsroom"  # what is no way does not replace one
    attempts.start_over(attempts.open_exercise("path"))
    attempts.save(attempts.open_exercise("path"), "by air")
    assert chosen_route() == "alone"


def skill(name: str) -> object:
    return next(one for one in skills() if one.name == load_skills()[name].name)


def test_mastery_needs_five_questions_two_texts_and_no_belief_twice() -> None:
    assert skill("grading").mastery == "too early to say"  # type: ignore[attr-defined]
    do("5.1")
    names = [stem for stem in LESSONS if stem[0] in "1234"]
    for name in names:
        do(name)
    strong = [one for one in skills() if one.mastery == "secure"]
    assert len(strong) >= 8
    assert all(one.count >= RECENT for one in strong)


def test_hints_lower_mastery_and_never_the_score() -> None:
    for question in lesson("4.4").lesson.question:
        for _ in question.hints:
            attempts.hint(attempts.open_exercise(question.id), None)
    do("4.4")
    found = skill("causes")
    assert found.mastery == "under way"  # type: ignore[attr-defined]
    assert f"{100 * (1 - 3 * HINT_COST):.0f} %" in found.why  # type: ignore[attr-defined]
    verdict = attempts.check(attempts.open_exercise("l44-exit"), attempts.saved_answer(attempts.open_exercise("l44-exit")).value)
    assert verdict["feedback"]["verdict"].startswith("Right")  # type: ignore[index]


def test_who_takes_every_lesson_and_every_card_meets_each_once_in_its_turn() -> None:
    order = list(LESSONS)
    asked = {question.id: (stem.lesson.lesson, question.recalls) for stem in stems() for question in stem.lesson.question}
    met: dict[str, list[str]] = {}
    for number in [name for name in order if name > "1" and name not in ("6.2", "6.3")]:
        on_page = due(COME_BACK, number) if f'review("{number}")' in pages()[number] else []
        for name in on_page:
            of, recalled = asked[name]
            assert order.index(of) < order.index(number), "never one of a lesson not yet taken"
            met.setdefault(recalled, []).append(number)
            exercise = attempts.open_exercise(name)
            attempts.check(exercise, exercise.question.choices[0].id)  # type: ignore[attr-defined]
        assert not set(on_page) & set(due(COME_BACK, number)), "never the same words twice"
        do(number)
    first = {recalled: asked[recalled][0] for recalled in met}
    assert len(met) == 31
    late = [recalled for recalled, pages_met in met.items() if pages_met[0] != order[order.index(first[recalled]) + 1]]
    assert late == [], "each comes for the first time in the very next lesson"
    second = {recalled: pages_met[1][0] for recalled, pages_met in met.items() if len(pages_met) > 1}
    in_next_module = [recalled for recalled, module in second.items() if module == str(int(first[recalled][0]) + 1)]
    assert set(met) - set(in_next_module) == {"l51-exit"}, "each comes again in the next module; module 6 has no cards"


def test_at_the_end_every_card_that_is_left_comes_and_then_no_more() -> None:
    for number in LESSONS:
        do(number)
    seen: list[str] = []
    while names := due(COME_BACK, "7.2"):
        seen += names
        for name in names:
            exercise = attempts.open_exercise(name)
            attempts.check(exercise, "anything")
            attempts.check(exercise, exercise.question.choices[0].id)  # type: ignore[attr-defined]
    variants = {question.id for stem in stems() for question in stem.lesson.question if question.beat == "review"}
    assert len(seen) == len(set(seen)) == 93
    assert set(seen) == variants


def pages() -> dict[str, str]:
    """What the code cells of each lesson's page say."""
    found = {}
    for path in notebook_files("notebooks"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        number = next(stem.lesson.lesson for stem in stems() if stem.name == path.stem)
        found[number] = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return found


def test_cards_come_back_on_every_lesson_but_the_first_under_its_own_name_and_once() -> None:
    calls = {number: re.findall(r"(?m)^review\(.*\)$", code) for number, code in pages().items()}
    assert {number for number, found in calls.items() if found} == {"0", "7.2"} | {name for name in LESSONS if "1.1" < name < "6"}
    assert all(found == [f'review("{number}")'] for number, found in calls.items() if found and number != "0")
    assert calls["0"] == ["review()"]


def test_the_rubric_adds_up_and_its_exemplars_stand_apart() -> None:
    rubric = load_rubric()
    assert sum(one.points for one in rubric.criterion) == 100
    totals = [points(rubric, one.reached) for one in rubric.exemplar]
    assert totals == sorted(totals)
    assert totals[0] < 30
    assert 50 < totals[1] < 80
    assert totals[2] == 100


def test_the_bank_is_large_enough_and_every_module_has_a_door() -> None:
    assert sum(len(stem.lesson.question) for stem in stems()) >= 200
    for stem in stems():
        assert (course_folder() / "notebooks" / f"{stem.name}.ipynb").is_file()


def test_what_names_lead_to_is_looked_at_once_for_all_lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    tables = survey.tables()
    monkeypatch.setattr(survey, "tables", lambda: looked.append(tables[0]) or tables)  # type: ignore[func-returns-value]
    assert [stem.lesson.lesson for stem in bank.load_stems()] == [stem.lesson.lesson for stem in LESSONS.values()]
    assert len(looked) == 1
