"""The budgets of Traza, measured beside a named reference in the same run.

``python -m benchmarks.run`` prints all of them; every module runs alone as well. Nothing here is
a test: a slow machine, or one that does other work, is not a failure. What counts is the ratio to
the reference, which suffers from the same noise.
"""
