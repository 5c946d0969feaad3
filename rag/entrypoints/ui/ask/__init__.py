"""The Ask page: questions, answers and what they cite."""
