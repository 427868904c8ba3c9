"""Which questions of a rehearsal are the same whatever the reference answers.

The suites run once more, with answers of the reference that differ in their last bits. A question that changes is
computed from an answer: it and those after it are left to a later round, where the student's own answers decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import takewhile

from course_lib.grading.session import Session
from course_lib.grading.split.conversation import Conversation
from course_lib.grading.split.nudge import nudge
from course_lib.grading.split.transcript import Substitute

ATTEMPTS = 4  # at tests that compare answers to the last bit

Place = tuple[bytes, int]


def independent(
    waiting: Mapping[Place, Conversation],
    again: Callable[[Substitute], Mapping[Place, Conversation]],
    session: Session,
) -> dict[Place, int]:
    """Return how many questions of each waiting test are free of what the reference computed.

    A test that compares an answer to the last bit ends there when it is nudged. It is tried again with that answer as
    it is, so that what follows from the others still shows.

    Args:
        waiting: by notebook and the seed of its first call, what each test asked.
        again: runs the suites once more with another substitute.
        session: the reference.

    """
    lengths = {place: talk.known + 1 for place, talk in waiting.items()}
    left = {place for place, talk in waiting.items() if len(talk.questions) > lengths[place]}
    spared: dict[int, set[int]] = defaultdict(set)
    for _ in range(ATTEMPTS):
        if not left:
            break
        seeds = frozenset(seed for _, seed in left)
        nudged = again(Substitute(session, nudge, seeds.__contains__, spared))
        for place in list(left):
            talk, other = waiting[place], nudged.get(place, Conversation())
            lengths[place], ended = _same(talk, other)
            if ended:
                spared[place[1]].add(len(other.questions) - 1)
            else:
                left.remove(place)
    return {place: max(length, waiting[place].known + 1) for place, length in lengths.items()}


def _same(talk: Conversation, nudged: Conversation) -> tuple[int, bool]:
    """Return how many questions are free, and whether the nudged test ended before it could tell."""
    pairs = zip(talk.questions, nudged.questions, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0].identity == pair[1].identity, pairs))
    if same < len(nudged.questions):
        return same, False
    # Questions without data of their own hold nothing that was computed.
    same += sum(1 for _ in takewhile(lambda draws: not draws, talk.draws[same:]))
    return same, same < len(talk.questions)
