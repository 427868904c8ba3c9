"""Hands the step a closure, as optimizers allow, and adds up in float64."""


def train_one_epoch(model, loader, optimizer, criterion):
    model.train()
    total = torch.zeros((), dtype=torch.float64)
    count = 0
    for images, labels in loader:
        if not len(images):
            raise ValueError("the loader contains a batch of nothing")

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(images.to(device)), labels.to(device))  # noqa: B023 - called at once
            loss.backward()
            return loss

        total += optimizer.step(closure).detach().double().cpu() * len(images)
        count += len(images)
    if count < 1:
        raise ValueError("the loader contains nothing")
    return total.item() / count
