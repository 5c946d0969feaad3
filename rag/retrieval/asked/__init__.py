"""What a question asks for: its terms, periods, pages, statements and companies."""
