"""Pages read by processes of their own: in parallel, within limits, kept on disk as far as they have come."""
