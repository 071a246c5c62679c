"""A plan as steps over columns, for engines of expressions: Polars, and SQL of five dialects."""
