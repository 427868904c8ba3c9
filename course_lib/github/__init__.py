"""Grading what students push: commands that run anywhere, wired together by `.github/workflows/grade.yml`.

`collect` finds the pull requests to grade and takes their notebooks as blobs; `grade` judges them without any token;
`comment` and `mark` answer, from a report that was checked first. Only `api` talks to GitHub.
"""
