"""Moving in and out 迁入迁出: checklists, keys and meters; nobody leaves while anything stands in the way."""
