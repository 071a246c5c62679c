"""Passwords outside of tests: kept by Argon2 at what RFC 9106 asks where memory is short."""

from django.utils.module_loading import import_string

from jingkai.config import settings


def test_a_password_costs_whoever_guesses_it() -> None:
    (name,) = settings.PASSWORD_HASHERS

    hasher = import_string(name)()

    assert hasher.algorithm == "argon2"
    assert hasher.time_cost >= 2
    assert hasher.memory_cost >= 64 * 1024
