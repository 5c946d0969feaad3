"""Figures computed over tables: a question becomes SQL over one typed table, and its result knows its cells.

``wishes`` reads what a question wants (a sum, a share, the highest), by its words alone; ``small_words`` are those that
name nothing. ``typed`` makes of a table typed columns in which totals are known (``wholes``) and outlines are filled.
Each table is then asked twice. ``lookups`` finds the cells that are named by labels of rows and columns (``labels``,
``named_cells``), as they stand, ranked (``rankings``, ``movers``) or set against each other (``row_ratios``). ``plans``
finds the columns, values, bounds and times that are named (``mentions``) and what they come to (``frames``,
``statements``, ``counts``, ``set_against``, ``row_values``). Whatever is not accounted for is a reason to answer
nothing. ``computing`` takes the surest plan; ``engine`` runs it in a locked DuckDB, after ``sql`` has checked it, and
``behind`` tells which cells went in. ``queries`` does the same for SQL that a model wrote; ``views`` for views made by
hand.
"""
