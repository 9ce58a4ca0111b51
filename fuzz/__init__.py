"""Fuzzing: whatever anyone may give koujing is tried with millions of inputs (docs/testing.md, `make fuzz`).

`targets/` says what is tried and which laws hold (`laws.py`); each is a function of bytes, and needs no fuzzer. Inputs
are texts, so that what is found can be read: `mutating.py` changes them word by word, with words of `words.py`,
beginning at `seeds.py`. `one.py` runs one target under atheris in a process of its own, `__main__.py` all of them.
"""
