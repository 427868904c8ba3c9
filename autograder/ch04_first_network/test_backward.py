import pytest

from autograder.ch04_first_network import oracles, probes
from course_lib.grading import assert_close, refuses


def test_sigmoid_network(student, rng):
    """With a sigmoid hidden layer and one output the gradient is what nudging every parameter finds.

    Nudge one weight by a tiny amount, measure how much `mse_loss` changes per unit, and compare with your entry.
    """
    n, n_in, n_hidden = oracles.sizes(rng, 3)
    params, X, y = oracles.problem(rng, n, n_in, n_hidden, 1)

    grads = student.backward(params, student.forward(params, X)[1], y)

    assert_close(grads, oracles.gradient(params, X, y), rtol=1e-6, atol=1e-12, name="gradient")


def test_relu_network(student, rng):
    """With a ReLU hidden layer the gradient is what nudging every parameter finds.

    Which slope does the hidden layer have now? The cache says which activation was used.
    """
    n, n_in, n_hidden = oracles.sizes(rng, 3)
    params, X, y = oracles.problem(rng, n, n_in, n_hidden, 1)

    grads = student.backward(params, student.forward(params, X, "relu")[1], y)

    assert_close(grads, oracles.gradient(params, X, y, "relu"), rtol=1e-6, atol=1e-12, name="gradient")


def test_several_outputs(student, rng):
    """With several output units the gradient is what nudging every parameter finds.

    The loss is a mean over all entries of y. How many are there, and where does that number appear in its derivative?
    """
    for hidden in ("sigmoid", "relu"):
        params, X, y = oracles.problem(rng, *oracles.sizes(rng, 4))

        grads = student.backward(params, student.forward(params, X, hidden)[1], y)

        assert_close(grads, oracles.gradient(params, X, y, hidden), rtol=1e-6, atol=1e-12, name="gradient")


def test_single_sample(student, rng):
    """One sample alone has a gradient too, and its arrays keep the shapes of the parameters.

    A sum over one row is that row; it must still be a row of a table afterwards.
    """
    n_in, n_hidden = oracles.sizes(rng, 2)
    for hidden in ("sigmoid", "relu"):
        params, X, y = oracles.problem(rng, 1, n_in, n_hidden, 1)

        grads = student.backward(params, student.forward(params, X, hidden)[1], y)

        assert_close(grads, oracles.gradient(params, X, y, hidden), rtol=1e-6, atol=1e-12, name="gradient")


def test_relu_units_exactly_at_their_corner(student, rng):
    """A ReLU unit whose sum is exactly zero passes nothing back.

    A row of zeros and biases of zero put every hidden unit on its corner. What slope does the contract give it?
    """
    n, n_in, n_hidden = oracles.sizes(rng, 3)
    params, X, y = oracles.problem(rng, n, n_in, n_hidden, 1)
    params["b1"][:] = 0.0
    X[: n // 2] = 0.0

    grads = student.backward(params, student.forward(params, X, "relu")[1], y)

    assert_close(grads, oracles.gradient(params, X, y, "relu"), rtol=1e-6, atol=1e-12, name="gradient")


def test_cache_with_the_six_agreed_keys_is_enough(student, rng):
    """A cache that holds the six promised keys and nothing else is all that is needed.

    Whatever else your own `forward` may store: another one need not, and it is the cache that says which batch this is.
    """
    for hidden in ("relu", "sigmoid"):
        params, X, y = oracles.problem(rng, *oracles.sizes(rng, 4))

        grads = student.backward(params=params, cache=oracles.forward(params, X, hidden), y=y)

        assert_close(grads, oracles.gradient(params, X, y, hidden), rtol=1e-6, atol=1e-12, name="gradient")


@pytest.mark.supporting
def test_refuses_targets_of_another_shape(student, rng):
    """Targets that do not have the shape of the output are refused, even where NumPy would stretch them silently.

    Compare `y.shape` with the shape of the output before the first difference.
    """
    n, n_in, n_hidden = oracles.sizes(rng, 3)
    params, X, _ = oracles.problem(rng, n, n_in, n_hidden, 1)
    cache = oracles.forward(params, X)

    for shape in ((1, 1), (n,), (1, n), (n, 2)):
        with refuses("y", shown=shape):
            student.backward(params, cache, rng.uniform(size=shape))


@pytest.mark.supporting
def test_arguments_stay_as_they_were(student, rng):
    """Parameters, cache and targets are not changed, and may be arrays that cannot be changed.

    The gradient says where to go; taking the step is the business of the training loop.
    """
    params, X, y = oracles.problem(rng, *oracles.sizes(rng, 4))
    cache = oracles.forward(params, X)

    after = student.run(probes.arguments_after, "backward", params, cache, y)
    frozen = student.run(probes.with_frozen, "backward", params, cache, y)

    assert_close(after, [params, cache, y], rtol=0, name="list of arguments afterwards")
    assert_close(frozen, oracles.gradient(params, X, y), rtol=1e-6, atol=1e-12, name="gradient for read-only arrays")
