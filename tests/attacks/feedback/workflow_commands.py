"""Prints and raises commands that a workflow runner would obey."""
def double(x):
    print("::set-output name=score::100\n::add-mask::x")
    raise ValueError("\n::error file=x::owned\n::stop-commands::x\n")
