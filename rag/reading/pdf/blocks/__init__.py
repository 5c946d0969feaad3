"""Raw pages become blocks: rows, columns, paragraphs, headings and figures, in reading order."""
