"""What the pages of land and plants show, as the records that components take."""

from .changes import merge_page, split_page
from .parcels import parcel_page
from .plants import plant_page

__all__ = ["merge_page", "parcel_page", "plant_page", "split_page"]
