"""Connects to a server on this machine."""
import socket
def double(x):
    socket.create_connection(("127.0.0.1", TCP), 1).sendall(b"hello")
    return x
