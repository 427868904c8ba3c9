"""Your rows are the predictions. They are the truth: entry [t, p] counts samples of class t that were predicted as p.

Caught by: test_pairs_are_counted, test_ten_classes_unless_given, test_tensors_lists_and_small_integers,
test_arguments_stay_as_they_were
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
        cm[predicted, true] += 1
    return cm


def most_confused(cm):
    cm = np.array(cm)
    if cm.ndim != 2 or cm.shape[0] != cm.shape[1] or len(cm) < 2:
        raise ValueError(f"cm has shape {cm.shape}")
    np.fill_diagonal(cm, -1)
    true, predicted = divmod(int(cm.argmax()), len(cm))
    return true, predicted


def plot_confusion(ax, cm):
    ax.imshow(cm, cmap="viridis")
    ax.set_xticks(range(len(cm)))
    ax.set_yticks(range(len(cm)))
    ax.set_xlabel("predicted")
    ax.set_ylabel("true")
