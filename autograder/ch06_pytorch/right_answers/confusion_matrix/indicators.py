"""Counts as a product of indicator matrices; draws with `matshow`, labels on top."""


def confusion_matrix(predictions, labels, n_classes=10):
    predictions, labels = torch.as_tensor(predictions), torch.as_tensor(labels)
    if predictions.dim() != 1 or not predictions.numel():
        raise ValueError(f"predictions must be a row, not {tuple(predictions.shape)}")
    if labels.shape != predictions.shape:
        raise ValueError(f"labels must have as many entries as predictions, not {tuple(labels.shape)}")
    said, true = predictions.long(), labels.long()
    for name, row in (("predictions", said), ("labels", true)):
        for value in row.tolist():
            if value not in range(n_classes):
                raise ValueError(f"{name}: {value} is not one of {n_classes} classes")
    classes = torch.arange(n_classes)
    hits = (true == classes[:, None]).long() @ (said[:, None] == classes).long()
    return hits.numpy()


def most_confused(cm):
    shape = np.shape(cm)
    if len(shape) != 2 or shape[0] != shape[1] or shape[0] < 2:
        raise ValueError(f"cm of shape {shape}")
    largest, best = -1, None
    for true in range(shape[0]):
        for predicted in range(shape[0]):
            if true != predicted and cm[true][predicted] > largest:
                largest, best = cm[true][predicted], (true, predicted)
    return best


def plot_confusion(ax, cm):
    ax.matshow(cm, cmap="cividis")
    ax.xaxis.set_ticks_position("bottom")
    ax.set(xticks=np.arange(len(cm)), yticks=np.arange(len(cm)))
    ax.set_ylabel("what is true")
    ax.set_xlabel("what was predicted")
