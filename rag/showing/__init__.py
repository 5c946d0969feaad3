"""What stands behind an answer: pages, sheets and tables, each only for those who may see it."""
