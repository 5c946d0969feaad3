"""OpenDocument spreadsheets (.ods): one part of XML in a zip file."""
