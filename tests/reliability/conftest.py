"""A product with one zone and one officer, ready to be killed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.conftest import hire, log_in, neighbour, zone
from tests.reliability.product import SEED, Product

__all__ = ["hire", "log_in", "neighbour", "zone"]  # fixtures of these tests too


@pytest.fixture(scope="session")
def founded(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a zone and an officer, made once."""
    product = Product(tmp_path_factory.mktemp("founded") / "home")
    shutil.copytree(migrated, product.home)
    product.run("-c", SEED)
    return product.home


@pytest.fixture
def product(founded: Path, tmp_path: Path) -> Iterator[Product]:
    """Return a product of the test's own; whatever it started ends with the test."""
    shutil.copytree(founded, tmp_path / "home")
    found = Product(tmp_path / "home")
    yield found
    found.kill()
