"""Hard-links the secret into the folder where it may write."""
import os
def double(x):
    os.link(SECRET_FILE, "link")
    raise KeyError(open("link").read())
