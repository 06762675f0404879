"""Does this party resemble that listing, and why: names, scores, and the index; never a decision."""
