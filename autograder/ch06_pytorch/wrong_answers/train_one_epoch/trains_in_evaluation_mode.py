"""You train in evaluation mode, where nothing is dropped and batch norm does not learn its statistics. `model.train()`,
not `model.eval()`.

Caught by: test_model_trains_in_training_mode
"""


def train_one_epoch(model, loader, optimizer, criterion):
    model.eval()
    total, count = 0.0, 0
    for images, labels in loader:
        if len(labels) == 0:
            raise ValueError("loader holds an empty batch")
        optimizer.zero_grad()
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    model.train()
    return total / count
