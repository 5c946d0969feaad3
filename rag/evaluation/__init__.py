"""Gold questions in, figures out: how often, and how high, the right page, area or document is found."""
