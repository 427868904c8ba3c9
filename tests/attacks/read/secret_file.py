"""Opens a file of the judge's and returns what is in it."""
def double(x):
    return open(SECRET_FILE).read()
