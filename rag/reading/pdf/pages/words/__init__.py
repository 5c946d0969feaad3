"""The words of a page: its lines and their type, what is wrong with them, and which of them nobody sees."""
