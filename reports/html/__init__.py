"""The audit as a web page that asks nothing of anyone: one file, opened from disk, read with or without JavaScript.

`record` is what the page is made of; a *section* is a template and a pure function from that record to what the
template says (`sections` lists them); `page` puts them together with the styles and scripts of `static/`.
Whatever articles say is text here: templates escape everything, and the page's policy lets no script but its own run.
"""
