"""You put the model back into the mode in which it came. After training it is to stay in training mode; measuring is
what must leave no trace.

Caught by: test_model_trains_in_training_mode
"""


def train_one_epoch(model, loader, optimizer, criterion):
    mode = model.training
    model.train()
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
    model.train(mode)
    return total / count
