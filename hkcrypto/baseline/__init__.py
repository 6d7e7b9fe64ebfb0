"""The difference in meaning of two sets of records, what caused it, and the baseline file that a project keeps.

`facts` takes what a record says apart, `recordsets` reads sets of records, `compare` finds the changes and `causes` names
what lies behind each; `baselinefile` is a set in a form that a pull request can show, `floors` the quality to be held.
"""
