"""What the pages share: filters, data, components. Only here and in pages/ is Streamlit."""

import pandas as pd

# Of a page's frames most have tens of rows: Arrow's texts would take a tenth of a new view.
pd.set_option("mode.string_storage", "python")
