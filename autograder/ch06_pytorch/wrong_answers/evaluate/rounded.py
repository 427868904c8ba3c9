"""You round the result. Leave that to whoever prints it: 0.9549 and 0.9451 are not the same.

Caught by: test_share_of_all_samples, test_model_without_parameters
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
        raise ValueError("loader holds no sample")
    return round(correct / count, 2)
