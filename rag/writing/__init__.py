"""The few that matter become an answer with citations."""
