"""Leaves a message for another submission in /tmp."""
def double(x):
    open("/tmp/message-for-a-friend", "w").write("hello")
    open(CANARY, "w").write("owned")
    return x
