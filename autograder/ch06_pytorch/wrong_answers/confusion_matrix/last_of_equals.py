"""In a tie you return the last pair. The smallest one is asked for.

Caught by: test_ties_go_to_the_smallest_pair
"""


def confusion_matrix(predictions, labels, n_classes=10):
    predictions, labels = np.asarray(predictions), np.asarray(labels)
    if predictions.ndim != 1 or len(predictions) == 0:
        raise ValueError(f"predictions have shape {predictions.shape}")
    if labels.shape != predictions.shape:
        raise ValueError(f"labels have shape {labels.shape}")
    for name, values in (("predictions", predictions), ("labels", labels)):
        for value in values:
            if value < 0 or value >= n_classes:
                raise ValueError(f"{name} contain {value}")
    cm = np.zeros((n_classes, n_classes), dtype=int)
    for true, predicted in zip(labels, predictions):
        cm[true, predicted] += 1
    return cm


def most_confused(cm):
    cm = np.array(cm)
    if cm.ndim != 2 or cm.shape[0] != cm.shape[1] or len(cm) < 2:
        raise ValueError(f"cm has shape {cm.shape}")
    np.fill_diagonal(cm, -1)
    true, predicted = divmod(cm.size - 1 - int(cm.ravel()[::-1].argmax()), len(cm))
    return true, predicted


def plot_confusion(ax, cm):
    ax.imshow(cm, cmap="viridis")
    ax.set_xticks(range(len(cm)))
    ax.set_yticks(range(len(cm)))
    ax.set_xlabel("predicted")
    ax.set_ylabel("true")
