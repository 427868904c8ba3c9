"""Code that runs beside the student's: what a single call from outside cannot see. It holds no expectations."""

import builtins
import pickle
import sys
import tempfile
import weakref
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from matplotlib import axis, legend, lines, text
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook

TAG = 1024  # the first pixel of picture i is (i + 1) / TAG, of a test picture minus that


# --- a network --------------------------------------------------------------------------------------------------------


def network(student, settings, images):
    """Build a network; return its parameters, and its logits in training and then in evaluation mode."""
    model = student.DigitClassifier(**settings)
    parameters = [parameter.detach().clone() for parameter in model.parameters()]
    training = model.train()(images).detach()
    return {"parameters": parameters, "training": training, "evaluation": model.eval()(images).detach()}


def evaluated(student, settings, images):
    """Build a network and return its parameters and its logits in evaluation mode."""
    model = student.DigitClassifier(**settings).eval()
    return {"parameters": list(model.parameters()), "logits": model(images).detach()}


def evaluated_from_seed(student, settings, images, seed):
    """As `evaluated`, with torch seeded before."""
    torch.manual_seed(seed)
    return evaluated(student, settings, images)


def numbers_of_parameters(student, all_settings):
    """Return how many numbers each network learns."""
    networks = [student.DigitClassifier(**settings) for settings in all_settings]
    return [sum(p.numel() for p in model.parameters() if p.requires_grad) for model in networks]


def gradients(student, settings, images):
    """Return a network's parameters and the gradient of the mean squared logit for each of them, None where none is."""
    model = student.DigitClassifier(**settings).eval()
    model(images).square().mean().backward()
    return [[parameter, parameter.grad] for parameter in model.parameters()]


def twice(student, settings, images):
    """Return the logits of two networks, and of the second one again after the first one's weights were wiped out."""
    first, second = (student.DigitClassifier(**settings).eval() for _ in range(2))
    with torch.no_grad():
        before = [model(images) for model in (first, second)]
        for parameter in first.parameters():
            parameter.zero_()
        return [*before, second(images)]


def from_odd_memory(student, settings, images):
    """Judge pictures whose numbers lie column by column; return parameters, logits, and the pictures afterwards."""
    model = student.DigitClassifier(**settings).eval()
    turned = images.transpose(2, 3).contiguous().transpose(2, 3)
    return {"parameters": list(model.parameters()), "logits": model(turned).detach(), "images": turned}


def judge_pictures(student, settings, images):
    """Send pictures through a network in evaluation mode."""
    return student.DigitClassifier(**settings).eval()(images)


# --- one epoch --------------------------------------------------------------------------------------------------------


class Watched(nn.Module):
    """A network that notes how it is run: two Linears and a tanh between them."""

    def __init__(self, weights):
        super().__init__()
        self.first = nn.Linear(*weights["first.weight"].shape[::-1])
        self.second = nn.Linear(*weights["second.weight"].shape[::-1])
        self.load_state_dict(weights)
        self.runs = []

    def forward(self, x):
        """Note mode, gradients and input."""
        self.runs.append([self.training, torch.is_grad_enabled(), x.clone()])
        return self.second(torch.tanh(self.first(x)))


class Awkward:
    """Something that can be gone through once, and nothing else."""

    def __init__(self, batches):
        self._batches = iter(batches)

    def __iter__(self):
        """Return the one iterator that there is."""
        return self._batches


CRITERIA = {
    "cross entropy": nn.CrossEntropyLoss(),
    "squares": lambda output, labels: (output - nn.functional.one_hot(labels, output.shape[1])).square().mean(),
}


def epoch(student, weights, batches, how):
    """Train a network; return the loss, the weights, how the model was run and the mode in which it was left.

    `how` holds "optimizer" and its "options", and perhaps "criterion" and "before": "evaluation" where the model comes
    in that mode, "gradients" where it holds some from elsewhere.
    """
    before = how.get("before")
    model = Watched(weights).train(before != "evaluation").to(student.device)
    if before == "gradients":
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, 3.0)
    optimizer = getattr(torch.optim, how["optimizer"])(model.parameters(), **how["options"])
    criterion = CRITERIA[how.get("criterion", "cross entropy")]
    loss = student.train_one_epoch(model=model, loader=Awkward(batches), optimizer=optimizer, criterion=criterion)
    weights = {name: tensor.detach() for name, tensor in model.state_dict().items()}
    return {"loss": loss, "weights": weights, "runs": model.runs, "training": model.training}


def error_of_epoch(student, weights, batches, how):
    """Train a network; return the name of the error that comes."""
    try:
        epoch(student, weights, batches, how)
    except Exception as error:  # noqa: BLE001 - its name is the result
        return type(error).__name__
    return "nothing"


# --- evaluation -------------------------------------------------------------------------------------------------------


class Moody(nn.Module):
    """A network whose answers depend on its mode: batch norm, dropout, a Linear. It notes how it is run."""

    def __init__(self, weights):
        super().__init__()
        classes, width = weights["last.weight"].shape
        self.norm, self.drop, self.last = nn.BatchNorm1d(width), nn.Dropout(0.5), nn.Linear(width, classes)
        self.load_state_dict(weights)
        self.runs = []

    def forward(self, x):
        """Note mode and gradients."""
        part = [self.training, self.norm.training, self.drop.training]
        self.runs.append([part, torch.is_grad_enabled() and not torch.is_inference_mode_enabled()])
        return self.last(self.drop(self.norm(x)))


class Rule(nn.Module):
    """A model without anything to learn: the answer is the largest input."""

    def forward(self, x):
        """Return twice the input."""
        return 2 * x


def evaluation(student, weights, batches, training, gradients_on):
    """Evaluate a network; return the accuracy, how the model was run, and what it and torch are like afterwards."""
    model = Moody(weights).train(training).to(student.device)
    with torch.set_grad_enabled(gradients_on):
        accuracy = student.evaluate(model=model, loader=Awkward(batches))
        still_on = torch.is_grad_enabled()
    parts = [model.training, model.norm.training, model.drop.training]
    weights = {name: tensor.detach() for name, tensor in model.state_dict().items()}
    return {"accuracy": accuracy, "runs": model.runs, "parts": parts, "gradients": still_on, "weights": weights}


def evaluation_of_rule(student, batches):
    """Evaluate a model that has no parameters."""
    return student.evaluate(Rule(), batches)


# --- files ------------------------------------------------------------------------------------------------------------

BUILDS = {
    "plain": lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3)),
    "norm": lambda: nn.Sequential(nn.Linear(5, 4), nn.BatchNorm1d(4), nn.Linear(4, 3)),
    "wider": lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 7)),
    "shorter": lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU()),
    "longer": lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3), nn.Linear(3, 3)),
    "rule": lambda: nn.Sequential(nn.ReLU()),
    "renamed": lambda: nn.Sequential(nn.Linear(5, 4), nn.Linear(4, 3)),
}


class Bomb:
    """When a pickle of it is loaded, a line of code runs."""

    def __reduce__(self):
        """Say what pickle should call."""
        return exec, ("import builtins; builtins.exploded = True",)


def _numbers(model):
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}


def _stirred(build, scale=1.0):
    """Return a network whose parameters and running statistics all differ from those of a new one."""
    model = BUILDS[build]()
    with torch.no_grad():
        for tensor in model.state_dict().values():
            tensor.copy_(torch.rand(tensor.shape) * 5 + scale)
    return model


@contextmanager
def _folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def saved(student, build, *, as_text=False, again=False):
    """Save a network, over an older file or not; return its numbers and the content of the file."""
    with _folder() as folder:
        path = folder / "first.pth"
        model = _stirred(build)
        before = _numbers(model)
        if again:
            student.save_weights(_stirred(build, 9.0), path)
        student.save_weights(model=model, path=str(path) if as_text else path)
        content = torch.load(path, weights_only=True)
        content = {**content} if isinstance(content, dict) else content
        return {"before": before, "after": _numbers(model), "content": content}


def saved_over(student, build):
    """As `saved`, over an older file."""
    return saved(student, build, again=True)


def saved_as_text(student, build):
    """As `saved`, with the path as a string."""
    return saved(student, build, as_text=True)


def loaded_as_text(student, build):
    """As `loaded`, with the path as a string."""
    return loaded(student, build, "training", as_text=True)


def loaded(student, build, mode, *, as_text=False):
    """Load a file into a network that an optimizer holds; return the file's numbers and what became of the network."""
    with _folder() as folder:
        path = folder / "second.pth"
        source, model = _stirred(build).to(student.device), BUILDS[build]().train(mode == "training").to(student.device)
        held = list(model.parameters())
        torch.save(source.state_dict(), path)
        student.load_weights(model=model, path=str(path) if as_text else path)
        training, images = model.training, torch.randn(6, 5).to(student.device)
        predictions = [network.eval()(images).detach() for network in (source, model)]
        return {
            "wanted": _numbers(source),
            "found": _numbers(model),
            "held": [parameter.detach() for parameter in held],
            "parameters": [parameter.detach() for parameter in source.parameters()],
            "training": training,
            "predictions": predictions,
        }


def there_and_back(student, build):
    """Save a network, change it, load the file again; return its numbers before and afterwards."""
    with _folder() as folder:
        model = _stirred(build).to(student.device)
        before = _numbers(model)
        student.save_weights(model, folder / "third.pth")
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(1)
        student.load_weights(model, folder / "third.pth")
        return before, _numbers(model)


def _write(kind, path):
    other = BUILDS["plain"]()
    contents = {
        "list": [1, 2],
        "tensor": torch.ones(3),
        "dictionary": {"0.weight": 1},
        "nothing": None,
        "too much": {"weights": other.state_dict(), "epoch": 3},
        "lists": {name: tensor.tolist() for name, tensor in other.state_dict().items()},
        "model": other,
        "bomb": {**other.state_dict(), "0.weight": Bomb()},
    }
    if kind == "text":
        path.write_text("hello, this is no network")
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "half":
        torch.save(other.state_dict(), path)
        path.write_bytes(path.read_bytes()[:400])
    elif kind == "pickle":
        path.write_bytes(pickle.dumps(Bomb(), protocol=2))
    elif kind in contents:
        torch.save(contents[kind], path)
    else:
        torch.save(_stirred(kind).state_dict(), path)


def load_something_else(student, kind, build="plain"):
    """Load a file that does not belong to the model."""
    with _folder() as folder:
        _write(kind, folder / "fourth.pth")
        student.load_weights(BUILDS[build]().to(student.device), folder / "fourth.pth")


def after_refusal(student, kind):
    """Load a file that does not belong to the model; return the numbers before and after, and whether code ran."""
    builtins.exploded = False
    try:
        with _folder() as folder:
            _write(kind, folder / "fifth.pth")
            model = BUILDS["plain"]().to(student.device)
            before = _numbers(model)
            try:
                student.load_weights(model, folder / "fifth.pth")
            except Exception as error:  # noqa: BLE001 - which error it is asked in another test
                raised = type(error).__name__
            else:
                raised = "nothing"
            return {"before": before, "after": _numbers(model), "exploded": builtins.exploded, "raised": raised}
    finally:
        del builtins.exploded


def load_nothing(student):
    """Load from a file that does not exist; return the name of the error."""
    with _folder() as folder:
        try:
            student.load_weights(BUILDS["plain"]().to(student.device), folder / "sixth.pth")
        except Exception as error:  # noqa: BLE001 - its name is the result
            return type(error).__name__
    return "nothing"


# --- experiments ------------------------------------------------------------------------------------------------------


@contextmanager
def _digits_replaced(student, function, digits):
    """Let `data.digits()` return other pictures."""
    module = sys.modules["course_lib.teaching.data"]
    names = getattr(getattr(student, function), "__globals__", {})
    original = module.digits

    def replacement(*, full=False):  # noqa: ARG001 - as the original
        return tuple(part.clone() for part in digits)

    imported = [name for name, value in names.items() if value is original]
    try:
        module.digits = replacement
        names.update(dict.fromkeys(imported, replacement))
        yield
    finally:
        module.digits = original
        names.update(dict.fromkeys(imported, original))


@contextmanager
def _watching(student):
    """Collect what happens: every run of a DigitClassifier and every step of an optimizer."""
    log, models = [], weakref.WeakKeyDictionary()
    kept, optimizers = [], []

    def ran(module, args, kwargs, output):
        if not isinstance(module, student.DigitClassifier):
            return
        if module not in models:
            models[module] = len(models)
            kept.append(module)
        pictures = args[0] if args else next(iter(kwargs.values()))
        tags = (pictures[:, 0, 0, 0] * TAG).round().int().tolist()
        log.append(["training" if module.training else "evaluation", models[module], tags, output.detach().clone()])

    def stepped(optimizer, _args, _kwargs):
        if not any(optimizer is one for one in optimizers):
            optimizers.append(optimizer)
        number = next(place for place, one in enumerate(optimizers) if one is optimizer)
        log.append(["step", type(optimizer).__name__, float(optimizer.param_groups[0]["lr"]), number])

    hooks = [
        nn.modules.module.register_module_forward_hook(ran, with_kwargs=True),
        register_optimizer_step_post_hook(stepped),
    ]
    try:
        yield log, kept
    finally:
        for hook in hooks:
            hook.remove()


def experiment(student, digits, settings):
    """Run an experiment on other pictures and watch it; return its numbers, what happened, and the network's answers.

    `stirred` is how the network answers in training mode.
    """
    with _digits_replaced(student, "run_experiment", digits), _watching(student) as (log, _):
        result = student.run_experiment(**settings)
    model = result["model"]
    parameters = [parameter.detach().clone() for parameter in model.parameters()]
    count = sum(parameter.numel() for parameter in parameters)
    stirred = model.train()(digits[0].to(student.device)).detach()
    return {
        "numbers": {key: value for key, value in result.items() if key != "model"},
        "log": log,
        "parameters": parameters if count < 50_000 else [],
        "count": count,
        "logits": model.eval()(digits[2].to(student.device)).detach(),
        "stirred": stirred,
    }


def experiment_on_digits(student, settings, images):
    """Run an experiment on the real digits; return the network's answers for other pictures."""
    model = student.run_experiment(**settings)["model"].eval()
    with torch.no_grad():
        return model(images.to(student.device))


def study(student, digits, settings):
    """Run the study of batch norm on other pictures and watch it."""
    with _digits_replaced(student, "batchnorm_study", digits), _watching(student) as (log, models):
        result = student.batchnorm_study(**settings)
    counts = [sum(parameter.numel() for parameter in model.parameters()) for model in models]
    images = digits[0].to(student.device)
    sways = [bool((model.train()(images) != model(images)).any()) for model in models]
    return {"result": result, "log": log, "counts": counts, "sways": sways}


def study_alone(student, digits, settings):
    """Run the study on other pictures."""
    with _digits_replaced(student, "batchnorm_study", digits):
        return student.batchnorm_study(**settings)


def study_twice(student, digits, settings):
    """Run the study twice, with other random numbers drawn in between."""
    with _digits_replaced(student, "batchnorm_study", digits):
        first = student.batchnorm_study(**settings)
        torch.rand(7), np.random.random(7)  # noqa: NPY002 - the global state is what is stirred
        return first, student.batchnorm_study(**settings)


# --- pictures ---------------------------------------------------------------------------------------------------------


def arguments_after(student, name, *args):
    """Call a function and return its arguments as they are afterwards."""
    getattr(student, name)(*args)
    return list(args)


def with_frozen(student, name, *args):
    """Call a function with read-only arrays whose entries do not lie side by side in memory."""
    return getattr(student, name)(*[_frozen(value) for value in args])


def _frozen(value):
    if not isinstance(value, np.ndarray):
        return value
    room = np.zeros(tuple(2 * length for length in value.shape), dtype=value.dtype)
    view = room[tuple(slice(None, None, 2) for _ in value.shape)]
    view[...] = value
    view.flags.writeable = False
    return view


def confusion_words(student, cm):
    """Draw a confusion matrix; read the labels of the axes, and place and text of each tick."""
    return _words(_confusion_axes(student, cm))


def confusion_picture(student, cm):
    """Draw a confusion matrix; read its ticks, and the colours between them.

    `colours[i][j]` is the colour where the i-th tick of the y-axis meets the j-th tick of the x-axis.
    """
    ax = _confusion_axes(student, cm)
    words = _words(ax)
    return words | {"colours": _colours(_fields_alone(ax.figure), ax, words["ticks"])}


def _confusion_axes(student, cm):
    """Let the student draw on an Axes that pyplot does not know."""
    figure = Figure(figsize=(5, 5), dpi=80, layout="none")
    FigureCanvasAgg(figure)
    ax = figure.add_subplot()
    plt.close("all")
    student.plot_confusion(ax, cm)
    plt.close("all")
    return ax


def _words(ax):
    ax.apply_aspect()  # how long the axes are decides how many ticks Matplotlib chooses
    low, high = zip(sorted(ax.get_xlim()), sorted(ax.get_ylim()), strict=True)
    ticks = []
    for place, one in enumerate((ax.xaxis, ax.yaxis)):
        pairs = zip(one.get_ticklocs(), one.get_ticklabels(), strict=True)
        found = [[float(at), label.get_text().strip()] for at, label in pairs]
        ticks.append([[at, words] for at, words in found if words and low[place] <= at <= high[place]])
    return {"labels": [ax.get_xlabel(), ax.get_ylabel()], "ticks": ticks}


def _fields_alone(figure):
    """Draw without words, lines and axes; return the colours with row 0 at the bottom, as display coordinates count."""
    _hide(figure, text.Text | legend.Legend | axis.Axis | lines.Line2D)
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3]


def _colours(pixels, ax, ticks):
    found = np.full((len(ticks[1]), len(ticks[0]), 3), 255.0)
    for row, (up, _) in enumerate(ticks[1]):
        for column, (across, _) in enumerate(ticks[0]):
            x, y = np.floor(ax.transData.transform((across, up))).astype(int)
            if 0 <= y < pixels.shape[0] and 0 <= x < pixels.shape[1]:
                found[row, column] = pixels[y, x]
    return found


def _hide(artist, kinds):
    for child in artist.get_children():
        if isinstance(child, kinds):
            child.set_visible(False)
        else:
            _hide(child, kinds)
