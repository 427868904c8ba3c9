"""You measure each batch again after its step. Then the loss is of a network that has just been trained on these very
samples. Use the loss that the step was made from.

Caught by: test_losses_are_those_before_the_steps, test_any_criterion_counts, test_model_trains_in_training_mode,
test_loader_is_gone_through_once
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
        total += criterion(model(images.to(device)), labels.to(device)).item() * len(labels)
        count += len(labels)
    if count == 0:
        raise ValueError("loader holds no batch")
    return total / count
