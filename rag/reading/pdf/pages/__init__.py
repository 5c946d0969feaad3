"""One page as the engines give it: its words, what is painted on it, and what kind of page that makes it."""
