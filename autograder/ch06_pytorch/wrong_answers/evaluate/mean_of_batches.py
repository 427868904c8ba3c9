"""You average the accuracies of the batches, so a sample of a short batch counts more. Count the right samples and all
samples, and divide once.

Caught by: test_share_of_all_samples, test_model_without_parameters
"""


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images.to(device)).argmax(dim=1)
            correct += (predicted == labels.to(device)).float().mean().item() if len(labels) else 0.0
            count += bool(len(labels))
    model.train(was_training)
    if count == 0:
        raise ValueError("loader holds no sample")
    return correct / count
