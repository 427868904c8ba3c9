"""Sends a datagram."""
import socket
def double(x):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", UDP))
    return x
