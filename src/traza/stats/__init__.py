"""Statistics without a framework: periods, numbers, ranks, changes, classes, progress.

Plain Python on the standard library; nothing here imports Django or another room.
"""
