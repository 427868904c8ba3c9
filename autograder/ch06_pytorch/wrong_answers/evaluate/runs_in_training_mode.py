"""The model runs in the mode in which it came. In training mode units are dropped, and batch norm even learns from the
test data. `model.eval()` first.

Caught by: test_share_of_all_samples, test_model_runs_in_evaluation_mode, test_numbers_of_the_model_are_as_before
"""


def evaluate(model, loader):
    was_training = model.training
    correct, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train(was_training)
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
