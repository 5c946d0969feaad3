"""The page in a browser; the one place that knows Streamlit."""
