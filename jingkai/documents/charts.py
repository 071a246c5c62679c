"""
Charts as SVG: what the page, the PDF and (as PNG) the Word file all show.

Every value is written at its bar, point or slice, so that a chart says as much in black and
white, and to somebody who can't tell its colours apart, as it does in colour.
"""

from collections.abc import Callable

from . import chart_plots as plots
from . import fonts, typesetting
from .canvas import INK, PALETTE, WIDTH, Canvas, width_of
from .model import Chart, ChartKind

_LEGEND_LINE = 20.0
_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 640pt)
"""
_DOTS_PER_INCH = 210  # 300 to the inch where the picture stands 156 mm wide
_MAX_UPRIGHT = 7  # more categories than this are easier to read as lying bars


def svg(chart: Chart) -> str:
    """Return the chart as an ``<svg>`` element of 640 units' width, without a caption."""
    canvas = Canvas()
    top = _legend(canvas, chart)
    height = _plot(chart)(canvas, chart, top)
    return canvas.element(height, chart.caption)


def png(chart: Chart) -> bytes:
    """
    Return the chart as a picture for a page of text, 300 dots to the inch.

    :raises fonts.FontsMissing: if the set-up did not fetch the fonts
    """
    drawn = fonts.showable(svg(chart))
    return typesetting.png(_PICTURE, inputs={"svg": drawn}, dots_per_inch=_DOTS_PER_INCH)


def _plot(chart: Chart) -> Callable[[Canvas, Chart, float], float]:
    match chart.kind:
        case _ if not chart.categories or not chart.series:
            return lambda _canvas, _chart, top: top
        case ChartKind.LINE:
            return plots.line
        case ChartKind.FUNNEL:
            return plots.funnel
        case ChartKind.PIE:
            return plots.pie
        case ChartKind.BAR if len(chart.categories) > _MAX_UPRIGHT:
            return plots.lying_bars
        case ChartKind.BAR:
            return plots.upright_bars


def _legend(canvas: Canvas, chart: Chart) -> float:
    """Write the unit and, of several series, their names; return where the plot may begin."""
    x, y = 8.0, 18.0
    if chart.unit:
        canvas.text(x, y, chart.unit, colour="#666666")
        x += width_of(chart.unit) + 24
    if len(chart.series) < 2 or chart.kind in {ChartKind.FUNNEL, ChartKind.PIE}:
        return y + 8 if chart.unit else 8.0
    for at, series in enumerate(chart.series):
        wide = width_of(series.name) + 34
        if x + wide > WIDTH and x > 8.0:
            x, y = 8.0, y + _LEGEND_LINE
        canvas.box(x, y - 10, 12, 12, PALETTE[at % len(PALETTE)])
        canvas.text(x + 18, y, series.name, colour=INK)
        x += wide
    return y + 8
