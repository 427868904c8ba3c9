"""Code that runs beside the student's: what a single call from outside cannot see. It holds no expectations."""

import warnings

import numpy as np
from matplotlib import axis, collections, legend, lines, patches, text
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

NO_MARKER = ("None", "", " ")


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


def after_spoiling(student, name, *args):
    """Call a function, overwrite the arrays that it returned, and return what the same call gives then."""
    for array in getattr(student, name)(*args).values():
        array[...] = 1.0
    return getattr(student, name)(*args)


def global_draws_around(student, name, args, seed):
    """Seed NumPy's global generator, draw, call a function, draw again; return the draws."""
    np.random.seed(seed)  # noqa: NPY002 - the global state is what is looked at
    before = np.random.random(3)  # noqa: NPY002
    getattr(student, name)(*args)
    return np.concatenate([before, np.random.random(3)])  # noqa: NPY002


def first_cache_after_second_pass(student, params, first, second):
    """Send two batches through `forward` and return what the first one's cache holds in the end."""
    cache = student.forward(params, first)[1]
    student.forward(params, second, "relu")
    return cache


def loss_picture(student, losses):
    """Draw losses on an Axes that pyplot does not know; read the picture.

    Says too how many artists the current picture, and how many figures pyplot gained.
    """
    figure, ax = _canvas()
    current = plt.figure().gca()
    before = len(current.get_children()), len(plt.get_fignums())
    student.plot_losses(ax, losses)
    after = len(current.get_children()), len(plt.get_fignums())
    plt.close("all")
    return _read(figure, ax) | {"gained": [now - then for now, then in zip(after, before, strict=True)]}


def boundary_picture(student, params, ticks):
    """Draw a decision boundary on an Axes that pyplot does not know; read it, what else was drawn, colours at ticks."""
    figure, ax = _canvas()
    plt.close("all")
    student.plot_decision_boundary(ax, params)
    made = len(plt.get_fignums())
    plt.close("all")
    return _read(figure, ax) | {"figures": made, "colours": _colours(figure, ax, ticks)}


def _canvas():
    """Return a figure that pyplot does not know, with one Axes; without a layout, which would cost the most."""
    figure = Figure(figsize=(4.5, 4), dpi=80, layout="none")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _read(figure, ax):
    titles = [ax.get_title(loc=place) for place in ("left", "center", "right")]
    return {
        "scales": [ax.get_xscale(), ax.get_yscale()],
        "labels": [ax.get_xlabel(), ax.get_ylabel()],
        "title": " ".join([*titles, figure.get_suptitle()]),
        "curves": _curves(ax),
        "points": _points(ax),
    }


def _curves(ax):
    found = [line.get_xydata() for line in ax.get_lines()]
    for collection in ax.collections:
        if isinstance(collection, collections.LineCollection):
            found.extend(collection.get_segments())
        elif isinstance(collection, collections.PathCollection):
            found.append(collection.get_offsets())
    return [np.array(np.ma.filled(curve, np.nan), dtype=float) for curve in found]


def _points(ax):
    """Return every point drawn with a marker: x, y and a text of all that its looks depend on."""
    found = []
    for line in ax.get_lines():
        if str(line.get_marker()) not in NO_MARKER:
            looks = (str(line.get_marker()), to_rgba(line.get_markerfacecolor()), to_rgba(line.get_markeredgecolor()))
            found.extend([float(x), float(y), repr((*looks, line.get_markersize()))] for x, y in line.get_xydata())
    for collection in ax.collections:
        if isinstance(collection, collections.PathCollection):
            found.extend(_scattered(collection))
    circles = [patch for patch in ax.patches if isinstance(patch, patches.Ellipse)]
    found.extend([*map(float, c.get_center()), repr((c.get_facecolor(), c.get_edgecolor(), c.width))] for c in circles)
    places = [getattr(word, "xy", word.get_position()) for word in ax.texts]  # `annotate` knows what it points at
    looks = [repr((word.get_text(), word.get_color())) for word in ax.texts]
    words = [(*map(float, place), look) for place, look in zip(places, looks, strict=True)]
    return [[x, y, looks + _words_near(x, y, words)] for x, y, looks in found]


def _scattered(collection):
    collection.update_scalarmappable()
    paths, sizes = collection.get_paths(), collection.get_sizes()
    faces, edges = collection.get_facecolor(), collection.get_edgecolor()
    for number, (x, y) in enumerate(np.ma.filled(collection.get_offsets(), np.nan)):
        outline = paths[number % len(paths)].vertices.round(6).tolist() if paths else []
        looks = [items[number % len(items)].tolist() if len(items) else [] for items in (faces, edges, sizes)]
        yield [float(x), float(y), repr((outline, looks))]


def _words_near(x, y, words):
    return "".join(looks for left, low, looks in words if abs(left - x) < 0.25 and abs(low - y) < 0.25)


def _colours(figure, ax, ticks):
    """Return the colour (red, green, blue) at every pair of ticks, [x][y]; words and points are hidden."""
    _hide(figure, text.Text | legend.Legend | axis.Axis | lines.Line2D | collections.PathCollection)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3]  # row 0 at the bottom, as display coordinates count
    places = np.stack(np.meshgrid(ticks, ticks, indexing="ij"), axis=-1)
    columns, rows = np.floor(ax.transData.transform(places.reshape(-1, 2))).astype(int).T
    inside = (rows >= 0) & (rows < pixels.shape[0]) & (columns >= 0) & (columns < pixels.shape[1])
    colours = np.where(inside[:, None], pixels[np.where(inside, rows, 0), np.where(inside, columns, 0)], 255)
    return colours.reshape(*places.shape[:2], 3).astype(float)


def _hide(artist, kinds):
    for child in artist.get_children():
        if isinstance(child, kinds):
            child.set_visible(False)
        else:
            _hide(child, kinds)
