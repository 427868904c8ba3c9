"""You ask the model for its first parameter. A model that is a rule has none, and `next` stops with an error. Where the
pictures go, `device` says.

Caught by: test_model_without_parameters, test_all_right_and_all_wrong, test_refuses_a_loader_without_samples
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    place = next(model.parameters()).device
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
