import time

import pytest

from course_lib.authoring.source import read_source
from course_lib.classroom.answers import read_answers
from course_lib.classroom.side_by_side import side_by_side
from course_lib.classroom.similarity import similar_pairs
from course_lib.classroom.tokens import tokens_of, without_words
from tests.classroom.report_class import OWN, course_in, hand_in

RENAMED = (
    OWN.replace("doubled", "out")
    .replace("place", "i")
    .replace("entry", "e")
    .replace("    return", "\n    # !\n    return ")
)


@pytest.fixture
def course(tmp_path):
    """The small course."""
    return course_in(tmp_path)


def pairs(course, codes):
    """The pairs among answers to `double`."""
    (chapter,) = course.chapters
    return similar_pairs({name: {"double": code} for name, code in codes.items()}, read_source(chapter), chapter)


def variant(number):
    """An answer that nobody else would write."""
    steps = "".join(f"    x = x {'+-*'[number // 3**k % 3]} {number + k}.5\n" for k in range(9))
    return f"def double(x):\n{steps}    return x\n"


def others(count):
    """A class in which everybody writes something different."""
    return {f"s{number}": variant(number) for number in range(count)}


def words(code):
    """The normalised tokens without their places."""
    return [text for text, _ in tokens_of(code)]


def test_new_names_and_comments_hide_nothing(course):
    """Two answers that differ in names, layout and comments are a pair."""
    found = pairs(course, others(20) | {"ada": OWN, "bea": RENAMED})

    assert [(pair.students, pair.answers[0].share) for pair in found] == [(("ada", "bea"), 1.0)]


def test_different_work_is_no_pair(course):
    """A class in which everybody found another way has no pair."""
    assert pairs(course, others(40)) == ()


def test_what_everybody_writes_is_no_pair(course):
    """An answer that half of the class has says nothing about two of them."""
    common = {f"c{number}": OWN for number in range(15)}

    assert pairs(course, others(15) | common) == ()


@pytest.mark.parametrize("given", ["stub", "reference"])
def test_what_the_course_gives_is_no_pair(course, given):
    """The stub, and the reference's own way, may be in two submissions."""
    code = getattr(read_source(course.chapters[0]), given)("double")

    assert pairs(course, others(20) | {"ada": code, "bea": code}) == ()


def test_what_fewer_share_weighs_more(course):
    """The same code weighs less for each pair when four have it than when two have it."""
    two = pairs(course, others(30) | {"a": OWN, "b": OWN})
    four = pairs(course, others(30) | {"a": OWN, "b": OWN, "c": OWN, "d": OWN})

    assert len(four) in (0, 6)
    assert all(pair.weight < two[0].weight for pair in four)


def test_answers_are_found_in_notebooks_without_marks(course):
    """A cell belongs to the exercise that it defines, whatever happened to its id."""
    path = hand_in(course, "ada", double=OWN)
    path.write_text(path.read_text().replace('"grade_id": "double"', '"grade_id": "nothing"'))

    assert read_answers(course.root / "submitted", course.chapters[0])["ada"]["double"] == OWN


def test_an_unreadable_file_is_left_out(course):
    """One broken file does not take the comparison of the others away."""
    hand_in(course, "ada")
    hand_in(course, "broken").write_text("no notebook")

    assert read_answers(course.root / "submitted", course.chapters[0]).keys() == {"ada"}


def test_numbers_are_compared_as_values():
    """`2`, `2.` and `2.0` are the same number, and `3` is another."""
    assert words("x = 2") == words("y=2.0  # two") == words("z = 2.") != words("x = 3")


def test_docstrings_do_not_count():
    """A function with a docstring reads as the one without."""
    assert words('def f(x):\n    """Say\n    much."""\n    return x\n') == words("def f(x):\n    return x\n")


def test_library_names_stay():
    """What is called is not a matter of taste: `np.sum` is not `np.mean`."""
    assert words("np.sum(x)") != words("np.mean(x)")


@pytest.mark.parametrize("code", ['"\\' * 25_000, '"""' * 17_000, "(" * 50_000, "\\\n" * 25_000, "'''a\\"])
def test_hostile_code_is_read_in_a_moment(code):
    """No text makes the reader slow."""
    began = time.perf_counter()
    tokens_of(code)
    without_words(code)

    assert time.perf_counter() - began < 2.0


def test_lines_stand_beside_each_other():
    """Equal lines face each other, a line that only one has faces nothing, and each row says which it is."""
    rows = side_by_side("a = f(1)\nb = 2\nreturn a", "# mine\nc = f(1)\nreturn c", ["f"])

    assert [(row.left, row.right, row.same) for row in rows] == [
        ("", "# mine", True),
        ("a = f(1)", "c = f(1)", True),
        ("b = 2", "", False),
        ("return a", "return c", True),
    ]


def test_words_can_be_taken_out_of_code():
    """Comments and texts, in which names stand, go; the code stays."""
    code = 'x = "Ada"  # by Ada\n"""Ada\nwrote this."""\ny = f\'{x} Ada\'\n'

    assert without_words(code) == 'x = "…"\n"…"\ny = "…"\n'


def test_words_that_the_exercise_asks_for_stay():
    """A key that stands in the reference is nobody's name."""
    assert without_words('grads["W1"] = "Ada"', 'return {"W1": 1}') == 'grads["W1"] = "…"'
