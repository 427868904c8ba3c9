"""Fetches a URL."""
import urllib.request
def double(x):
    return urllib.request.urlopen(f"http://127.0.0.1:{TCP}/", timeout=1).read()
