"""What each kind of workbook file gives: rows of stored values, and what lies beside them."""
