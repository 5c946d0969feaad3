"""The Sheet page: a table worked with by hand."""
