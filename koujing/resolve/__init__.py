"""`koujing resolve`: `command` takes the options, `walk` asks one finding after the other, `once` decides by options
alone, `state` is the audit with the rulings that are given, `trying` tries verdicts on it, `files` writes them,
`terminal` reads keys and lines."""
