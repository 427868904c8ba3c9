from course_lib.authoring.scaffold import new_exercise
from course_lib.authoring.verify import begin_proofs
from course_lib.catalog import Exercise, Limits
from course_lib.grading.pool import judge_pool

CHAPTER = '\n[[chapter]]\nname = "ch02_new"\ntitle = "New"\nbook = "2"\nminutes = 5\n'


def test_a_fresh_exercise_is_refused_by_verify(tiny, monkeypatch):
    """No template is ever called done: its lines are named, and its reference gets no marks."""
    tiny.write("autograder/__init__.py", '"""What is checked."""\n')
    monkeypatch.syspath_prepend(str(tiny.root))  # suites import their oracles from the package `autograder`
    tiny.write("course.toml", tiny.course.manifest.read_text(encoding="utf-8") + CHAPTER)
    new_exercise(tiny.course, Exercise("triple", "Thrice", "code", 2.0, Limits(), "ch02_new", tiny.root)).write()

    with judge_pool(tiny.root, 1) as pool:
        (pending,) = begin_proofs([tiny.course.chapter("ch02")], pool)
        problems = pending.proof().problems

    assert any("test_triple.py:6: TO BE WRITTEN: what holds, as a sentence for students" in line for line in problems)
    assert any("reference" in line and "triple" in line for line in problems)
    assert any("there is no release; run: course build ch02_new" in line for line in problems)
