"""The official formats, one module or folder each; they do not know each other."""
