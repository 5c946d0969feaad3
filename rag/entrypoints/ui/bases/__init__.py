"""Bases: the picker of the sidebar, and the page of one."""
