import pytest

from autograder.ch03_tools import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_function_of_the_book(student):
    """The slope that the book asks for comes out, at a float and at a whole number.

    Only floats have gradients, so make one of x. And what comes back is a number, not a tensor that holds one.
    """
    for x in (2.0, 2):
        slopes = student.run(probes.slopes, "cubic", [3, 2, -5, 7], [x])

        oracles.demand_slopes(slopes, [39.0])


def test_cubics(student, rng):
    """The slopes of random cubics are right, at random places and at whole numbers.

    `y.backward()` leaves the slope in the `grad` of the tensor that you began with.
    """
    for _ in range(3):
        cubic = rng.uniform(-3, 3, size=4).tolist()
        for x in (float(rng.uniform(-2, 2)), int(rng.integers(-4, 5)), 0):
            expected, size = oracles.slope("cubic", cubic, x)

            slope = student.run(probes.slope_by_keyword, "cubic", cubic, x)
            assert_close(slope, expected, rtol=1e-5, atol=1e-5 * size, name="slope")


def test_functions_of_torch(student, rng):
    """The slopes of sines, exponentials, logarithms and hyperbolic tangents are right, with a part that is cut off.

    The chain rule is PyTorch's business: hand it a tensor, and take its answer. What `detach` cuts off is constant.
    """
    for kind in oracles.KINDS:
        size, x = float(rng.uniform(0.5, 2)), float(rng.uniform(-1.5, 1.5))
        for rate in (size, -size):
            slope = student.run(probes.slope_by_keyword, kind, [rate], x)

            assert_close(slope, oracles.slope(kind, [rate], x)[0], rtol=1e-5, atol=1e-5 * size, name="slope")


def test_functions_with_loops_and_branches(student, rng):
    """Functions with loops and branches have the slope of the way that was really taken.

    The record holds what happened for this x. Call the function once, then walk back.
    """
    times = int(rng.integers(2, 5))
    places = (rng.choice([-1, 1], size=4) * rng.uniform(0.51, 0.59, size=4)).tolist()

    slopes = student.run(probes.folded_slopes, times, places)

    oracles.demand_slopes(slopes, [oracles.folded_slope(times, x) for x in places])


def test_asking_again(student, rng):
    """Every call gives the slope for that call alone, at the same place and at others.

    `backward` adds to what is in `grad` already. A fresh tensor has nothing in it.
    """
    rate, x, other = (float(number) for number in rng.uniform(0.5, 1.5, size=3))
    places = [x, x, other, x]

    slopes = student.run(probes.slopes, "exp", [rate], places)

    expected = [oracles.slope("exp", [rate], place)[0] for place in places]
    oracles.demand_slopes(slopes, expected)


def test_autograd_and_no_measuring(student, rng):
    """What is cut off by `detach` counts as constant, and at a kink the slope is the one that PyTorch takes.

    A measured slope moves every x that there is. Autograd follows the record.
    """
    rate, x = float(rng.uniform(0.5, 2)), float(rng.uniform(1, 2))

    assert_close(student.run(probes.slope_with_a_cut, rate, x), rate * x**2, rtol=1e-5, name="slope")
    assert_close(student.run(probes.slope_at_a_kink, rate), 0.0, atol=1e-12, name="slope")


def test_inside_no_grad(student, rng):
    """It works while the caller has switched recording off, and leaves the switch as it was.

    `with torch.enable_grad():` restores at its end what was before; `torch.set_grad_enabled(True)` does not.
    """
    rate, x = float(rng.uniform(0.5, 2)), float(rng.uniform(-1, 1))

    slopes, recording = student.run(probes.slopes_around_no_grad, "exp", [rate], x)

    expected = oracles.slope("exp", [rate], x)[0]
    oracles.demand_slopes(slopes, [expected, expected])
    if recording != [False, True, True]:
        fail("The caller's switch for recording is not as it was.")


def test_one_number_in_a_table(student, rng):
    """One number is one number, however many axes of length 1 are around it.

    Ask how many entries there are (`numel`), not whether there are axes.
    """
    rate, x = float(rng.uniform(0.5, 2)), float(rng.uniform(-1, 1))

    for axes in (1, 2):
        slope = student.run(probes.slope_in_one_entry, "sin", [rate], x, axes)

        assert_close(slope, oracles.slope("sin", [rate], x)[0], rtol=1e-5, atol=1e-5, name="slope")


@pytest.mark.supporting
def test_refuses_functions_of_many_values(student, rng):
    """A function that returns several numbers is refused, and the shape of what it returned is shown.

    Many numbers have many slopes. Look at the shape before you walk back.
    """
    n, m = oracles.sizes(rng, 2)

    for shape, shown in (((n, m), f"{n}, {m}"), ((1, m), f"1, {m}"), ((n,), n)):
        with refuses("f", shown=shown):
            student.run(probes.slope_of_shape, shape)


@pytest.mark.supporting
def test_refuses_functions_of_no_value(student, rng):
    """A function that returns an array without entries is refused as well, and its shape is shown.

    Exactly one number is asked for; none is as bad as two.
    """
    n = int(rng.integers(2, 9))

    for shape, shown in (((n, 0), f"{n}, 0"), ((0,), 0)):
        with refuses("f", shown=shown):
            student.run(probes.slope_of_shape, shape)
