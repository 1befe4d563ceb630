"""Charts and files, without Streamlit."""
