"""The frame of the page: ``streamlit run app.py``."""

from rag.entrypoints.ui.frame import run

run()
