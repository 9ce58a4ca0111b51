"""`koujing serve`: the audit as a page that is served locally, on which an editor decides.

`command` takes the options; `site` holds the last audit and makes it anew when `watching` sees that files have
changed; `desk` turns what a form says into a ruling; `app` lets in whom it should and answers; `server` listens.
"""
