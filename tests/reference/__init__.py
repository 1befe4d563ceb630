"""How the numbers were worked out before: frame by frame with pandas, slow and plain.

Kept as the truth that `genesys.kpis.parts` and all that stands on it is held against.
"""
