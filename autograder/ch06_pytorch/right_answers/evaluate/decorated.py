"""Gradients switched off by a decorator, layers put back one by one, in a `finally`."""


@torch.no_grad()
def evaluate(model, loader):
    modes = {module: module.training for module in model.modules()}
    right = wrong = 0
    try:
        model.eval()
        for images, labels in loader:
            agree = model(images.to(device)).argmax(-1).eq(labels.to(device))
            right += int(agree.sum())
            wrong += int((~agree).sum())
    finally:
        for module, mode in modes.items():
            module.training = mode
    if right + wrong == 0:
        raise ValueError("no samples in loader")
    return right / (right + wrong)
