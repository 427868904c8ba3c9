"""What only a student's repository uses: its command line, and the summary of its visible checks on GitHub."""
