"""How the outside speaks to us: translates questions and answers, and decides nothing."""
