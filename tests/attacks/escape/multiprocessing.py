"""Starts a process pool."""
import multiprocessing
def double(x):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.apply(np.add, (x, 0))
