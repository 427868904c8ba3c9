"""Chapter 6: PyTorch, from a Module to an experiment on real digits; read with jupytext, released by `course build`."""

# ruff: noqa: FBT002 - a switch that the contract passes by name

# %% [markdown]
# # Building with PyTorch
#
# In chapters 4 and 5 you wrote every derivative yourself. From here on PyTorch computes them, on any network that you
# can write down, on a processor or a graphics card, and what used to fill a chapter becomes two lines. That leaves your
# hands free for the questions that matter in practice: what does the network look like, how is it trained, how good is
# it *really*, what does it get wrong, and how do you keep it?
#
# You answer them for one of the best-known data sets there is, **MNIST**: handwritten digits. At the end you have a
# network that reads about 94 of 100 digits that it has never seen, after a few seconds of training on 4000 examples.
#
# **You need** chapters 3 to 5: tensors, what a forward and a backward pass do, mini-batches, Adam, dropout, batch norm.
# **Time:** about four hours, in as many sittings as you like. It belongs to **chapter 6** of the book.
#
# | | exercise | you write | points |
# |---|---|---|---:|
# | 1 | `digit_classifier` | a network of any depth, as a class | 20 |
# | 2 | `train_one_epoch` | once through the training data | 16 |
# | 3 | `evaluate` | the share of digits that it reads correctly | 12 |
# | 4 | `save_and_load` | keep what was learned, and load it safely | 12 |
# | 5 | `run_experiment` | a whole experiment in one call | 16 |
# | 6 | `confusion_matrix` | which digit is taken for which, as a table and a picture | 12 |
# | 7 | `batchnorm_study` | two trainings that differ in one thing only | 8 |
# | | `batchnorm_study_observation` | a written answer: what batch norm changes | 4 |
# | | | **together** | **100** |
#
# **How a page works.** Each exercise first explains an idea, then lists what your code must do, then gives you a cell
# in which you replace `raise NotImplementedError()`. Below it, `check(...)` tries the obvious cases and tells you what
# holds and what does not. Then comes a picture of what you have just built. The checks are a help, not the whole
# verdict: when you hand the notebook in, everything is tried on many other inputs. The written answer is read by a
# person.
#
# If you are stuck, go on: where a later exercise uses earlier code of yours that turns out to be wrong, it is graded a
# second time with correct code. A mistake is paid for once.

# %% setup
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from course_lib import check, choose_device, data, demo, progress, start

start("ch06_pytorch")

device = choose_device()  # a graphics card if there is one, else the processor

# %% [markdown]
# ## The data
#
# `data.digits()` gives four tensors, always the same ones:
#
# ```python
# train_images, train_labels, test_images, test_labels = data.digits()
# ```
#
# | name | shape | type | what it holds |
# |---|---|---|---|
# | `train_images` | `(4000, 1, 28, 28)` | `float32` | grey values of 28 × 28 pixels, one colour channel |
# | `train_labels` | `(4000,)` | `int64` | which digit it is, 0 to 9 |
# | `test_images` | `(1000, 1, 28, 28)` | `float32` | digits for the final judgement, never for training |
# | `test_labels` | `(1000,)` | `int64` | which digit those are |
#
# Here is the middle of the sixth training picture, a 5; each square of two by two pixels is drawn as one character,
# twice. Such grey values, 28 × 28 of them, are all that the network sees:
#
# ```text
#                 OO@@@@@@##@@
#             ##@@@@@@oo..
#           ..@@##::
#             ##@@@@@@
#                 @@@@
#         oo..##@@@@..
#       ##@@@@##::
# ```
#
# The grey values are **normalised**: scaled to lie between 0 and 1, then 0.1307 was subtracted from each and the result
# divided by 0.3081, the mean and the standard deviation of all MNIST pixels. So the numbers that enter the network have
# about mean 0 and deviation 1, which suits the weights that it starts with. MNIST is white ink on black paper (our
# pictures show it the other way round), and the paper is now not 0 but $-0.1307/0.3081 = -0.42$.
#
# All of MNIST has 60 000 digits for training and 10 000 for testing; the 5000 here are real ones of them, and come with
# the course, so that nothing has to be downloaded. At the end of exercise 5 you find how to run the full size.

# %% [markdown]
# ## Exercise 1 · A network as a class
#
# In PyTorch a network is an object of a class that you derive from **`nn.Module`**. Two methods are yours:
#
# ```python
# class Tiny(nn.Module):
#     def __init__(self):
#         super().__init__()                 # first of all, always: it sets up the book-keeping
#         self.layers = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
#
#     def forward(self, x):                  # x: (N, 4)
#         return self.layers(x)              # (N, 2)
# ```
#
# `__init__` makes the layers, `forward` says how they are used. You then *call the object*: `Tiny()(x)` runs `forward`.
# There is no `backward` to write. PyTorch notes every operation and finds the gradients by itself (chapter 3).
#
# **The book-keeping.** When you write `self.something = nn.Linear(...)`, the Module notices a layer and remembers its
# weights. `model.parameters()` hands them to the optimizer, `model.to(device)` moves them, `model.state_dict()` saves
# them. It does *not* look into ordinary Python lists: with `self.layers = [nn.Linear(4, 3), …]` the forward pass works,
# yet their weights are missing from `parameters()` and never learn. (If no layer at all is noticed, the optimizer
# stops: "optimizer got an empty parameter list".) `nn.Sequential(*layers)` and `nn.ModuleList(layers)` are the
# containers that are noticed.
#
# **The network of this chapter.** A picture of 28 × 28 pixels is laid out as one row of 784 numbers. Then come any
# number of hidden layers, and one last `Linear` that gives ten numbers, one **score** (or *logit*) for each digit:
#
# ```text
#   (N, 1, 28, 28) ─ flatten ─ (N, 784) ─┬─ Linear ─ (BatchNorm) ─ ReLU ─ Dropout ─┬─ … ─ Linear ─ (N, 10)
#                                        └────── once for every hidden layer ──────┘
# ```
#
# The largest score is the network's answer. There is **no softmax at the end**: the loss of this chapter,
# `nn.CrossEntropyLoss`, takes logits and contains the softmax (in the stable form that you wrote in chapter 2). With a
# softmax of your own before it, it would be applied twice: the loss could never fall below 1.46, however sure the
# network is, and it learns more slowly.
#
# **How many numbers does it learn?** A `Linear` from $a$ to $b$ has $a \cdot b$ weights and $b$ biases. For hidden
# layers of 512 and 256 units:
#
# $$(784 \cdot 512 + 512) + (512 \cdot 256 + 256) + (256 \cdot 10 + 10) = 401\,920 + 131\,328 + 2\,570 = 535\,818$$
#
# A third hidden layer of 128 units makes it 567 434. `BatchNorm1d` over $b$ units adds $2b$ (its $\gamma$ and $\beta$);
# ReLU and Dropout have nothing to learn.
#
# **Two modes.** Dropout and batch norm behave differently while the network learns and while it is used (chapter 5). A
# Module knows which it is: `model.train()` and `model.eval()` switch it and everything inside, so dropout must be a
# layer of the network (`nn.Dropout`), which hears the switch.
#
# **What `DigitClassifier(hidden=(512, 256), dropout=0.2, batchnorm=False)` must do**
# - `hidden`: a list or tuple with the size of each hidden layer, whole numbers from 1. It may be empty: then a single
#   `Linear` leads from the pixels to the scores.
# - `dropout`: the probability with which a unit is dropped in training, at least 0 and below 1. `batchnorm`: whether
#   the hidden layers have batch norm (`nn.BatchNorm1d` as it comes).
# - For every hidden layer, in this order: `Linear` (with bias), batch norm if asked for, ReLU, dropout. Then one
#   `Linear` with 10 outputs, whose result is returned as it is. All layers keep PyTorch's own starting weights.
# - `model(x)` takes `x`, a `float32` tensor `(N, 1, 28, 28)` with $N \ge 1$, however its numbers lie in memory (so
#   flatten it with `nn.Flatten`, `x.flatten(1)` or `x.reshape`, not `x.view`). It does not change it, and returns the
#   logits `(N, 10)`. In evaluation mode every picture is judged on its own: a `nan` in one of them spoils its own row
#   only. (In training mode with batch norm PyTorch itself refuses a batch of one, which has no deviation. Leave that to
#   PyTorch.)
# - Each object has layers of its own: two networks share nothing.
# - `ValueError` that names the argument and shows what came: a size below 1 in `hidden`, a `dropout` outside its range.
#   `ValueError` that names `x` and shows its shape, where that is not `(N, 1, 28, 28)` or there is no picture at all.


# %% exercise="digit_classifier"
class DigitClassifier(nn.Module):
    """Network that reads digits: hidden layers of Linear, batch norm if asked for, ReLU and dropout, then a Linear.

    Args:
        hidden: sizes of the hidden layers, each at least 1; may be empty.
        dropout: probability of dropping a hidden unit in training, from 0 to below 1.
        batchnorm: whether every hidden layer has batch norm between Linear and ReLU.

    Raises:
        ValueError: a size or a probability out of range; the message names the argument and shows the value.

    Example:
        >>> model = DigitClassifier(hidden=(32,))
        >>> model(torch.zeros(5, 1, 28, 28)).shape
        torch.Size([5, 10])
        >>> sum(p.numel() for p in model.parameters())
        25450
    """

    def __init__(self, hidden=(512, 256), dropout=0.2, batchnorm=False):
        super().__init__()
        ### BEGIN SOLUTION
        if any(size < 1 for size in hidden):
            raise ValueError(f"every size in hidden must be at least 1, got {hidden}")
        if not 0 <= dropout < 1:
            raise ValueError(f"dropout must be at least 0 and below 1, got {dropout}")
        layers, width = [nn.Flatten()], 784
        for size in hidden:
            layers.append(nn.Linear(width, size))
            if batchnorm:
                layers.append(nn.BatchNorm1d(size))
            layers.extend([nn.ReLU(), nn.Dropout(dropout)])
            width = size
        self.network = nn.Sequential(*layers, nn.Linear(width, 10))
        ### END SOLUTION

    def forward(self, x):
        """Return the logits (N, 10) of pictures x (N, 1, 28, 28).

        Raises:
            ValueError: x has another shape, or no picture; the message names x and shows its shape.
        """
        ### BEGIN SOLUTION
        if x.shape[1:] != (1, 28, 28) or not len(x):
            raise ValueError(f"x must have shape (N, 1, 28, 28) with N at least 1, got {tuple(x.shape)}")
        return self.network(x)  # (N, 10)
        ### END SOLUTION


# %% check="digit_classifier"
check("digit_classifier")

# %% demo="digit_classifier"
with demo("digit_classifier"):
    torch.manual_seed(0)
    pictures, digits = data.digits()[:2]
    guesses = DigitClassifier().eval()(pictures[:30]).argmax(dim=1)
    figure, panels = plt.subplots(3, 10, figsize=(11, 4.2), layout="constrained")
    for panel, picture, digit, guess in zip(panels.flat, pictures, digits, guesses, strict=False):
        panel.imshow(picture[0].numpy(), cmap="gray_r")
        panel.set_title(f"{digit} → {guess}", color="tab:green" if digit == guess else "tab:red", fontsize=10)
        panel.axis("off")
    figure.suptitle("Thirty digits: what it is → what your untrained network says")

# %% [markdown]
# One in ten by luck, and most networks that know nothing have a favourite answer. Now it learns.
#
# ## Exercise 2 · Once through the data
#
# PyTorch's training loop is the one from chapter 4, in five lines that you will write hundreds of times:
#
# ```python
# optimizer.zero_grad()                    # forget the old gradients
# scores = model(images)                   # forward
# loss = criterion(scores, labels)         # how wrong?
# loss.backward()                          # gradients of every parameter
# optimizer.step()                         # move every parameter
# ```
#
# **Why forget?** `loss.backward()` does not *set* gradients, it *adds* to those that are there. Leave `zero_grad` out
# and each step follows the sum of all gradients since the beginning.
#
# **The loader.** A `DataLoader` hands out one mini-batch after the other, as pairs `(images, labels)`, in a new random
# order each time:
#
# ```python
# loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=64, shuffle=True)
# ```
#
# Your function should not care where the pairs come from: a list of pairs or a generator is as good. So go through it
# once, with `for images, labels in loader`, and ask it nothing else (a generator has no length).
#
# **The mean that everybody gets wrong.** We want to know the mean loss per *sample*, and each batch tells us its own
# mean. 4000 digits in batches of 64 are 62 full batches and one of 32. The mean of the 63 means would give the digits
# of the short batch twice the weight of the others. Take two batches, of 64 digits with mean loss 1.0 and of 16 with
# mean loss 3.0. The mean of the means is 2.0, but the mean loss of the 80 digits is
#
# $$\frac{64 \cdot 1.0 + 16 \cdot 3.0}{64 + 16} = \frac{112}{80} = 1.4$$
#
# (The book's program adds up the means of the batches and prints the sum; its "loss" grows with the number of batches.)
#
# What should you expect? A network that gives every digit the same chance has the loss $-\ln \frac{1}{10} = 2.303$.
# That is where it starts; anything above it is worse than knowing nothing.
#
# **Where the data live.** `device` was chosen in the first code cell. A network on a graphics card needs its pictures
# and labels there too: `images.to(device)` gives them, and returns the same tensor where it is there already. In this
# chapter networks always live on `device`.
#
# **What `train_one_epoch(model, loader, optimizer, criterion)` must do**
# - `model`: any `nn.Module` on `device`. `loader`: any iterable of pairs `(images, labels)`, gone through once.
#   `optimizer`: an optimizer of the model's parameters. `criterion(output, labels)`: any function that gives the mean
#   loss of its batch, as a tensor.
# - Switches the model to training mode and leaves it there.
# - For every batch in turn: one step of the optimizer on the gradient of that batch's loss alone, whatever gradients
#   were there before.
# - Returns the mean loss per sample, a Python float: every sample counts once, with the loss that it had *before* the
#   step of its batch. A loss of `nan` makes the result `nan`.
# - `ValueError` that names `loader`, if there is no batch at all, or one without samples.
# - Every other error of the model or the criterion passes through (a label that is no class, for instance).


# %% exercise="train_one_epoch"
def train_one_epoch(model, loader, optimizer, criterion):
    """Train a network on every batch of a loader once.

    Args:
        model: nn.Module on `device`; afterwards in training mode.
        loader: iterable of pairs (images, labels); the batches may differ in size.
        optimizer: torch optimizer of the model's parameters.
        criterion: criterion(output, labels) gives the mean loss of the batch.

    Returns:
        float, mean loss per sample, each measured before the step of its batch.

    Raises:
        ValueError: loader holds no batch, or a batch without samples.

    Example:
        >>> images, labels, _, _ = data.digits()
        >>> model = DigitClassifier(hidden=(16,)).to(device)
        >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        >>> pairs = [(images[:64], labels[:64]), (images[64:80], labels[64:80])]
        >>> train_one_epoch(model, pairs, optimizer, nn.CrossEntropyLoss()) < 3
        True
    """
    ### BEGIN SOLUTION
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        if not len(labels):
            raise ValueError("loader must not hold a batch without samples")
        optimizer.zero_grad()
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    if not count:
        raise ValueError("loader must hold at least one batch, got none")
    return total / count
    ### END SOLUTION


# %% check="train_one_epoch"
check("train_one_epoch")

# %% demo="train_one_epoch"
with demo("train_one_epoch"):
    pictures, digits = data.digits()[:2]
    batches = DataLoader(TensorDataset(pictures, digits), batch_size=64, shuffle=True)
    figure, picture = plt.subplots(figsize=(8, 3.4), layout="constrained")
    for kind, options in (("SGD", {"lr": 0.01}), ("SGD", {"lr": 0.01, "momentum": 0.9}), ("Adam", {"lr": 0.001})):
        torch.manual_seed(0)
        network = DigitClassifier(hidden=(128, 64)).to(device)
        steps = getattr(torch.optim, kind)(network.parameters(), **options)
        curve = [train_one_epoch(network, batches, steps, nn.CrossEntropyLoss()) for _ in range(5)]
        words = ", ".join(f"{name} {value}" for name, value in options.items())
        picture.plot(range(1, 6), curve, "o-", label=f"{kind}, {words}")
    picture.axhline(np.log(10), color="grey", linestyle="--", linewidth=1, label="ln 10: knowing nothing")
    picture.set(title="your training, three optimizers", xlabel="epoch", ylabel="mean loss per digit", ylim=(0, 3.2))
    picture.set_xticks(range(1, 6))
    picture.legend(ncols=2)

# %% [markdown]
# ## Exercise 3 · How good is it?
#
# The loss is what the network minimises; what people ask for is the **accuracy**, the share of pictures that it reads
# correctly. If 7 of 8 are right, that is 0.875. The answer of the network is the class with the largest score,
# `scores.argmax(dim=1)`.
#
# Three habits turn a training program into an honest measurement:
#
# 1. **Evaluation mode.** `model.eval()` switches dropout off and lets batch norm use its running statistics. Without
#    it you measure a network with a fifth of its units missing, and a different fifth each time. The picture below the
#    exercise shows what that does to one digit.
# 2. **No gradients.** Inside `with torch.no_grad():` PyTorch keeps no notes for a backward pass that never comes. That
#    saves memory and time.
# 3. **Leave everything as it was.** A function that measures in the middle of training must not end in evaluation mode:
#    the next epoch would quietly train without dropout. `model.training` tells the mode, and `model.train(mode)` takes
#    `True` or `False`.
#
# And a fourth: count digits, not batches. With batches of 64, 64 and 12 pictures the mean of three accuracies is not
# the accuracy of 140 pictures.
#
# **What `evaluate(model, loader)` must do**
# - `model`: any `nn.Module` on `device` that gives one score per class, `(N, classes)`. It may have no parameters at
#   all. `loader`: any iterable of pairs `(images, labels)`, gone through once; its batches may have any sizes.
# - Returns the accuracy over all samples: a Python float from 0 to 1.
# - The model runs once for each batch, in evaluation mode and with gradients off. Afterwards the model is in the mode
#   that it was in before, whichever that was, and gradients are on or off as before. Its weights and statistics are
#   unchanged.
# - `ValueError` that names `loader`, if there is no sample at all.


# %% exercise="evaluate"
def evaluate(model, loader):
    """Share of samples whose largest score belongs to the right class, measured in evaluation mode.

    Args:
        model: nn.Module on `device` that gives scores (N, classes); its mode is the same afterwards.
        loader: iterable of pairs (images, labels).

    Returns:
        float from 0 to 1.

    Raises:
        ValueError: loader holds no sample.

    Example:
        >>> scores = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [0.6, 0.4]])
        >>> evaluate(nn.Identity(), [(scores, torch.tensor([1, 0, 0, 0]))])
        0.75
    """
    ### BEGIN SOLUTION
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train(was_training)
    if not count:
        raise ValueError("loader must hold at least one sample, got none")
    return correct / count
    ### END SOLUTION


# %% check="evaluate"
check("evaluate")

# %% demo="evaluate"
with demo("evaluate"):
    torch.manual_seed(0)
    pictures, digits, new_pictures, new_digits = data.digits()
    batches = DataLoader(TensorDataset(pictures, digits), batch_size=64, shuffle=True)
    network = DigitClassifier(dropout=0.5).to(device)
    steps = torch.optim.Adam(network.parameters(), lr=0.001)
    losses, seen, unseen = [], [], []
    for _ in range(6):
        losses.append(train_one_epoch(network, batches, steps, nn.CrossEntropyLoss()))
        seen.append(evaluate(network, [(pictures, digits)]))
        unseen.append(evaluate(network, [(new_pictures, new_digits)]))
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.4), layout="constrained")
    epochs = range(1, len(losses) + 1)
    left.plot(epochs, losses, "o-")
    left.set(title="training loss", xlabel="epoch", ylabel="mean loss per digit", ylim=(0, None))
    middle.plot(epochs, seen, "o-", label="training digits")
    middle.plot(epochs, unseen, "o-", label="new digits")
    middle.set(title="accuracy", xlabel="epoch")
    middle.legend()
    with torch.no_grad():
        chances = network.eval()(new_pictures.to(device)).softmax(dim=1).cpu()
        doubtful = int((chances.max(dim=1).values - 0.6).abs().argmin())  # a digit that the network is not sure of
        answer = int(chances[doubtful].argmax())
        copies = new_pictures[doubtful].repeat(400, 1, 1, 1).to(device)
        swaying = network.train()(copies).softmax(dim=1)[:, answer].cpu()
    right.hist(swaying.numpy(), bins=np.linspace(0, 1, 26), color="C3", label="training mode, 400 times")
    right.axvline(float(chances[doubtful, answer]), color="black", linewidth=3, label="evaluation mode, every time")
    right.set(title=f"one doubtful digit: chance of being a {answer}", xlabel="probability")
    right.set_ylim(0, 60)
    right.legend(fontsize=8)

# %% [markdown]
# On the right, the *same* picture was shown 400 times. With dropout at work (in training mode, here half of the hidden
# units) the network changes its mind from one time to the next. In evaluation mode it uses all units, and says the same
# every time.
#
# ## Exercise 4 · Keeping what was learned
#
# When the notebook is closed, everything that was learned is gone, unless it is written to a file. A Module can list
# what it holds: `model.state_dict()` is a dictionary from names to tensors, all **parameters** (weights and biases) and
# all **buffers** (the running statistics of batch norm). `torch.save(dictionary, path)` writes it, `torch.load` reads
# it, `model.load_state_dict(dictionary)` puts the numbers into a network of the same build.
#
# **Why not save the whole model?** `torch.save(model, path)` works too, and it is a trap. It uses Python's *pickle*,
# which stores the name of your class and rebuilds the object by *running code*. Rename the class and the file is lost.
# Worse: whoever made the file decides what code runs on your machine while you load it. A file of weights from the
# internet can empty your disk. Therefore
#
# ```python
# weights = torch.load(path, weights_only=True, map_location=device)
# ```
#
# reads tensors and plain containers, and refuses everything else instead of running it. (`map_location` puts the
# tensors on this machine's device, wherever they were saved.) Recent versions of PyTorch have `weights_only=True` as
# their default; write it all the same, since the safety of a program should not hang on a version number.
#
# **All or nothing.** `load_state_dict` complains when names or shapes do not fit, but by then it may have copied the
# tensors that did. You would be left with a network that is half one and half the other. So compare first: the file's
# names and shapes with those of `model.state_dict()`. And mind that a file may hold something that is no dictionary, or
# a dictionary of something else than tensors. What `torch.load` raises when a file is not its own depends on the first
# few bytes; catch it as `Exception` and raise a `ValueError` in its place, with the original behind it
# (`raise ValueError(...) from error`). One thing must not be swallowed: a file that does not exist.
#
# **What `save_weights(model, path)` must do**
# - `model`: any `nn.Module`. `path`: a string or a `pathlib.Path`, in a folder that exists. A file that is there
#   already is replaced.
# - Writes `model.state_dict()`, and nothing else, with `torch.save`. The model does not change.
#
# **What `load_weights(model, path)` must do**
# - Loads the file's numbers into `model` itself: the same parameter objects, so that an optimizer which holds them goes
#   on working. It returns the model or `None`, as you like. The mode (training or evaluation) does not change.
# - `FileNotFoundError`, if there is no such file: what `torch.load` raises by itself.
# - `ValueError` with a message that contains the word `path` and shows the path, if the file holds anything else than
#   the state dict of a network with exactly the same names and shapes: text, an empty file, another object, a whole
#   model, the weights of another architecture. Nothing in the file is run, and the model keeps all its numbers.


# %% exercise="save_and_load"
def save_weights(model, path):
    """Write a network's state dict to a file.

    Args:
        model: nn.Module.
        path: where to; str or pathlib.Path.

    Example:
        >>> save_weights(DigitClassifier(hidden=(16,)), "digits.pth")
    """
    ### BEGIN SOLUTION
    torch.save(model.state_dict(), path)
    ### END SOLUTION


def load_weights(model, path):
    """Put the numbers from a file of save_weights into a network of the same build.

    Args:
        model: nn.Module whose parameters and buffers are overwritten in place.
        path: where from; str or pathlib.Path.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file holds anything else than a state dict with the model's names and shapes; the model is
            unchanged then, and no code from the file has run.

    Example:
        >>> model = DigitClassifier(hidden=(16,))
        >>> save_weights(model, "digits.pth")
        >>> _ = load_weights(model, "digits.pth")
    """
    ### BEGIN SOLUTION
    try:
        weights = torch.load(path, weights_only=True, map_location=device)
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(f"path must lead to a file of save_weights, got {path}") from error
    wanted = {name: tensor.shape for name, tensor in model.state_dict().items()}
    found = None
    if isinstance(weights, dict):
        found = {name: getattr(value, "shape", None) for name, value in weights.items()}
    if found != wanted:
        raise ValueError(f"path must lead to the weights of a network of the same build, got {path}")
    model.load_state_dict(weights)
    ### END SOLUTION


# %% check="save_and_load"
check("save_and_load")

# %% demo="save_and_load"
with demo("save_and_load"):
    import tempfile
    from pathlib import Path

    torch.manual_seed(0)
    pictures, digits, new_pictures, new_digits = data.digits()
    batches = DataLoader(TensorDataset(pictures, digits), batch_size=64, shuffle=True)
    trained = DigitClassifier(hidden=(128, 64)).to(device)
    steps = torch.optim.Adam(trained.parameters(), lr=0.001)
    for _ in range(3):
        train_one_epoch(trained, batches, steps, nn.CrossEntropyLoss())
    copy = DigitClassifier(hidden=(128, 64)).to(device)
    shares = {"trained": evaluate(trained, [(new_pictures, new_digits)])}
    shares["a new network"] = evaluate(copy, [(new_pictures, new_digits)])
    with tempfile.TemporaryDirectory() as folder:
        save_weights(trained, Path(folder) / "digits.pth")
        kilobytes = (Path(folder) / "digits.pth").stat().st_size / 1000
        load_weights(copy, Path(folder) / "digits.pth")
    shares["after load_weights"] = evaluate(copy, [(new_pictures, new_digits)])
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.2), layout="constrained")
    left.bar_label(left.bar(list(shares), list(shares.values()), color=["C0", "grey", "C0"]), fmt="{:.3f}")
    left.set(title=f"accuracy on new digits; the file has {kilobytes:.0f} kB", ylim=(0, 1.1))
    names = list(copy.state_dict())
    right.barh(names[::-1], [copy.state_dict()[name].numel() for name in names[::-1]], color="C2")
    right.set(title="what the state dict holds", xlabel="how many numbers", xscale="log")

# %% [markdown]
# ## Exercise 5 · An experiment in one call
#
# You now have all the parts. Put together by hand they make a program of thirty lines, and a program of thirty lines
# that is copied for every question soon exists in ten versions that differ in ways nobody remembers. So make it **one
# function whose arguments are the questions**: how large, how long, how fast, with or without. Then an experiment is a
# line, and a comparison is two lines that differ in one word.
#
# The recipe, with nothing new in it: get the data with `data.digits()`, *inside the function*. Seed PyTorch with
# `torch.manual_seed(seed)`, before anything is drawn: the starting weights, the order of the batches and the dropped
# units all come from it. Make the network, and move it to `device`. Make an optimizer and a loader that shuffles. Train
# for some epochs. Evaluate on the test digits, once, at the end.
#
# Once, and at the end: the test digits stand for the future. A network that has trained on them, or an experimenter who
# picks the best epoch by them, has seen the answers, and the number means nothing any more.
#
# (A list of one pair, `[(test_images, test_labels)]`, is a perfectly good loader for `evaluate`.)
#
# **What `run_experiment(learning_rate=1e-3, batch_size=64, epochs=5, hidden=(512, 256), dropout=0.2, batchnorm=False,
# seed=0)` must do**
# - Gets its data by calling `data.digits()` when it is called. (It will be tried with other pictures and other numbers
#   of pictures in their place.)
# - Trains a `DigitClassifier(hidden, dropout, batchnorm)` on `device` with `torch.optim.Adam` at `learning_rate` (its
#   other settings as they come) and `nn.CrossEntropyLoss`, for `epochs` epochs. Each epoch goes through **all**
#   training pictures once, in a new random order, in batches of `batch_size`; what is left at the end is a shorter
#   batch. Test pictures are never trained on.
# - Returns a dictionary with exactly three keys: `"train_loss"`, the mean loss per sample of the last epoch, as
#   `train_one_epoch` gives it; `"test_accuracy"`, the accuracy of the final network on all test pictures; `"model"`,
#   the network.
# - The same arguments give the same numbers, whatever was drawn before the call; another `seed` gives another network.
# - `ValueError` that names the argument and shows its value, if `batch_size` or `epochs` is below 1, or `learning_rate`
#   is 0, negative or `nan`.


# %% exercise="run_experiment"
def run_experiment(
    learning_rate=1e-3, batch_size=64, epochs=5, hidden=(512, 256), dropout=0.2, batchnorm=False, seed=0
):
    """Train a DigitClassifier on the training digits and measure it on the test digits.

    Args:
        learning_rate: of Adam, above 0.
        batch_size: samples per batch, at least 1.
        epochs: how often to go through the training digits, at least 1.
        hidden: sizes of the hidden layers.
        dropout: probability of dropping a hidden unit in training.
        batchnorm: whether the hidden layers have batch norm.
        seed: of everything random.

    Returns:
        dict with "train_loss" (float, mean over the last epoch), "test_accuracy" (float) and "model".

    Raises:
        ValueError: learning_rate, batch_size or epochs out of range; the message names it and shows the value.

    Example:
        >>> result = run_experiment(epochs=1, hidden=(32,))
        >>> result["test_accuracy"] > 0.5
        True
    """
    ### BEGIN SOLUTION
    if not learning_rate > 0:
        raise ValueError(f"learning_rate must be above 0, got {learning_rate}")
    for name, value in (("batch_size", batch_size), ("epochs", epochs)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value}")
    train_images, train_labels, test_images, test_labels = data.digits()
    torch.manual_seed(seed)
    model = DigitClassifier(hidden, dropout, batchnorm).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    loader = DataLoader(TensorDataset(train_images, train_labels), batch_size=batch_size, shuffle=True)
    for _ in range(epochs):
        train_loss = train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss())
    test_accuracy = evaluate(model, [(test_images, test_labels)])
    return {"train_loss": train_loss, "test_accuracy": test_accuracy, "model": model}
    ### END SOLUTION


# %% check="run_experiment"
check("run_experiment")

# %% demo="run_experiment"
with demo("run_experiment"):
    settings = {
        "as it comes": {},
        "third hidden layer": {"hidden": (512, 256, 128)},
        "one hidden layer of 32": {"hidden": (32,)},
        "batch norm": {"batchnorm": True},
        "one epoch": {"epochs": 1},
    }
    results = {name: run_experiment(**changes) for name, changes in settings.items()}
    figure, left = plt.subplots(figsize=(9, 3.4), layout="constrained")
    shares = [result["test_accuracy"] for result in results.values()]
    left.bar_label(left.barh(list(results), shares), fmt="{:.3f}")
    left.invert_yaxis()
    left.set(title="accuracy on the test digits, one run each", xlim=(0.8, 1))
    pictures, digits = data.digits()[2:]
    with torch.no_grad():
        chances = results["as it comes"]["model"].eval()(pictures.to(device)).softmax(dim=1).cpu()
    guesses = chances.argmax(dim=1)
    wrong = (guesses != digits).nonzero().ravel()
    surest = wrong[chances[wrong].max(dim=1).values.argsort(descending=True)][:20]
    figure, panels = plt.subplots(2, 10, figsize=(11, 3.2), layout="constrained")
    for panel in panels.flat:
        panel.axis("off")
    for panel, place in zip(panels.flat, surest, strict=False):
        panel.imshow(pictures[place, 0].numpy(), cmap="gray_r")
        panel.set_title(f"{digits[place]} → {guesses[place]}", fontsize=10, color="tab:red")
    figure.suptitle(f"{len(wrong)} of {len(digits)} test digits are read wrongly; those it was surest about")

# %% [markdown]
# **Does a third hidden layer help?** Not here: with this seed it costs two percentage points. Is that the layer, or
# luck? One point is ten digits of a thousand, and another seed alone moves the accuracy by about as much. So
# ask four seeds: with two hidden layers we measured 0.948, 0.940, 0.943, 0.935, with three 0.926, 0.930, 0.936, 0.929.
# A little worse every time. Why, these runs do not say: the layer adds only 6 % more numbers, but it also drops units,
# and five epochs may be too few for it. Never believe a single run, whether it pleases you or not. And look at the
# wrong answers below the bars: some of them would have been yours too.
#
# **The full size, if you like.** With 60 000 digits and ten epochs the same network reaches 97 to 98 % on the 10 000
# test digits. It needs a download of about 12 MB (in a terminal: `course data fetch digits-full`) and a few minutes.
# Nothing that is graded depends on it. In a cell of your own:
#
# ```python
# images, labels, test_images, test_labels = data.digits(full=True)
# torch.manual_seed(0)
# model = DigitClassifier().to(device)
# optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
# loader = DataLoader(TensorDataset(images, labels), batch_size=64, shuffle=True)
# test_loader = DataLoader(TensorDataset(test_images, test_labels), batch_size=1000)
# for epoch in range(10):
#     loss = train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss())
#     print(epoch + 1, round(loss, 3), evaluate(model, test_loader))
# ```
#
# ## Exercise 6 · What is taken for what
#
# An accuracy of 0.95 does not say *which* mistakes are made. The **confusion matrix** does. It is a table with one row
# for each true class and one column for each prediction; the entry in row $t$, column $p$ counts how often the truth
# was $t$ and the network said $p$. With three classes, truths $0, 0, 1, 2, 2, 1$ and predictions $0, 2, 1, 2, 0, 2$:
#
# $$\begin{pmatrix} 1 & 0 & 1 \\ 0 & 1 & 1 \\ 1 & 0 & 1 \end{pmatrix}$$
#
# One 0 was read as 0 and one as 2; of the two 1s, one was read correctly and one as 2; of the two 2s, one was read as 0
# and one correctly. Everything on the diagonal is right, everything off it a mistake. Each row adds up to how often
# that class occurs. Careful with the order: the transposed table answers another question, and looks just as plausible.
#
# **What `confusion_matrix(predictions, labels, n_classes=10)` must do**
# - `predictions`, `labels`: two one-dimensional tensors, arrays or lists of whole numbers from 0 to `n_classes` − 1,
#   equally long, at least one entry. (Tensors on the CPU, of any integer type, also `uint8`, which cannot count beyond
#   255.) They are not modified.
# - Returns a NumPy array of whole numbers `(n_classes, n_classes)`: row = label (truth), column = prediction.
# - `ValueError` that names `predictions` and shows their shape, if they are not one-dimensional or there is none;
#   that names `labels` and shows their shape, if it differs from that of `predictions`; that names `predictions` or
#   `labels` and shows a value of theirs that is no class (−1 is none either).
#
# **What `most_confused(cm)` must do**
# - `cm`: a square table of counts as above (array), at least 2 × 2; not modified.
# - Returns the pair of two different classes `(true, predicted)` with the largest count, as Python integers. In a tie
#   it is the pair with the smallest `true`, among those the smallest `predicted`. (So without any mistake: `(0, 1)`.)
# - `ValueError` that names `cm` and shows its shape, if it is not square or smaller than 2 × 2.
#
# **What `plot_confusion(ax, cm)` must do**
# - Draws on `ax`: one coloured field for each entry, the true class along the y-axis, the predicted one along the
#   x-axis, with `ax.imshow` (`ax.matshow` and `ax.pcolormesh` are as good). Equal counts have equal colours, very
#   different counts different ones.
# - On each axis a tick at the middle of every class, labelled with its number. The label of the x-axis contains the
#   word "predicted", that of the y-axis the word "true".
# - Everything else (the colours, the counts as text, a colour bar) is up to you. What it returns does not matter.


# %% exercise="confusion_matrix"
def confusion_matrix(predictions, labels, n_classes=10):
    """Count how often each class is predicted as each class.

    Args:
        predictions: what the network said, (N,) whole numbers from 0 to n_classes - 1.
        labels: what is true, (N,).
        n_classes: number of classes.

    Returns:
        int array (n_classes, n_classes); entry [t, p] counts samples of class t that were predicted as p.

    Raises:
        ValueError: shapes do not fit, there is no sample, or a value is no class; the message names the argument.

    Example:
        >>> confusion_matrix([0, 2, 1, 2, 0, 2], [0, 0, 1, 2, 2, 1], n_classes=3)
        array([[1, 0, 1],
               [0, 1, 1],
               [1, 0, 1]])
    """
    ### BEGIN SOLUTION
    predictions, labels = np.asarray(predictions), np.asarray(labels)
    if predictions.ndim != 1 or not predictions.size:
        raise ValueError(f"predictions must be a row of at least one class, got shape {predictions.shape}")
    if labels.shape != predictions.shape:
        raise ValueError(f"labels must have the shape of predictions, {predictions.shape}, got {labels.shape}")
    for name, values in (("predictions", predictions), ("labels", labels)):
        strange = set(values.tolist()) - set(range(n_classes))
        if strange:
            raise ValueError(f"{name} must be whole numbers from 0 to below {n_classes}, got {strange.pop()}")
    cm = np.zeros((n_classes, n_classes), dtype=np.int64)
    np.add.at(cm, (labels, predictions), 1)  # counts repeated pairs as often as they come
    return cm
    ### END SOLUTION


def most_confused(cm):
    """Find the most frequent mistake.

    Args:
        cm: confusion matrix (n_classes, n_classes), rows are true, at least 2 x 2.

    Returns:
        (true, predicted), two different classes; in a tie the smallest pair.

    Raises:
        ValueError: cm is not square, or smaller than 2 x 2; the message shows its shape.

    Example:
        >>> most_confused(np.array([[9, 0, 1], [0, 9, 0], [3, 0, 6]]))
        (2, 0)
    """
    ### BEGIN SOLUTION
    cm = np.asarray(cm)
    if cm.shape != (len(cm), len(cm)) or len(cm) < 2:
        raise ValueError(f"cm must be square and at least 2 x 2, got shape {cm.shape}")
    mistakes = np.where(np.eye(len(cm), dtype=bool), -np.inf, cm)
    true, predicted = np.unravel_index(np.argmax(mistakes), cm.shape)  # argmax takes the first of equals
    return int(true), int(predicted)
    ### END SOLUTION


def plot_confusion(ax, cm):
    """Draw a confusion matrix: true classes along the y-axis, predicted ones along the x-axis.

    Args:
        ax: matplotlib Axes to draw on.
        cm: confusion matrix (n_classes, n_classes).

    Example:
        >>> figure, ax = plt.subplots()
        >>> plot_confusion(ax, np.array([[9, 0, 1], [0, 9, 0], [3, 0, 6]]))
        >>> [label.get_text() for label in ax.get_xticklabels()]
        ['0', '1', '2']
    """
    ### BEGIN SOLUTION
    classes = range(len(cm))
    ax.imshow(cm, cmap="Wistia")
    ax.set(xticks=classes, yticks=classes, xlabel="predicted digit", ylabel="true digit")
    for (true, predicted), count in np.ndenumerate(cm):
        ax.text(predicted, true, str(count), ha="center", va="center", fontsize="small")
    ### END SOLUTION


# %% check="confusion_matrix"
check("confusion_matrix")

# %% demo="confusion_matrix"
with demo("confusion_matrix"):
    pictures, digits = data.digits()[2:]
    network = run_experiment()["model"]
    with torch.no_grad():
        guesses = network.eval()(pictures.to(device)).argmax(dim=1).cpu()
    table = confusion_matrix(guesses, digits)
    pair = most_confused(table)
    figure = plt.figure(figsize=(11, 4.6), layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=[3, 2])
    plot_confusion(left.subplots(), table)
    left.suptitle(f"1000 test digits, {np.trace(table)} of them on the diagonal")
    mistaken = ((digits == pair[0]) & (guesses == pair[1])).nonzero().ravel()
    for panel in (panels := right.subplots(3, 3)).flat:
        panel.axis("off")
    for panel, place in zip(panels.flat, mistaken, strict=False):
        panel.imshow(pictures[place, 0].numpy(), cmap="gray_r")
    right.suptitle(f"the most frequent mistake: {pair[0]} read as {pair[1]}")

# %% [markdown]
# ## Exercise 7 · With and without batch norm
#
# Batch norm gives the sums of every hidden unit mean 0 and deviation 1 within each batch, then lets the network scale
# and shift them (chapter 5). The claim is that this makes training faster. Claims are tested by an experiment in which
# **one thing differs and everything else is the same**: the same pictures in the same order, the same optimizer, the
# same seed.
#
# The order is where such experiments go wrong quietly. If both networks draw from one generator, one after the other,
# the second sees other batches than the first. Seed anew before each of them. Better still, give the loader a generator
# of its own, `DataLoader(..., shuffle=True, generator=torch.Generator().manual_seed(seed))`: then the order does not
# depend on how many random numbers a network used for its weights and its dropout.
#
# To see *when* batch norm helps, one number at the end is not enough: note the training loss and the test accuracy
# after every epoch. (Nobody picks an epoch by them, so looking at the test digits more than once does no harm here.)
#
# **What `batchnorm_study(seed, epochs=5)` must do**
# - Gets its data by calling `data.digits()` when it is called, as in exercise 5.
# - Trains two networks: `DigitClassifier()` as it comes, and the same with `batchnorm=True`. Everything else is as
#   `run_experiment` has it by default: Adam at 0.001, `nn.CrossEntropyLoss`, batches of 64, every picture once per
#   epoch, a new random order for each epoch. Both networks get the same batches in the same order, and the order
#   depends on `seed`.
# - Returns `{"plain": …, "batchnorm": …}`, each a dictionary with exactly two lists of one float per epoch:
#   `"train_loss"`, the mean loss per sample while that epoch trained, as `train_one_epoch` returns it, and
#   `"test_accuracy"`, the accuracy on all test pictures after that epoch.
# - The same arguments give the same numbers, whatever was drawn before the call.
# - `ValueError` that names `epochs` and shows its value, if it is below 1.


# %% exercise="batchnorm_study"
def batchnorm_study(seed, epochs=5):
    """Train the same network without and with batch norm on the same batches.

    Args:
        seed: of the weights, the order of the pictures and dropout.
        epochs: how often to go through the training digits, at least 1.

    Returns:
        {"plain": curves, "batchnorm": curves}, where curves is a dict with "train_loss" and "test_accuracy", lists of
        one float per epoch.

    Raises:
        ValueError: epochs is below 1; the message shows its value.

    Example:
        >>> study = batchnorm_study(seed=0, epochs=1)
        >>> study["batchnorm"]["train_loss"][0] < study["plain"]["train_loss"][0]
        True
    """
    ### BEGIN SOLUTION
    if epochs < 1:
        raise ValueError(f"epochs must be at least 1, got {epochs}")
    train_images, train_labels, test_images, test_labels = data.digits()
    study = {}
    for name, batchnorm in (("plain", False), ("batchnorm", True)):
        torch.manual_seed(seed)
        model = DigitClassifier(batchnorm=batchnorm).to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        order = torch.Generator().manual_seed(seed)
        images = TensorDataset(train_images, train_labels)
        loader = DataLoader(images, batch_size=64, shuffle=True, generator=order)
        study[name] = {"train_loss": [], "test_accuracy": []}
        for _ in range(epochs):
            study[name]["train_loss"].append(train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss()))
            study[name]["test_accuracy"].append(evaluate(model, [(test_images, test_labels)]))
    return study
    ### END SOLUTION


# %% check="batchnorm_study"
check("batchnorm_study")

# %% demo="batchnorm_study"
with demo("batchnorm_study"):
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
    for number in range(3):
        for name, curves in batchnorm_study(number, epochs=5).items():
            colour, words = ("C0", "plain") if name == "plain" else ("C1", "batch norm")
            look = {"color": colour, "alpha": 0.7, "label": None if number else words}
            left.plot(range(1, 6), curves["train_loss"], "o-", **look)
            right.plot(range(1, 6), curves["test_accuracy"], "o-", **look)
    left.set(title="training loss, three seeds", xlabel="epoch", ylabel="mean loss per digit", ylim=(0, None))
    right.set(title="accuracy on the test digits", xlabel="epoch")
    for panel in (left, right):
        panel.set_xticks(range(1, 6))
        panel.legend()

# %% [markdown] written="batchnorm_study_observation"
# ### Exercise 7, in your own words · What does batch norm change?
#
# Use the curves above (three seeds each). In about five to eight sentences:
#
# 1. Compare the training losses of the first epoch and of the last. Where is the difference largest?
# 2. Compare the accuracies on the test digits, early and late. Is every difference that you see larger than the
#    difference between two seeds?
# 3. Both networks see the same batches in the same order. Why does the comparison need that, and why three seeds?
# 4. Name one thing that batch norm costs, or that one has to be careful about.
#
# ### BEGIN SOLUTION
# **Rubric, 4 points** (numbers vary a little between machines)
#
# - **1 point: the losses.** In the first epoch about 0.73 plain against 0.61 with batch norm, in all three seeds;
#   in the fifth about 0.10 against 0.07. The difference is largest at the start: batch norm gets going faster.
# - **1 point: the accuracies.** After one epoch about 0.90 against 0.92, clearly apart. At the end about 0.937 against
#   0.947: still in favour of batch norm, but the curves cross or touch on the way, and one percentage point is about
#   what two seeds or two neighbouring epochs differ by. *No point without comparing it to the spread of the seeds.*
# - **1 point: the design.** With other batches the difference could come from the order and not from batch norm. A
#   single seed could be luck; only what repeats itself is believable.
# - **1 point: a cost.** Any one of: it depends on the batch (small batches are noisy, a batch of one fails in
#   training); training and evaluation differ, so a forgotten `eval()` hurts; extra parameters and statistics that have
#   to be saved; more computation per step.
#
# **Sample answer.** In the first epoch the training loss is about 0.12 lower with batch norm (0.61 instead of 0.73),
# with every seed; in the fifth only 0.03 separate them. So its main effect is a faster start. The accuracy tells
# the same: 0.92 against 0.90 after one epoch, about 0.947 against 0.937 at the end. The last gap is hardly wider than
# the spread of the seeds, so I would not promise it to anybody, but it has the same sign three times. The batches must
# be the same, because an easier order would look like a better network, and three seeds show how much is mere luck. The
# price is that a picture's result in training depends on the others of its batch, so one must switch to evaluation mode
# and must not use tiny batches.
# ### END SOLUTION

# %% [markdown]
# ## What you have built
#
# - A network is a class derived from `nn.Module`: `__init__` makes the layers, `forward` uses them, and what is not
#   registered does not learn.
# - Training is five lines: forget, forward, loss, backward, step. The loss of an epoch weights every *sample* alike.
# - A measurement is made in evaluation mode, without gradients, and leaves everything as it found it.
# - What is saved is the state dict; what is loaded is never trusted, and loaded whole or not at all.
# - An experiment is a function whose arguments are the questions; a seed makes it repeatable, several seeds make it
#   believable; the test digits are looked at when everything is decided.
# - The confusion matrix says which mistakes are made, and to read it you have to know which axis is the truth.
#
# **Read next:** chapter 7 of the book. Move every test digit by a single pixel and the accuracy of your network falls
# from about 0.94 to below 0.90; by two pixels, to about 0.65. To it, a moved 5 is a different picture. A
# *convolutional* network looks for the same pattern everywhere, and hardly notices.
#
# The cell below shows where you stand. Go back to anything that is still open: the order does not matter. The written
# answer gets its points when somebody has read it.

# %% closing
progress()
