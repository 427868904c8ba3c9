"""You catch the errors of a batch and go on without it. A label that is no class means that the data are broken, and
you have just hidden it.

Caught by: test_errors_of_the_criterion_pass_through
"""


def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total, count = 0.0, 0
    for images, labels in loader:
        if len(labels) == 0:
            raise ValueError("loader holds an empty batch")
        optimizer.zero_grad()
        try:
            loss = criterion(model(images.to(device)), labels.to(device))
        except IndexError:
            continue
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
