"""
Policies as rules: what an enterprise qualifies for, and why.

``feel`` reads and computes expressions (FEEL 1.5), ``dmn`` reads, writes and evaluates decision
models (DMN 1.1 to 1.6), ``policies`` puts met / unmet / unknown above them and explains, and
``columnar`` gives the same answers for a million enterprises at once. The scalar interpreter is
the slow, obvious reference; every other engine is tested against it.
"""
