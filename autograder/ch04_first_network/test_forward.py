import numpy as np
import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close, fail, refuses


def test_sigmoid_network_agrees_with_a_loop(student, rng):
    """With a sigmoid hidden layer the outputs are those of a sample-by-sample computation.

    Send the tiny network of the text through your function and compare its cache with the worked numbers.
    """
    for sizes in (oracles.sizes(rng, 4), (2, 300, 3, 1)):
        params, X, _ = oracles.problem(rng, *sizes)

        result, _ = student.forward(params, X)

        assert_close(result, oracles.output(params, X), rtol=1e-9, atol=1e-12, name="output")


def test_relu_network_agrees_with_a_loop(student, rng):
    """With a ReLU hidden layer the outputs are those of a sample-by-sample computation.

    The argument `hidden` changes the hidden layer and nothing else: the output unit remains a sigmoid.
    """
    params, X, _ = oracles.problem(rng, *oracles.sizes(rng, 4))

    result, _ = student.forward(params, X, hidden="relu")

    assert_close(result, oracles.output(params, X, "relu"), rtol=1e-9, atol=1e-12, name="output")


def test_axes_of_length_one_survive(student, rng):
    """A single sample, and a single output unit, keep both of their axes.

    The output is always a table with one row for each sample and one column for each output unit.
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4)
    for rows, columns in ((1, n_out), (n, 1), (1, 1)):
        params, X, _ = oracles.problem(rng, rows, n_in, n_hidden, columns)

        result, _ = student.forward(params, X)

        assert_close(result, oracles.output(params, X), rtol=1e-9, atol=1e-12, name="output")


def test_cache_holds_every_value_on_the_way(student, rng):
    """The cache holds the input, both sums, both activations and the name of the hidden activation.

    Print your cache for the tiny network of the text: which entry is not what its key promises?
    """
    for hidden in ("sigmoid", "relu"):
        params, X, _ = oracles.problem(rng, *oracles.sizes(rng, 4))
        expected = oracles.forward(params, X, hidden)

        _, cache = student.forward(params, X, hidden)

        missing = [key for key in expected if key not in dict(cache)]
        if missing:
            fail(f"The cache lacks the key {missing[0]!r}.")
        for key, value in expected.items():
            assert_close(cache[key], value, rtol=1e-9, atol=1e-12, name=f"cache[{key!r}]")


def test_every_call_has_a_cache_of_its_own(student, rng):
    """A later call does not change the cache that an earlier one returned.

    Make the dictionary inside the function; one that lives outside is the same object for every caller.
    """
    params, X, _ = oracles.problem(rng, *oracles.sizes(rng, 4))
    expected = oracles.forward(params, X)

    cache = student.run(probes.first_cache_after_second_pass, params, X, X[1:] + 1.0)

    for key in ("z1", "a1", "z2", "a2"):
        assert_close(cache[key], expected[key], rtol=1e-9, atol=1e-12, name=f"first cache[{key!r}]")


def test_whole_numbers_are_fair_inputs(student, rng):
    """Inputs that are whole numbers give the same outputs as the equal floats.

    An array with the dtype of `X` cannot hold what is computed from it once `X` is made of whole numbers.
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4)
    params, _, _ = oracles.problem(rng, n, n_in, n_hidden, n_out)
    X = rng.integers(-2, 3, size=(n, n_in))

    result, _ = student.forward(params, X)

    assert_close(result, oracles.output(params, X), rtol=1e-9, atol=1e-12, name="output")


@pytest.mark.supporting
def test_refuses_an_unknown_activation(student, rng):
    """An activation that the network does not know is refused with a ValueError that shows it.

    An `else` that catches everything treats a misspelt name as if it were right.
    """
    params, X, _ = oracles.problem(rng, *oracles.sizes(rng, 4))

    for hidden in ("tanh", "Relu"):
        with refuses("hidden", shown=hidden):
            student.forward(params, X, hidden)


@pytest.mark.supporting
def test_refuses_inputs_that_do_not_fit(student, rng):
    """Inputs that are not a table of at least one row with the right number of columns are refused.

    Compare `X.shape` with what `params["W1"]` expects before the first product.
    """
    n, n_in, n_hidden, n_out = oracles.sizes(rng, 4)
    params, _, _ = oracles.problem(rng, n, n_in, n_hidden, n_out)

    for shape in ((n_in,), (n, n_in + 1), (n, n_in - 1), (0, n_in), (n, n_in, 2)):
        with refuses("X", shown=shape):
            student.forward(params, np.ones(shape))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Neither the parameters nor the inputs are changed, and they may be arrays that cannot be changed.

    `z1 += ...` changes an array in place: harmless if it is your own, harmful if it is the caller's.
    """
    params, X, _ = oracles.problem(rng, *oracles.sizes(rng, 4))

    after = student.run(probes.arguments_after, "forward", params, X)
    frozen, _ = student.run(probes.with_frozen, "forward", params, X)

    assert_close(after, [params, X], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.output(params, X), rtol=1e-9, atol=1e-12, name="output for read-only arrays")
