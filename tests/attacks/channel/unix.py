"""Connects to a unix socket."""
import socket
def double(x):
    socket.socket(socket.AF_UNIX).connect(UNIX)
    return x
