"""Workbooks of Excel since 2007 (.xlsx, .xlsm): parts of XML in a zip file."""
