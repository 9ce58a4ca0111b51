"""Editors' decisions: one small YAML file each, committed with the content (docs/rulings.md).

`model` is the record, `reading` makes it from bytes, `effect` is what rulings do to findings, `checks` is what is wrong
with rulings themselves, `writing` makes and edits their files.
"""
