"""Writes a .pth file into site-packages, so that the next interpreter runs its code."""
import site
def double(x):
    for folder in site.getsitepackages():
        try:
            open(folder + "/attack.pth", "w").write(f"import os; open({CANARY!r}, 'w')")
        except OSError:
            pass
    return x
