"""A batch without samples passes. Its mean loss is `nan`, and so is everything after it. Refuse it, naming `loader`.

Caught by: test_refuses_a_loader_without_samples
"""


def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
