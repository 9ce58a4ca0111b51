"""Every word a user reads, Chinese and English, in one place: one term, one form.

`terms` are the report's own words, `reasons` and `problems` put codes into sentences, `phrases` says values and
scopes, `vocabulary` joins these with what the domain calls its topics.
"""
