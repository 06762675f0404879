"""The compiled half of `article41.match`, built from `kernel/`."""

__all__ = ["__version__"]

__version__: str
