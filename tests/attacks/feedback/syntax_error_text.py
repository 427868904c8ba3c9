"""Carries hostile text in a line that does not parse, since syntax errors are shown with their text."""
def double(x):
    return x
"<script>alert('owned')</script>\x1b[2J ::error::owned @everyone" '\u202e' 5 !
