"""The compiled half of `article41.match`, built from `kernel/`; only `match/kernel.py` imports it."""

__version__: str
