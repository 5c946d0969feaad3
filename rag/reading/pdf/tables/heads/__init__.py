"""What stands over the rows of a table: the heads of its columns, its name and its unit."""
