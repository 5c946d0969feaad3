"""Gold questions in, figures out: how often, and at which rank, the right page, area or document is found."""
