"""Tables where the layout model has found them: their edges, parts, labels and rows, by the real lines."""
