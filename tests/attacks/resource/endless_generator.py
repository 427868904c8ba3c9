"""Returns a generator without end where an array is asked for."""
def double(x):
    def forever():
        while True:
            yield x
    return forever()
