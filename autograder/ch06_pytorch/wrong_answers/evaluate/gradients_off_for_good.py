"""You switch gradients off and never on again. From now on nothing in the whole program can learn. A `with` block puts
back what it found.

Caught by: test_torch_is_as_before
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    torch.set_grad_enabled(False)
    if True:
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train(was_training)
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
