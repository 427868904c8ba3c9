import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def no_figures():
    """Start and end without open figures."""
    plt.close("all")
    yield
    plt.close("all")


DRAW = "with demo('square'):\n    plt.figure()\n    plt.plot([1, 2], [square(1), square(2)])"


@pytest.fixture
def drawing(notebook):
    """A notebook that has Matplotlib."""
    notebook("import matplotlib.pyplot as plt")
    return notebook


def test_picture_of_a_function_that_works(drawing, capsys):
    """Where the function works, the picture stands and nothing is said."""
    drawing("def square(x):\n    return x * x")
    drawing(DRAW)

    assert plt.get_fignums() == [1]
    assert capsys.readouterr().out == ""


def test_picture_of_a_stub(drawing, capsys):
    """Where the function is not written, one line says when the picture will appear; no half figure is left."""
    drawing("def square(x):\n    raise NotImplementedError()")
    drawing(DRAW)

    assert plt.get_fignums() == []
    assert capsys.readouterr().out == "This picture appears once `square` works.\n"


def test_picture_of_a_function_that_is_not_there(drawing, capsys):
    """Where the cell has not run, the line says to run it."""
    drawing(DRAW)

    assert "`square` is not defined yet: run its cell first." in capsys.readouterr().out


def test_picture_of_a_function_that_stops(drawing, capsys):
    """Where the function stops with an error, the line names it and the student's own line."""
    drawing("def square(x):\n    return x / 0")
    drawing(DRAW)

    said = capsys.readouterr().out
    assert "`ZeroDivisionError`: division by zero" in said
    assert "Line 2 of the cell of `square`: `return x / 0`" in said


def test_picture_of_a_wrong_shape(drawing, capsys):
    """Where Matplotlib cannot draw what came back, the line names the error, without the locked cell's own lines."""
    drawing("def square(x):\n    return [1, 2, 3]")
    drawing("with demo('square'):\n    plt.plot([1, 2], square(1))")

    said = capsys.readouterr().out
    assert "`ValueError`: x and y must have same first dimension" in said
    assert "Line" not in said


def test_earlier_figures_stay(drawing):
    """Only figures of the block are closed."""
    kept = plt.figure()
    drawing("def square(x):\n    raise NotImplementedError()")
    drawing(DRAW)

    assert plt.get_fignums() == [kept.number]


def test_interrupt_passes(drawing):
    """Kernel → Interrupt ends a long picture as it ends any cell."""
    with pytest.raises(KeyboardInterrupt):
        drawing("with demo('square'):\n    raise KeyboardInterrupt")
