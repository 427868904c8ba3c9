"""Without any sample you return 0.0, as if all were wrong. Refuse, and name `loader`.

Caught by: test_refuses_a_loader_without_samples
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
    model.train(was_training)
    if count == 0:
        return 0.0
    return correct / count
