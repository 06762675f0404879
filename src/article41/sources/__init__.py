"""An authority's bytes become listings; nothing here keeps, compares or judges them."""
