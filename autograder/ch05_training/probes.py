"""Code that runs beside the student's: what a single call from outside cannot see. It holds no expectations."""

import copy
import warnings
from contextlib import suppress

import numpy as np
import torch
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from torch import nn
from torch.overrides import TorchFunctionMode

PRODUCTS = ("linear", "matmul", "__matmul__", "__rmatmul__", "mm", "addmm", "einsum")


def with_warnings(student, name, *args):
    """Call a function in NumPy's default error state; return its result and how many RuntimeWarnings came."""
    state = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
    with warnings.catch_warnings(record=True) as caught, np.errstate(**state):
        warnings.simplefilter("always")
        result = getattr(student, name)(*args)
    return result, sum(issubclass(warning.category, RuntimeWarning) for warning in caught)


def arguments_after(student, name, *args):
    """Call a function and return its arguments as they are afterwards."""
    getattr(student, name)(*args)
    return list(args)


def with_frozen(student, name, *args):
    """Call a function with read-only arrays whose entries do not lie side by side in memory."""
    return getattr(student, name)(*[_frozen(value) for value in args])


def _frozen(value):
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    if not isinstance(value, np.ndarray):
        return value
    room = np.zeros(tuple(2 * length for length in value.shape), dtype=value.dtype)
    view = room[tuple(slice(None, None, 2) for _ in value.shape)]
    view[...] = value
    view.flags.writeable = False
    return view


# --- batches ----------------------------------------------------------------------------------------------------------


def epochs_of(student, X, y, batch_size, seed, count=1):  # noqa: PLR0913, PLR0917 - arguments of the student's function, and two more
    """Return the batches of some epochs, drawn from one generator."""
    rng = np.random.default_rng(seed)
    return [[list(pair) for pair in student.minibatches(X, y, batch_size, rng)] for _ in range(count)]


def epoch_by_keyword(student, X, y, batch_size, seed):
    """Return the batches of one epoch, every argument passed by name."""
    rng = np.random.default_rng(seed)
    return [list(pair) for pair in student.minibatches(rng=rng, batch_size=batch_size, y=y, X=X)]


def epoch_of_frozen(student, X, y, batch_size, seed):
    """Return the batches of one epoch of read-only arrays, and the ordinary arrays after another epoch."""
    batches = epochs_of(student, _frozen(X), _frozen(y), batch_size, seed)[0]
    epochs_of(student, X, y, batch_size, seed)
    return batches, X, y


def epochs_with_global_draws(student, X, batch_size, seed):
    """Return the first batch twice, with NumPy's global generator in other states, and draws around the second."""
    np.random.seed(1)  # noqa: NPY002 - the global state is what is looked at
    first = epochs_of(student, X, X, batch_size, seed)[0][0][0]
    np.random.seed(2)  # noqa: NPY002
    second = epochs_of(student, X, X, batch_size, seed)[0][0][0]
    return first, second, np.random.random(3)  # noqa: NPY002


# --- optimizers -------------------------------------------------------------------------------------------------------


def momentum_walk(student, param, grads, rate, momentum):
    """Take one step for each gradient, from rest; return every parameter and the last velocity."""
    velocity, params = np.zeros(param.shape), []
    for grad in grads:
        param, velocity = student.sgd_momentum_step(
            momentum=momentum, learning_rate=rate, velocity=velocity, grad=grad, param=param
        )
        params.append(param)
    return params, velocity


def adam_walk(student, param, grads, settings):
    """Take one step of Adam for each gradient; return every parameter and the last state."""
    state, params = {"t": 0, "m": np.zeros(param.shape), "v": np.zeros(param.shape)}, []
    rate, betas, eps = settings
    for grad in grads:
        param, state = student.adam_step(eps=eps, betas=betas, learning_rate=rate, state=state, grad=grad, param=param)
        params.append(param)
    return params, state


def adam_twice_from_one_state(student, param, grads, settings):
    """Take a step, then two others from the state that it returned: these two have the same past."""
    rate, betas, eps = settings
    start = {"t": 0, "m": np.zeros(param.shape), "v": np.zeros(param.shape)}
    _, state = student.adam_step(param, grads[0], start, rate, betas, eps)
    kept = copy.deepcopy(state)
    twice = [student.adam_step(param, grads[1], state, rate, betas, eps)[0] for _ in range(2)]
    return twice, start, state, kept


# --- dropout ----------------------------------------------------------------------------------------------------------


def drops(student, x, p, seed, training, count=1):  # noqa: PLR0913, PLR0917 - arguments of the student's function, and two more
    """Call dropout some times with one generator; return outputs and masks, and what the generator draws next."""
    rng = np.random.default_rng(seed)
    pairs = [student.dropout(training=training, rng=rng, p=p, x=x) for _ in range(count)]
    outs, masks = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return outs, masks, rng.random(3)


def drops_of_frozen(student, x, p, seed):
    """Call dropout with a read-only array, then with an ordinary one in both modes; return that one, too."""
    rng = np.random.default_rng(seed)
    out, mask = student.dropout(_frozen(x), p, rng, True)  # noqa: FBT003 - the contract's order
    for training in (True, False):
        student.dropout(x, p, rng, training)
    return out, mask, x


def drops_with_global_draws(student, x, p, seed):
    """Return two masks of the same seed, with NumPy's global generator in other states."""
    masks = []
    for other in (1, 2):
        np.random.seed(other)  # noqa: NPY002 - the global state is what is looked at
        masks.append(student.dropout(x, p, np.random.default_rng(seed), True)[1])  # noqa: FBT003
    return masks


# --- early stopping ---------------------------------------------------------------------------------------------------


def watch(student, losses, arguments):
    """Feed losses; return after each update the answer and the attributes best_loss and best_epoch."""
    stopper = student.EarlyStopping(**arguments)
    seen = [[None, stopper.best_loss, stopper.best_epoch]]
    for loss in losses:
        answer = stopper.update(loss=loss, weights={"W1": np.zeros(1)})
        seen.append([bool(answer), stopper.best_loss, stopper.best_epoch])
    return seen


def best_weights(student, losses, weights):
    """Feed losses with weights that are changed in place between the updates; return what is kept at the end."""
    return _kept_weights(student, losses, weights, {key: values[0].copy() for key, values in weights.items()})


def best_tensor_weights(student, losses, weights):
    """Do the same with tensors."""
    tensors = {key: torch.tensor(values) for key, values in weights.items()}
    return _kept_weights(student, losses, tensors, {key: values[0].clone() for key, values in tensors.items()})


def _kept_weights(student, losses, weights, current):
    stopper = student.EarlyStopping(patience=3)
    before = stopper.best_weights
    for number, loss in enumerate(losses):
        for key, values in weights.items():
            current[key][...] = values[number]
        stopper.update(loss, current)
    for array in current.values():
        array[...] = -1.0
    current.clear()
    return before, stopper.best_weights


def weights_after(student, weights):
    """Update with read-only weights, then with others; return these."""
    stopper = student.EarlyStopping()
    stopper.update(1.0, _frozen(weights))
    stopper.update(0.5, weights)
    stopper.update(0.7, weights)
    return weights


def two_stoppers(student, losses):
    """Feed losses to two objects in turn; return both best losses."""
    first, second = student.EarlyStopping(patience=2), student.EarlyStopping(patience=2)
    answers = []
    for ours, theirs in losses:
        answers.append([bool(first.update(ours, {})), bool(second.update(theirs, {}))])
    return answers, first.best_loss, second.best_loss


# --- batch normalization ----------------------------------------------------------------------------------------------


def normalize(student, batches, gamma, beta, settings):
    """Send batches through in training, one after another; return outputs, and the state after each."""
    momentum, eps, state = settings
    outs, states = [], []
    for x in batches:
        out, _ = student.batchnorm_forward(
            training=True, eps=eps, momentum=momentum, state=state, beta=beta, gamma=gamma, x=x
        )
        outs.append(out)
        states.append(copy.deepcopy(state))
    return outs, states


def evaluate_batch(student, x, gamma, beta, settings):
    """Send a batch through in evaluation; return the output and the state afterwards."""
    eps, state = settings
    out, _ = student.batchnorm_forward(x, gamma, beta, state, 0.1, eps, False)  # noqa: FBT003 - the contract's order
    return out, state


def backward_through(student, x, grad, gamma, eps):
    """Send a batch forward in training, another one too, and a gradient back through the first."""
    cache = _forward(student, x, gamma, eps)[1]
    _forward(student, 3 * x[::-1] + 1, gamma, eps)
    return list(student.batchnorm_backward(grad, cache))


def arguments_of_batchnorm(student, x, grad, gamma, beta):
    """Return x, gamma, beta and the gradient after a pass, and the results of a pass with read-only ones."""
    results = []
    for x_, gamma_, beta_, grad_ in ((x, gamma, beta, grad), (*map(_frozen, (x, gamma, beta, grad)),)):
        state = {"running_mean": np.zeros(len(gamma)), "running_var": np.ones(len(gamma))}
        out, cache = student.batchnorm_forward(x_, gamma_, beta_, state, 0.1, 1e-5, True)  # noqa: FBT003
        first = student.batchnorm_backward(grad_, cache)
        again = student.batchnorm_backward(grad_, cache)
        results.append([out, *first, *again])
    return [x, gamma, beta, grad], results[0], results[1]


def _forward(student, x, gamma, eps):
    state = {"running_mean": np.zeros(len(gamma)), "running_var": np.ones(len(gamma))}
    return student.batchnorm_forward(x, gamma, np.zeros(len(gamma)), state, 0.1, eps, True)  # noqa: FBT003


def refused_gradient(student, x, grad):
    """Send a gradient of another shape back."""
    return list(student.batchnorm_backward(grad, _forward(student, x, np.ones(x.shape[1]), 1e-5)[1]))


# --- networks in training ---------------------------------------------------------------------------------------------


class _Enough(BaseException):
    """So many training steps were seen that the rest does not matter."""


class _Watcher(TorchFunctionMode):
    """Notes every pass through a network of 784 inputs: which rows, which weights, zeros in later layers.

    A batch is noted by its product with a key, one number per row, and so are the first layer's weights. A pass counts
    as training when a backward pass follows it before the next pass.
    """

    def __init__(self, hidden, key, limit):
        super().__init__()
        self.hidden, self.limit = hidden, limit
        self.key = torch.from_numpy(key)
        self.passes = []

    def __torch_function__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        if getattr(func, "__name__", "") in PRODUCTS:
            self._note([item for item in (*args, *(kwargs or {}).values()) if isinstance(item, torch.Tensor)])
        return result

    def _note(self, tensors):
        tables = [table.detach() for table in tensors if table.ndim == 2]
        first = [table for table in tables if sorted(table.shape) == sorted((784, self.hidden))]
        later = [t for t in tables if tuple(t.shape) in ((10, self.hidden), (self.hidden, 10), (self.hidden,) * 2)]
        others = [table for table in tables if not any(table is weight for weight in (*first[-1:], *later[-1:]))]
        if first and others:
            inputs, weights = (t if t.shape[1] == 784 else t.T for t in (others[0], first[-1]))
            self.passes.append([(inputs.double() @ self.key).numpy(), (weights.double() @ self.key).numpy(), [], False])
        elif later and others and self.passes:
            self.passes[-1][2].append(float((others[0] == 0).double().mean()))

    def trained(self):
        """Note that a backward pass has begun."""
        if self.passes:
            self.passes[-1][3] = True
        if sum(each[3] for each in self.passes) >= self.limit:
            raise _Enough


def _watching(function, hidden, key, limit):
    watcher, originals = _Watcher(hidden, key, limit), (torch.autograd.backward, torch.autograd.grad)

    def noticed(original):
        def wrapped(*args, **kwargs):
            watcher.trained()
            return original(*args, **kwargs)

        return wrapped

    torch.autograd.backward, torch.autograd.grad = map(noticed, originals)
    result = None
    try:
        with suppress(_Enough), watcher:
            result = function()
    finally:
        torch.autograd.backward, torch.autograd.grad = originals
    return result, watcher.passes


def watched(student, name, args, hidden, key, limit=100_000):  # noqa: PLR0913, PLR0917 - arguments of the student's function, and two more
    """Call a study and watch its networks; return its result (None if it was broken off) and the passes."""
    return _watching(lambda: getattr(student, name)(*args), hidden, key, limit)


def watched_training(student, settings, key):
    """Train a small network with `train_network`; return history, passes, and the parameters before and after."""
    epochs, seed, p, start = settings
    torch.manual_seed(start)
    network = nn.Sequential(nn.Linear(784, 7), nn.ReLU(), nn.Dropout(p), nn.Linear(7, 10)).to(student.choose_device())
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05)
    before = [value.detach().cpu().numpy().copy() for value in network.parameters()]
    history, passes = _watching(lambda: student.train_network(network, optimizer, epochs, seed), 7, key, 100_000)
    return history, passes, before, [value.detach().cpu().numpy() for value in network.parameters()]


def refused_training(student, epochs):
    """Ask for a number of epochs with a network that could be trained."""
    network = nn.Linear(784, 10).to(student.choose_device())
    return student.train_network(network, torch.optim.SGD(network.parameters(), lr=0.1), epochs, 0)


# --- pictures ---------------------------------------------------------------------------------------------------------


def histories_picture(student, histories):
    """Draw histories on two of three Axes, none of them current; read both, and count what was drawn elsewhere."""
    figure = Figure(figsize=(12, 4), dpi=80, layout="none")
    FigureCanvasAgg(figure)
    axes = list(figure.subplots(1, 3))
    current = plt.figure().gca()
    before = _artists(current), _artists(axes[2]), len(plt.get_fignums())
    student.plot_histories(axes[:2], histories)
    after = _artists(current), _artists(axes[2]), len(plt.get_fignums())
    plt.close("all")
    return [_read(ax) for ax in axes[:2]], [now - then for now, then in zip(after, before, strict=True)]


def _artists(ax):
    return len(ax.get_children())


def _read(ax):
    curves = [[str(line.get_label()), np.asarray(line.get_xydata(), dtype=float)] for line in ax.get_lines()]
    for collection in ax.collections:
        if isinstance(collection, LineCollection):
            curves += [
                [str(collection.get_label()), np.asarray(part, dtype=float)] for part in collection.get_segments()
            ]
    legend = ax.get_legend()
    return {
        "curves": curves,
        "legend": None if legend is None else [text.get_text() for text in legend.get_texts()],
        "words": [ax.get_xlabel(), ax.get_ylabel()],
    }
