"""What a question says of tables: what it wants computed, and the columns, rows, periods and bounds it names."""
