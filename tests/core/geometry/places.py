"""Shapes that the tests draw."""

from hypothesis import strategies as st

from jingkai.core.geometry import Shape


def corners(west, south, width, height):
    """Return the four corners of a rectangle, anticlockwise."""
    east, north = west + width, south + height
    return [(west, south), (east, south), (east, north), (west, north)]


def polygon(*points):
    """Return the shape that these points enclose."""
    return Shape.of_geojson({"type": "Polygon", "coordinates": [[*points, points[0]]]})


def rectangle(west, south, width=0.001, height=0.001):
    return polygon(*corners(west, south, width, height))


@st.composite
def rectangles(draw):
    """Draw a rectangle of some metres to some kilometres near the demo zone."""
    west = draw(st.floats(117.5, 118))
    south = draw(st.floats(35.9, 36.3))
    return rectangle(west, south, draw(st.floats(1e-4, 0.05)), draw(st.floats(1e-4, 0.05)))
