"""Number formats: how a stored value is shown to a person."""
