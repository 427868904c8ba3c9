"""Counts with `bincount`, looks for the mistake in Python, draws with `pcolormesh`, the first class at the bottom."""


def confusion_matrix(predictions, labels, n_classes=10):
    rows = {"predictions": np.array(predictions), "labels": np.array(labels)}
    shape = rows["predictions"].shape
    if len(shape) != 1 or shape == (0,):
        raise ValueError(f"predictions: shape {shape}")
    if rows["labels"].shape != shape:
        raise ValueError(f"labels: shape {rows['labels'].shape}, predictions: shape {shape}")
    rows = {name: row.astype(np.int64) for name, row in rows.items()}
    for name, row in rows.items():
        for extreme in (row.min(), row.max()):
            if not 0 <= extreme < n_classes:
                raise ValueError(f"{name}: {extreme} is no class")
    places = rows["labels"] * n_classes + rows["predictions"]
    return np.bincount(places, minlength=n_classes**2).reshape(n_classes, n_classes)


def most_confused(cm):
    if np.ndim(cm) != 2 or len({*np.shape(cm)}) != 1 or len(cm) == 1:
        raise ValueError(f"cm: shape {np.shape(cm)}")
    pairs = [(t, p) for t in range(len(cm)) for p in range(len(cm)) if t != p]
    return min(pairs, key=lambda pair: (-cm[pair[0]][pair[1]], pair))


def plot_confusion(ax, cm):
    n = len(cm)
    mesh = ax.pcolormesh(cm, cmap="magma")
    names = [str(number) for number in range(n)]
    ax.set_xticks(np.arange(n) + 0.5, names)
    ax.set_yticks(np.arange(n) + 0.5, names)
    ax.set(xlabel="Predicted class", ylabel="True class", title="who is taken for whom")
    ax.figure.colorbar(mesh, ax=ax)
