"""Makes a pair of sockets to pass descriptors."""
import socket
def double(x):
    left, right = socket.socketpair()
    left.send(b"hello")
    open(CANARY, "w").write("owned")
    return x
