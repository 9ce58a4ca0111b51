"""Editors' decisions: one small YAML file each, committed with the content (docs/rulings.md).

`model` is the record, `reading` makes it from bytes, `folder` reads all of a repo, `effect` is what rulings do to
findings, `troubles` is what is wrong with rulings themselves.
"""
