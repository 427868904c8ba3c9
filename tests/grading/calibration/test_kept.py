import math

import pytest

from course_lib.grading.calibration.kept import Kept


def test_runs_survive_on_disk(tmp_path):
    """By what they depend on; a run without a result too."""
    kept = Kept(tmp_path, "ch00")
    kept.runs(code="a").add([0, 1], [0.5, -math.inf], seconds=3.0)
    kept.write()
    again = Kept(tmp_path, "ch00")

    assert again.runs(code="a").first(2) == [0.5, -math.inf]
    assert again.runs(code="a").seconds == {0: 1.5, 1: 1.5}
    assert again.runs(code="b").results == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"key": 3}', '{"key": [[1]]}'])
def test_a_damaged_file_counts_as_none(tmp_path, text):
    """Its runs are made again."""
    Kept(tmp_path, "ch00").write()
    (tmp_path / ".course/cache/calibration-ch00.json").write_text(text)

    assert Kept(tmp_path, "ch00").runs(code="a").results == {}
