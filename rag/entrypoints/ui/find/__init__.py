"""The Find page: what a question finds, and why."""
