"""
The policies that are delivered with the product, one ``.dmn`` each, with worked examples beside.

``delivered`` reads the policies, ``examples`` what an officer would work out by hand.
"""
