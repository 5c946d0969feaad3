"""Workbooks of Excel 97 to 2003, and of Excel 5 and 95 (.xls): records of bytes, one after the other."""
