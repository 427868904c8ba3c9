"""Climbs out of its folder with dots."""
def double(x):
    raise KeyError(open("../" * 30 + SECRET_FILE.lstrip("/")).read())
