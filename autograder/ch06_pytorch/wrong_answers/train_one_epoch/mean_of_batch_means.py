"""You average the means of the batches, so the samples of a short batch count more than the others. Multiply each loss
by the size of its batch, and divide by the number of samples.

Caught by: test_every_sample_counts_once, test_losses_are_those_before_the_steps, test_any_criterion_counts
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
        total += loss.item()
        count += 1
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
