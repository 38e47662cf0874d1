"""The news check: figures and dates of an article, read by rules and held against sealed figures.

Pure: text and known figures in, findings out. `tokens` → `amounts`, `dates` → `contexts` → `matching`, `sums` →
`check`; `explain` says it to the reader. Nothing here queries; `reports/newsdesk.py` brings the sealed figures.
"""
