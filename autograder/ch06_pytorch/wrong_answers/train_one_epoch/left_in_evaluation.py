"""You do not switch to training mode. Whoever evaluated before you leaves the model in evaluation mode, and an epoch
without dropout goes unnoticed. `model.train()` first.

Caught by: test_model_trains_in_training_mode
"""


def train_one_epoch(model, loader, optimizer, criterion):
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
    return total / count
