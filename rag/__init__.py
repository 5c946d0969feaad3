"""PageCite: ask PDFs and workbooks, check every answer on the page."""
