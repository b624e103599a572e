"""Makes ``demo/laguna`` from a folder of facts: ``python -m demo.compile FACTS [PACKAGE]``."""
