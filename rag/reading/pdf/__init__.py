"""PDFs: what stands on their pages, and what it is there."""
