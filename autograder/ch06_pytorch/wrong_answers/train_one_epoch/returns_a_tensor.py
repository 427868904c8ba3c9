"""You return a tensor. `loss.item()` takes the number out; and a tensor with its history keeps the whole graph of the
epoch in memory.

Caught by: test_every_sample_counts_once, test_losses_are_those_before_the_steps, test_any_criterion_counts,
test_nan_is_not_hidden
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
        total += loss.detach() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
