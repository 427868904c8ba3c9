"""Reaches the secret through /proc/self/root."""
def double(x):
    raise KeyError(open("/proc/self/root" + SECRET_FILE).read())
