"""Puts a mention, a link and an image into an exception."""
def double(x):
    raise ValueError("@everyone [click](https://evil.example) ![](https://evil.example/pixel)")
