"""You leave out batches whose loss is `nan`. The training has broken down, and your result says that all is well.

Caught by: test_nan_is_not_hidden
"""


def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        if len(labels) == 0:
            raise ValueError("loader holds an empty batch")
        optimizer.zero_grad()
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        if not loss.isnan():
            total += loss.item() * len(labels)
            count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
