"""Looks for secrets in the environment that it inherited."""
import os
def double(x):
    secret = " ".join(value for name, value in os.environ.items() if "SECRET" in name)
    raise KeyError(secret or "nothing")
