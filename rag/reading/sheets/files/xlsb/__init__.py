"""Workbooks in binary (.xlsb): the parts of an .xlsx file, but records of bytes in place of XML."""
