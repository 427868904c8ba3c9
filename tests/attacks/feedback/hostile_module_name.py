"""Fails at import with a hostile name, since that text is shown."""
raise ModuleNotFoundError("<script>alert('owned')</script> \x1b[2J\u202e ::error::owned\n@everyone")
def double(x):
    return x
