"""What the pages share: filters, data, components. Only here and in pages/ is Streamlit."""
