"""Gradients are on while the model runs: torch keeps notes for a backward pass that never comes. `with
torch.no_grad():` around the loop.

Caught by: test_gradients_are_off
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    if True:
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train(was_training)
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
