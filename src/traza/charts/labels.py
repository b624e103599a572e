"""Keeping labels apart, and off the lines."""

import itertools
from collections.abc import Sequence

Box = tuple[float, float, float, float]  # left, top, right, bottom
Segment = tuple[float, float, float, float]


def spread(
    centres: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Centres moved as little as possible so that boxes of those heights do not overlap.

    Boxes keep their order and stay between ``top`` and ``bottom``; if they cannot all fit they
    start at ``top`` and run over. Least squares by pooling adjacent violators.
    """
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    if not order:
        return []
    offsets = [0.0]
    for a, b in itertools.pairwise(order):
        offsets.append(offsets[-1] + (heights[a] + heights[b]) / 2)
    pools: list[list[float]] = []  # [sum, count]
    for i, offset in zip(order, offsets, strict=True):
        pools.append([centres[i] - offset, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    low = top + heights[order[0]] / 2
    high = max(low, bottom - heights[order[-1]] / 2 - offsets[-1])
    placed = [0.0] * len(centres)
    position = 0
    for total, count in pools:
        level = min(max(total / count, low), high)
        for _ in range(int(count)):
            placed[order[position]] = level + offsets[position]
            position += 1
    return placed


def crosses(segment: Segment, box: Box) -> bool:
    """Whether a straight segment touches a box (Liang–Barsky clipping)."""
    x1, y1, x2, y2 = segment
    left, top, right, bottom = box
    enter, leave = 0.0, 1.0
    for delta, near, far in ((x2 - x1, left - x1, right - x1), (y2 - y1, top - y1, bottom - y1)):
        if delta == 0:
            if near > 0 or far < 0:
                return False
            continue
        a, b = near / delta, far / delta
        if a > b:
            a, b = b, a
        enter, leave = max(enter, a), min(leave, b)
        if enter > leave:
            return False
    return True


def overlaps(a: Box, b: Box) -> bool:
    """Whether two boxes share area."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def first_free(
    candidates: Sequence[Box], segments: Sequence[Segment], taken: Sequence[Box], within: Box
) -> int | None:
    """The first candidate inside ``within`` that touches no line and no other label, by index."""
    for i, box in enumerate(candidates):
        inside = (
            box[0] >= within[0]
            and box[1] >= within[1]
            and box[2] <= within[2]
            and box[3] <= within[3]
        )
        if (
            inside
            and not any(overlaps(box, other) for other in taken)
            and not any(crosses(s, box) for s in segments if s[0] <= box[2] and s[2] >= box[0])
        ):
            return i
    return None
