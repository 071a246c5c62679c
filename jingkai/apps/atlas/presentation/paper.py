"""A sheet of A3 to draw on, in millimetres; an ``<svg>`` element at the end."""

from html import escape
from typing import Any

import shapely

WIDTH, HEIGHT = 420.0, 297.0
INK, FAINT, PALE = "#1f2933", "#6b7785", "#cfd6de"
FONT = "Noto Sans SC"


class Paper:
    """Collects the marks of one sheet."""

    def __init__(self) -> None:
        """Begin with a white sheet."""
        self._marks: list[str] = []
        self.box(0, 0, WIDTH, HEIGHT, fill="#ffffff")

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        line: float = 0.2,
    ) -> None:
        """Draw a rectangle."""
        self._marks.append(
            f'<rect x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}"'
            f' fill="{fill}" stroke="{stroke}" stroke-width="{line}"/>'
        )

    def rule(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        *,
        stroke: str = INK,
        line: float = 0.2,
    ) -> None:
        """Draw a straight line."""
        self._marks.append(
            f'<line x1="{left:.2f}" y1="{top:.2f}" x2="{right:.2f}" y2="{bottom:.2f}"'
            f' stroke="{stroke}" stroke-width="{line}"/>'
        )

    def shapes(self, geometries: Any, *, fill: str, stroke: str, dashed: bool = False) -> None:
        """Draw areas as one path, lines as strokes, points as dots."""
        dashes = ' stroke-dasharray="0.8 0.5"' if dashed else ""
        parts = shapely.get_parts(shapely.get_parts(geometries))
        kinds = shapely.get_type_id(parts)
        for area, filled in ((3, fill), (1, "none")):
            path = "".join(map(_path, parts[kinds == area]))
            if path:
                self._marks.append(
                    f'<path d="{path}" fill="{filled}" fill-opacity="0.78" stroke="{stroke}"'
                    f' stroke-width="0.18" stroke-linejoin="round"{dashes}/>'
                )
        for x, y in shapely.get_coordinates(parts[kinds == 0]).tolist():
            self._marks.append(
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.1" fill="{fill}" stroke="{INK}"'
                ' stroke-width="0.2"/>'
            )

    def polygon(self, places: list[tuple[float, float]], *, fill: str) -> None:
        """Fill a figure with an inked edge."""
        joined = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
        self._marks.append(
            f'<polygon points="{joined}" fill="{fill}" stroke="{INK}" stroke-width="0.25"/>'
        )

    def text(  # noqa: PLR0913 - words and how they are written
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 3.2,
        anchor: str = "start",
        colour: str = INK,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Write one line with its base at y; ``halo``: on a white edge, over what is drawn."""
        weight = ' font-weight="700"' if bold else ""
        written = escape(words)
        place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size}" text-anchor="{anchor}"{weight}'
        if halo:
            edge = 'fill="#ffffff" stroke="#ffffff" stroke-width="0.7" stroke-linejoin="round"'
            self._marks.append(f"<text {place} {edge}>{written}</text>")
        self._marks.append(f'<text {place} fill="{colour}">{written}</text>')

    def upright(self, x: float, y: float, words: str, *, size: float = 2.4) -> None:
        """Write one line from bottom to top, its middle at the place."""
        self._marks.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" text-anchor="middle"'
            f' fill="{FAINT}" transform="rotate(-90 {x:.2f} {y:.2f})">{escape(words)}</text>'
        )

    def element(self, title: str) -> str:
        """Return all marks as one ``<svg>`` element."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
            f' viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" font-family="{FONT}, sans-serif">'
            + "".join(self._marks)
            + "</svg>"
        )


def _path(part: Any) -> str:
    if part.geom_type == "LineString":
        return _run(part.coords)
    rings = (part.exterior, *part.interiors)
    return "".join(f"{_run(ring.coords[:-1])}Z" for ring in rings if not ring.is_empty)


def _run(coordinates: Any) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in coordinates)
