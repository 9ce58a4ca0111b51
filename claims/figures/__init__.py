"""Figures: what a number in an article is a figure of, and for where, whom and when it holds.

A domain declares in `figures.yaml` which topics are figures: their units, the words that call them (cues), what forbids
them, and the words of the facets that narrow them. Nothing here knows a domain.

    rules.py       the declarations, as read from YAML
    checks.py      whether what they name is there
    marks.py       a sentence as a row of marks: numbers, cues, facet words, brackets
    tables.py      tables that scraping has left as lines
    sharing.py     words that a row of numbers shares out
    line.py        a sentence laid out with all its marks
    context.py     what stands round a sentence and lends words: title, headings, stem, table headers
    general.py     what a part as a whole says of its figures: its region, its one scheme, the year of its lead
    binding.py     which rule a number answers to
    facets.py      the scope of a figure, each facet with the words it was taken from
    sight.py       which facet words of its sentence a number sees
    conditions.py  what must hold for a number to be a figure, and what makes it hold only for some
    values.py      what a number comes to under a rule
    figure.py      figures as found: what carries them, which say one twice
    reader.py      a part's figures
    exceptions.py  what an article itself takes out of a general figure
"""
