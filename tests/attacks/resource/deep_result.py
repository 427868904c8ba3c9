"""Returns a list that contains itself, and a very deep one."""
def double(x):
    deep = []
    for _ in range(10**5):
        deep = [deep]
    deep.append(deep)
    return deep
