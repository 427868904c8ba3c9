"""You forget the gradients after each step, so those that were there before your first batch take part in the first
step. Forget before `backward`.

Caught by: test_old_gradients_do_not_count
"""


def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        if len(labels) == 0:
            raise ValueError("loader holds an empty batch")
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
