"""Puts HTML with a script into an exception."""
def double(x):
    raise ValueError("<script>alert('owned')</script><img src=x onerror=alert(1)>")
