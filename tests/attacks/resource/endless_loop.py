"""Never comes back."""
def double(x):
    while True:
        pass
