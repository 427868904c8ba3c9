"""One round of a verdict: the suites on what is recorded, and what has to be asked before there is a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from course_lib.authoring.source import ChapterSource, read_source
from course_lib.grading.dependencies import builds_on
from course_lib.grading.identity import derive_seed
from course_lib.grading.judge import Judge
from course_lib.grading.report import Report
from course_lib.grading.session import Clock, Session
from course_lib.grading.split.conversation import Conversation
from course_lib.grading.split.independence import Place, independent
from course_lib.grading.split.script import Asked, Cells, Script, Test, identity
from course_lib.grading.split.transcript import Recorded, Substitute, TranscriptSession
from course_lib.grading.submission import Submission
from course_lib.grading.suites import declared_tests
from course_lib.grading.warm_bank import reference_cells


class References:
    """The reference of each chapter in a warm worker. Trusted code: one worker serves all students."""

    def __init__(self, judge: Judge):
        self._judge = judge
        self._open: dict[str, Session] = {}

    def session(self, source: ChapterSource) -> Session:
        """Return the session, with a time of its own for what follows."""
        clock = Clock(self._judge.course.defaults.total_seconds)
        if source.name not in self._open:
            self._open[source.name] = self._judge.open_session(reference_cells(source), clock)
        self._open[source.name].start_again(clock)
        return self._open[source.name]

    def close(self) -> None:
        """End the workers."""
        for session in self._open.values():
            session.close()


@dataclass
class _Sessions:
    """The transcript sessions of one pass over the suites."""

    recorded: Mapping[bytes, Recorded]
    substitute: Substitute | None
    opened: dict[bytes, tuple[Cells, TranscriptSession]] = field(default_factory=dict)

    def open(self, cells: Cells, _clock: Clock) -> Session:
        session = TranscriptSession(self.recorded.get(identity(cells)) or Recorded(), self.substitute)
        return self.opened.setdefault(identity(cells), (cells, session))[1]

    def waiting(self) -> dict[Place, Conversation]:
        return {
            (mark, seed): talk
            for mark, (_, session) in self.opened.items()
            for seed, talk in session.conversations.items()
            if talk.waits
        }


def review(
    judge: Judge, submission: Submission, recorded: Mapping[bytes, Recorded], references: References | None
) -> tuple[Report, Script]:
    """Run the suites of a submission on what is recorded.

    Args:
        judge: asks.
        submission: the healed notebook.
        recorded: by the identity of its cells, what each notebook was asked and answered.
        references: answers what was not asked, so that it is known what to ask; None in the last round, where that is
            our failure.

    Returns:
        The report, and what has to be asked; the report counts where that is nothing.

    """
    source = read_source(submission.chapter)
    first = _Sessions(recorded, Substitute(references.session(source)) if references else None)
    report = judge.grade_on(first.open, submission)
    if not references or not first.waiting():
        return report, Script((), {})

    def again(substitute: Substitute) -> dict[Place, Conversation]:
        """Run the suites once more."""
        sessions = _Sessions(recorded, substitute)
        judge.grade_on(sessions.open, submission, hints=False)
        return sessions.waiting()

    lengths = independent(first.waiting(), again, references.session(source))
    return report, _script(judge, submission, source, first, lengths)


def _script(
    judge: Judge,
    submission: Submission,
    source: ChapterSource,
    sessions: _Sessions,
    lengths: Mapping[Place, int],
) -> Script:
    exercises = [exercise for exercise in submission.chapter.exercises if exercise.graded_by_suite]
    slugs = {
        derive_seed(judge.secret, submission.name, exercise.slug, name, "calls"): exercise.slug
        for exercise in exercises
        for name in declared_tests(exercise.suite)
    }
    notebooks = []
    for mark, (cells, session) in sessions.opened.items():
        asked = [(s, talk, lengths[mark, s]) for s, talk in session.conversations.items() if (mark, s) in lengths]
        tests = tuple(Test(slugs[seed], tuple(talk.questions[:length])) for seed, talk, length in asked)
        notebooks += [Asked(cells, tests)] if tests else []
    owner = {name: slug for slug in source.code_slugs for name in source.defines(slug)}
    return Script(
        tuple(notebooks), {item.slug: tuple(sorted(builds_on(item, submission.cells, owner))) for item in exercises}
    )
