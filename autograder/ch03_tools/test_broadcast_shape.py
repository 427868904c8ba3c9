import pytest

from autograder.ch03_tools import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_shapes_of_equal_length(student, rng):
    """With equally many axes, equal sizes stay and a 1 becomes the other size.

    Go through the two shapes position by position. Which of the two sizes is left?
    """
    n, m, k = oracles.sizes(rng, 3)
    pairs = [((n, m), (n, m)), ((n, 1), (n, m)), ((1, m), (n, 1)), ((1,), (k,)), ((n, 1, k), (1, m, 1)), ((1,), (1,))]

    results = student.run(probes.shapes_of_pairs, pairs)

    expected = [oracles.broadcast_shape(a, b) for a, b in pairs]
    oracles.demand_shapes(results, expected)
    oracles.demand_own_rule(student)


def test_shapes_of_different_length(student, rng):
    """A shorter shape is filled up on the left, whichever of the two it is.

    Write the shapes below each other, the last sizes aligned.
    """
    n, m, k = oracles.sizes(rng, 3)
    shorter = [((n, m), (m,)), ((k, n, m), (n, m)), ((k, n, m), (n, 1)), ((k, 1, m), (n, 1)), ((n, n, m), (m,))]
    pairs = shorter + [(b, a) for a, b in shorter]

    results = student.run(probes.shapes_of_pairs, pairs)

    expected = [oracles.broadcast_shape(a, b) for a, b in pairs]
    oracles.demand_shapes(results, expected)
    oracles.demand_own_rule(student)


def test_single_numbers(student, rng):
    """The empty shape of a single number fits with every shape.

    Nothing to compare is nothing that could disagree. What does your loop do with an empty tuple?
    """
    shape = tuple(oracles.sizes(rng, 3))
    pairs = [(shape, ()), ((), shape), ((), (1,)), ((), ())]

    results = student.run(probes.shapes_of_pairs, pairs)

    oracles.demand_shapes(results, [list(shape), list(shape), [1], []])
    oracles.demand_own_rule(student)


def test_axes_without_entries(student, rng):
    """A size of 0 fits with 0 and with 1, and the result is 0.

    The larger size is not always the right one, and 0 is not a sign for "nothing there".
    """
    n, m = oracles.sizes(rng, 2)
    pairs = [((0,), (1,)), ((1,), (0,)), ((0,), (0,)), ((n, 0), (1,)), ((n, 1), (0,)), ((0, m), (m,)), ((), (n, 0))]

    results = student.run(probes.shapes_of_pairs, pairs)

    expected = [oracles.broadcast_shape(a, b) for a, b in pairs]
    oracles.demand_shapes(results, expected)
    oracles.demand_own_rule(student)


def test_many_axes_and_huge_sizes(student, rng):
    """Shapes may have many axes, and sizes that no memory could hold.

    The rule needs the sizes alone. Whoever makes arrays of these shapes runs out of memory.
    """
    huge = 10 ** int(rng.integers(12, 15)) + int(rng.integers(1, 99))
    long = tuple(int(size) for size in rng.integers(2, 9, size=12))
    holes = tuple(1 if hole else size for size, hole in zip(long, rng.integers(0, 2, size=12), strict=True))
    pairs = [((huge, 1), (1, huge + 7)), ((huge, huge), (huge,)), (long, holes), (holes[4:], long)]

    results = student.run(probes.shapes_of_pairs, pairs)

    oracles.demand_shapes(results, [[huge, huge + 7], [huge, huge], list(long), list(long)])


def test_all_shapes_of_up_to_three_axes(student, rng):
    """For every pair of shapes with up to three axes the answer is NumPy's: a shape, or a ValueError.

    Take two small shapes, ask NumPy for `(np.zeros(a) + np.zeros(b)).shape`, and compare with yours.
    """
    chosen = (0, 1, *sorted(oracles.sizes(rng, 2, low=2)))
    wanted = oracles.answers_to_all(chosen, 3)

    results = student.run(probes.shapes_of_all, chosen, 3)

    if type(results) is not list or len(results) != len(wanted):
        fail("Not every pair of shapes has an answer.")
    wrong = sum(theirs != ours for theirs, ours in zip(results, wanted, strict=True))
    if wrong:
        fail(f"For {wrong} of {len(wanted)} pairs of shapes the answer is not NumPy's.")
    oracles.demand_own_rule(student)


def test_lists(student, rng):
    """Shapes may be lists, also one of each kind, and they are the same afterwards.

    A list and a tuple cannot be added to each other. And `insert` or `pop` would change what belongs to the caller.
    """
    n, m, k = oracles.sizes(rng, 3)
    for a, b in (([n, 1], [k, 1, m]), ([k, n, m], (n, 1)), ((1, m), [n, 1]), ([], [m])):
        result = student.broadcast_shape(b=b, a=a)
        after = student.run(probes.arguments_after, "broadcast_shape", a, b)

        assert_close(result, tuple(oracles.broadcast_shape(a, b)), name="shape")
        assert_close(after, [a, b], name="list of arguments afterwards")


@pytest.mark.supporting
def test_refuses_sizes_that_do_not_fit(student, rng):
    """Two different sizes, neither of them 1, are refused, and both shapes are shown.

    A message that shows the whole shapes saves whoever reads it a search.
    """
    n, m, k = oracles.sizes(rng, 3)

    for a, b in (((n, m), (m, n)), ((k, n, 2), (k, n, 3)), ((0,), (k,)), ((m, 1, k), (m, k, 0))):
        for shown in (a, b):
            with refuses("a" if shown is a else "b", shown=shown):
                student.broadcast_shape(a, b)


@pytest.mark.supporting
def test_refuses_shapes_aligned_on_the_right(student, rng):
    """Shapes of different length that fit on the left only are refused, and shown as they came.

    The reader is looking for the shapes that they passed, not for those that you have filled up with 1s.
    """
    n, m, k = oracles.sizes(rng, 3)

    for a, b in (((n,), (n, m)), ((n, m), (n,)), ((k, n, m), (k, n)), ((k, n), (k, n, m))):
        for shown in (a, b):
            with refuses("a" if shown is a else "b", shown=shown):
                student.broadcast_shape(a, b)


@pytest.mark.supporting
def test_refuses_negative_sizes(student, rng):
    """A negative size is refused in either shape, and that shape is shown.

    No axis has fewer than no entries. Look at the sizes before you compare them.
    """
    n, m = oracles.sizes(rng, 2)

    for bad in ((-n,), (n, -m), (-1,), (m, n, -1)):
        for other in ((), (1,) * len(bad)):
            with refuses("a", shown=bad):
                student.broadcast_shape(bad, other)
            with refuses("b", shown=bad):
                student.broadcast_shape(other, bad)


@pytest.mark.supporting
def test_no_function_that_knows_the_rule(student):
    """The rule is your own: no function of NumPy or PyTorch with broadcast in its name is called.

    Once you have written it, use theirs for the rest of your life.
    """
    oracles.demand_own_rule(student)
