"""`koujing rulings`: the rulings of a content repo listed, checked, pruned and renewed."""
