import json

from course_lib.authoring import read_source, release
from course_lib.authoring.leaks import leaks
from course_lib.authoring.unwritten import unwritten


def released_cells(chapter):
    """The cells that students receive, by their id."""
    notebook = json.loads(chapter.release.read_text(encoding="utf-8"))
    return {cell["id"]: cell for cell in notebook["cells"]}


def test_the_committed_release_is_current(course, chapter):
    """Every byte is what a build makes of the sources now; if not: `course build`."""
    assert release.stale(course, chapter) == ()


def test_every_release_belongs_to_a_chapter(course):
    """A chapter that was renamed or removed takes its release with it."""
    assert release.orphans(course) == ()


def test_no_secret_is_released(course):
    """No solution, rubric, hidden suite, oracle or bank is anywhere in assignments/."""
    assert leaks(course) == ()


def test_no_template_is_left(chapter):
    """What `course new-exercise` wrote has been replaced by an exercise, line by line."""
    assert unwritten(chapter) == ()


def test_our_stub_is_the_cell_that_nbgrader_made(chapter):
    """The grader finds untouched answers by comparing with `stub`."""
    source, cells = read_source(chapter), released_cells(chapter)

    for slug in source.slugs:
        assert "".join(cells[slug]["source"]) == source.stub(slug), slug


def test_points_in_the_notebook_are_those_of_the_manifest(chapter):
    """The gradebook adds up what the manifest promises."""
    metadata = [cell["metadata"]["nbgrader"] for cell in released_cells(chapter).values()]
    points = {cell["grade_id"].removesuffix("__check"): cell["points"] for cell in metadata if cell["grade"]}

    assert points == {exercise.slug: exercise.points for exercise in chapter.exercises}


def test_no_output_is_released(chapter):
    """Students see what their own code does."""
    for cell in released_cells(chapter).values():
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
