"""Your function negates `z` with `*=`, which writes into the array of the caller: afterwards the caller's numbers have
changed their sign. Write `-z`, which makes a new array and leaves the old one alone.

Caught by: test_input_stays_as_it_was
"""


def sigmoid(z):
    z = np.asarray(z)
    z *= -1
    return 1 / (1 + np.exp(np.minimum(z, 700)))
