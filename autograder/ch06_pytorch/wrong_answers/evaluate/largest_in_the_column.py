"""You look for the largest score along axis 0: which sample has the highest score for each class. The classes of one
sample lie along axis 1.

Caught by: test_share_of_all_samples, test_refuses_a_loader_without_samples
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).t().argmax(dim=0 if len(images) else 1).sort().values
            correct += (predicted == labels.to(device)).sum().item()
            count += len(labels)
    model.train(was_training)
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
