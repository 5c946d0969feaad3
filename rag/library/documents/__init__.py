"""Documents: their files, their queue, their pages, and what they are about."""
