"""Pages that are pictures: their words by OCR, set as type for the layout models, and the rules between them."""
