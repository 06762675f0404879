"""Does this party resemble that listing, and why; `match` never decides."""
