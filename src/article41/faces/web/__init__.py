"""The page: a name or an act is asked in a browser, and the answer is readable law."""
