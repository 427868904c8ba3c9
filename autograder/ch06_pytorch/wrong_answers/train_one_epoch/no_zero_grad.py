"""You never forget the old gradients. `backward` adds to what is there, so every step follows the sum of all gradients
so far. `optimizer.zero_grad()` first.

Caught by: test_weights_after_one_epoch, test_any_optimizer_steps, test_any_criterion_counts,
test_old_gradients_do_not_count
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
        total += loss.item() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
