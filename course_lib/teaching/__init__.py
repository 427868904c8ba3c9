"""Teaching: what a student meets in a notebook and at the command line. It runs on every system and loads little."""
