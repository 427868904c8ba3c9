"""You set `model.training` yourself. That switches the model, but none of the layers in it. `model.eval()` reaches all
of them.

Caught by: test_share_of_all_samples, test_model_runs_in_evaluation_mode, test_numbers_of_the_model_are_as_before
"""


def evaluate(model, loader):
    was_training = model.training
    model.training = False
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
