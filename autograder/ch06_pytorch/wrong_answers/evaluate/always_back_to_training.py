"""Afterwards the model is in training mode, whatever it was before. Whoever asks it next gets answers with dropout.
Remember `model.training`, and put that back.

Caught by: test_mode_is_as_before
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train()
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
