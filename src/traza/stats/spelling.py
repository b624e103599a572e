"""Typing mistakes: how far one word is from another."""


def edit_distance(left: str, right: str, *, limit: int) -> int:
    """Return the Damerau-Levenshtein distance, or ``limit + 1`` when it is greater than that.

    Insertions, deletions, substitutions and swaps of neighbours each count one (the "optimal
    string alignment" variant: no piece is edited twice).
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)


def allowed_mistakes(word: str) -> int:
    """Return how many mistakes a word of this length may hold and still be understood."""
    if len(word) < 4:
        return 0
    return 1 if len(word) <= 7 else 2


def likeness(left: str, right: str) -> float:
    """Return Dice's coefficient of the pairs of neighbouring letters, from 0 to 1."""
    a, b = pairs(left), pairs(right)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring letters of a text, its edges included."""
    edged = f" {text} "
    return {edged[i : i + 2] for i in range(len(edged) - 1)}
