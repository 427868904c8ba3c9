import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from course_lib.classroom import class_page as page_module
from course_lib.classroom.class_page import class_page
from course_lib.classroom.class_report import make_report
from course_lib.classroom.ledger import Entry
from course_lib.classroom.pictures import exercise_dots, in_words, score_bars, seconds_scale
from course_lib.classroom.pseudonyms import KEY, pseudonyms
from course_lib.cli import app
from tests.classroom.report_class import HOSTILE, OWN, course_in, failed, hand_in, left_out, passed, remember, verdict

WHEN = datetime(2026, 11, 2, tzinfo=UTC)
VOID = {"meta", "rect", "line", "circle"}
COPIED = OWN.replace("doubled", "result").replace(
    "\n    return", f'\n    # {HOSTILE} by ada_lovelace\n    "{HOSTILE}"\n    return'
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The small course with a class of fourteen: good, mistaken, idle, broken and hostile; a pair among them."""
    course = course_in(tmp_path)
    entries = [verdict(f"s{n:02}", double=n % 5, scale=n % 4) for n in range(9)]
    entries += [verdict("ada_lovelace"), verdict("bea"), verdict("carl", failed("squares", "timeout"), double=0.0)]
    entries += [left_out(HOSTILE.replace("/", "|")), Entry("zoe", "key", None, f"zoe's {HOSTILE} is not a notebook.")]
    remember(course, entries)
    for entry in entries:
        steps = "".join(f"    x = x {'+-*'[ord(letter) % 3]} {ord(letter)}.5\n" for letter in entry.student * 4)
        own = f"def double(x):\n{steps}    return x\n"
        hand_in(course, entry.student, double={"ada_lovelace": OWN, "bea": COPIED}.get(entry.student, own))
    hand_in(course, "idle", chapter="ch99_other")
    monkeypatch.chdir(tmp_path)
    return course


def page(course, **choices):
    """The page about the class."""
    return class_page(make_report(course, course.chapters[0], **choices), WHEN)


def course_command(*arguments):
    """Run `course` with arguments."""
    return CliRunner().invoke(app, arguments)


class Reader(HTMLParser):
    """Collects tags, attributes and text, and demands that every tag is closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the innermost tag."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        self.text += data


def read(html):
    """The page as a browser sees it."""
    reader = Reader()
    reader.feed(html)
    return reader


def test_every_tag_is_closed(course):
    """The page is well formed whatever stands in it."""
    assert read(page(course)).open == []


def test_nothing_of_a_student_is_markup(course):
    """Names, problems and code that hold HTML are shown as text; the page has no script at all."""
    reader = read(page(course))

    assert "script" not in reader.tags
    assert HOSTILE in reader.text
    assert not [name for name, _ in reader.attributes if name.startswith("on")]


def test_the_page_needs_no_network(course):
    """Nothing is loaded from anywhere, and a policy forbids it."""
    html = page(course)

    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|https?://", html)
    assert "default-src 'none'" in html


def test_no_message_of_a_hidden_test_is_shown(course):
    """Of a hidden test the page has the title, and neither its code nor what it said to a student."""
    text = read(page(course)).text

    assert "Every entry is doubled." in text
    assert "expected" not in text
    assert "assert_close" not in text


def test_similar_work_is_no_verdict(course):
    """The pair stands side by side, below a sentence that says what it is not."""
    text = read(page(course)).text

    assert re.search(r"ada_lovelace\s+and\s+bea", text)
    assert re.search(r"is no verdict", text)
    assert not re.search(r"(?i)cheat|plagiar|copied from", text)


def test_without_names_nobody_is_named(course):
    """With pseudonyms, neither a name nor a comment in code tells who somebody is."""
    text = read(page(course, names=False)).text

    assert not [name for name in ("ada_lovelace", "bea", "carl", "zoe", "idle") if re.search(rf"\b{name}\b", text)]
    assert len(set(re.findall(r"Student [A-Z2-7]{6}", text))) >= 5


def test_pseudonyms_are_stable(course):
    """A student has the same pseudonym in every report of the course."""
    one = pseudonyms(course.root, ["ada", "bea"])

    assert pseudonyms(course.root, ["carl", "bea", "ada"]).items() >= one.items()


def test_pseudonyms_need_the_key(course):
    """Whoever has the list of names but not the key finds other pseudonyms."""
    one = pseudonyms(course.root, ["ada"])
    (course.root / KEY).unlink()

    assert pseudonyms(course.root, ["ada"]) != one


def test_the_key_is_for_its_owner(course):
    """Nobody else on the machine reads the key of the pseudonyms."""
    pseudonyms(course.root, [])

    assert (course.root / KEY).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("waiting", "written answers wait for a person"),
        ("unusable", "1 submission could not be graded"),
        ("missing", "1 student has handed in nothing"),
        ("mistake", "1 student makes the same mistake in Double: squares"),
        ("pairs", "1 pair of submissions to look at"),
    ],
)
def test_what_asks_for_a_person_stands_on_top(course, sentence, words):
    """The first list of the page says what there is to do."""
    top = read(page(course).partition('id="scores"')[0]).text

    assert words in top, sentence


def test_an_exercise_that_does_not_separate_is_named():
    """Words go with the figure, for those who do not see the colour."""
    words = [page_module.separates(value) for value in (None, -0.2, 0.2, 0.5)]

    assert words == ["no figure", "look at it", "weak", "good"]


def test_the_command_writes_a_page(course):
    """`course report` says where the page lies."""
    result = course_command("report", "ch00")
    path = course.root / "build" / "report" / "ch00_mini.html"

    assert (result.exit_code, path.is_file()) == (0, True)
    assert str(path) in result.stdout.replace("\n", "")


def test_the_command_without_verdicts_is_a_sentence(tmp_path, monkeypatch):
    """Where nothing is graded, the exit status is 2 and no page is written."""
    course_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = course_command("report", "ch00")

    assert (result.exit_code, "grade-class" in result.stderr, (tmp_path / "build").exists()) == (2, True, False)


@pytest.mark.usefixtures("course")
def test_json_holds_the_figures():
    """With `--json` a machine reads what the page says, and names can be left out there too."""
    result = course_command("report", "ch00", "--json", "--no-names")
    data = json.loads(result.stdout)

    assert data["format"] == "class-report/1"
    assert [len(pair["students"]) for pair in data["similar_work"]] == [2]
    assert not re.search(r"ada_lovelace|\bbea\b|\bzoe\b", result.stdout)


def test_a_class_of_one_has_a_page(tmp_path):
    """The smallest class is no special case."""
    course = course_in(tmp_path)
    remember(course, [verdict("ada")])

    assert "1 of 1" in re.sub(r"\s+", " ", read(page(course)).text)


def test_a_class_in_which_nothing_could_be_graded_has_a_page(tmp_path):
    """Where every file is unusable, the page says so instead of failing."""
    course = course_in(tmp_path)
    remember(course, [Entry("ada", "key", None, "ch00_mini.ipynb is empty.")])

    assert "ch00_mini.ipynb is empty." in read(page(course)).text


def test_bars_hold_the_whole_class():
    """The bars of the scores count every student, and the highest fills the picture."""
    bars = score_bars([0.0, 0.5, 0.52, 1.0], 400, 100)

    assert sum(bar.count for bar in bars) == 4
    assert max(bar.height for bar in bars) == 100


def test_dots_do_not_cover_each_other(course):
    """Exercises with equal figures are drawn beside each other."""
    entries = [verdict(f"t{n}", double=2.0 * (n % 3), scale=1.5 * (n % 3), fact=n % 3) for n in range(12)]
    remember(course, entries)
    dots = exercise_dots(make_report(course, course.chapters[0]).figures, 400, 200)
    near = [(a, b) for a in dots for b in dots if a.number < b.number and abs(a.x - b.x) + abs(a.y - b.y) < 12]

    assert len(dots) >= 2
    assert near == []


def test_times_lie_on_a_scale_of_decades():
    """Ten times as long is one step to the right, and no time at all counts as a millisecond."""
    scale = seconds_scale([0.0, 0.01, 0.1], 200)

    assert scale.places == pytest.approx((0, 100, 200))
    assert [words for _, words in scale.marks] == ["1 ms", "10 ms", "100 ms"]


@pytest.mark.parametrize(("seconds", "words"), [(0.0123, "12.3 ms"), (2.5, "2.5 s"), (90, "1.5 min")])
def test_times_are_told_in_a_fitting_unit(seconds, words):
    """Milliseconds, seconds and minutes are each written as such."""
    assert in_words(seconds) == words


def test_the_slowest_are_named(course):
    """Who used most time stands in the list of the slowest."""
    remember(course, [verdict("snail", passed(seconds=99.0))])

    assert "snail: 1.65 min" in read(page(course)).text
