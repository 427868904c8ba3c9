"""Writes a file where it has no business."""
def double(x):
    open(CANARY, "w").write("owned")
    return x
