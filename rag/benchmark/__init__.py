"""How fast finding is, and what it costs, by the number of passages: made-up documents, measured part by part."""
