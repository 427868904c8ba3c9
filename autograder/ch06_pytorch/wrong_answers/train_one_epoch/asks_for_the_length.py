"""You ask the loader for its length. A list has one, a generator has not. Count while you go through it.

Caught by: test_every_sample_counts_once, test_weights_after_one_epoch, test_losses_are_those_before_the_steps,
test_any_optimizer_steps, test_any_criterion_counts, test_old_gradients_do_not_count,
test_model_trains_in_training_mode, test_loader_is_gone_through_once, test_nan_is_not_hidden,
test_refuses_a_loader_without_samples, test_errors_of_the_criterion_pass_through
"""


def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    n_batches = len(loader)
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
