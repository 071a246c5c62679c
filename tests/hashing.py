"""The product's password hasher at its least cost: a tenth of the suite went into passwords."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """Argon2 in one pass over 8 KiB; what the product spends, tests/config says."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
