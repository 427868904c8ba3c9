"""Allocates until something breaks."""
def double(x):
    kept = []
    while True:
        kept.append(np.ones(10**7))
