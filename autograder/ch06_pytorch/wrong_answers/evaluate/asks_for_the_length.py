"""You ask the loader, or its data set, for a length. A generator has none. Count while you go through it.

Caught by: test_share_of_all_samples, test_model_runs_in_evaluation_mode, test_gradients_are_off,
test_mode_is_as_before, test_torch_is_as_before, test_numbers_of_the_model_are_as_before
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    n_batches = len(loader)
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train(was_training)
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
