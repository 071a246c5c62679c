"""One function per kind of plot: draws below ``top``, returns the height of the whole chart."""

import math
from collections.abc import Iterator
from decimal import Decimal

from .canvas import FAINT, INK, PALETTE, WIDTH, Canvas, width_of, wrapped
from .model import Chart, Number
from .outline import number_text

_PLOT_HEIGHT = 210.0
_MISSING = "—"

Values = tuple[Number | None, ...]


def upright_bars(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw grouped bars that stand on zero."""
    scale = _Scale(chart, top + 16, top + _PLOT_HEIGHT)
    left = _grid(canvas, scale)
    step = (WIDTH - left - 8) / len(chart.categories)
    bar = min(56.0, step * 0.8 / len(chart.series))
    end = scale.bottom
    for at, category in enumerate(chart.categories):
        middle = left + step * (at + 0.5)
        end = max(end, canvas.label(middle, scale.bottom + 4, category, step - 6))
        for which, series in enumerate(chart.series):
            x = middle + (which - len(chart.series) / 2) * bar
            value = series.values[at]
            if value is not None:
                canvas.box(x + 1, scale.zero, bar - 2, scale.y(value) - scale.zero, _colour(which))
            y = scale.zero if value is None else min(scale.y(value), scale.zero)
            canvas.text(x + bar / 2, y - 4, number_text(value, _MISSING), anchor="middle")
    return end + 8


def lying_bars(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw grouped bars from the left, one line per category: room for many and long labels."""
    low, high = _extent(chart)
    left, right = _label_width(chart), WIDTH - 90
    unit = (right - left) / (high - low)
    zero = left - low * unit
    thick, y = (22.0 if len(chart.series) == 1 else 17.0), top + 6
    for at, category in enumerate(chart.categories):
        middle = y + thick * len(chart.series) / 2
        canvas.side_label(left - 8, middle, category, left - 12)
        for which, series in enumerate(chart.series):
            value = series.values[at]
            wide = float(value or 0) * unit
            canvas.box(zero, y + which * thick, wide, thick - 2, _colour(which))
            tip = zero + max(wide, 0) + 5
            canvas.text(tip, y + (which + 0.5) * thick + 4, number_text(value, _MISSING))
        y += thick * len(chart.series) + 9
    canvas.rule(zero, top, zero, y, INK)
    return y + 8


def line(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw one line per series; a value not on record leaves a gap."""
    scale = _Scale(chart, top + 16, top + _PLOT_HEIGHT)
    left = _grid(canvas, scale)
    step = (WIDTH - left - 8) / len(chart.categories)
    xs = [left + step * (at + 0.5) for at in range(len(chart.categories))]
    every = _stride(chart, step)
    end = scale.bottom
    for at in range(0, len(chart.categories), every):
        room = max(step * every, 40.0) - 4
        end = max(end, canvas.label(xs[at], scale.bottom + 4, chart.categories[at], room))
    for which, series in enumerate(chart.series):
        for points in _unbroken(series.values):
            canvas.curve([(xs[at], scale.y(value)) for at, value in points], _colour(which))
    for at in range(0, len(chart.categories), every):
        for value, y in _outermost(chart, at, scale):
            canvas.text(xs[at], y, number_text(value, _MISSING), anchor="middle")
    return end + 8


def funnel(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw a stage per line, as wide as its value, with the share of the one before."""
    values = chart.series[0].values
    most = max((float(value) for value in values if value), default=1.0) or 1.0
    left = _label_width(chart)
    room, y = WIDTH - left - 150, top + 4
    for at, category in enumerate(chart.categories):
        wide = max(2.0, abs(float(values[at] or 0)) / most * room)
        canvas.side_label(left - 8, y + 14, category, left - 12)
        canvas.box(left + (room - wide) / 2, y, wide, 28, PALETTE[0])
        said = number_text(values[at], _MISSING) + _kept(values, at)
        canvas.text(left + room + 12, y + 19, said)
        y += 34
    return y + 6


def pie(canvas: Canvas, chart: Chart, top: float) -> float:
    """Draw a ring, with name, value and share of each part beside it."""
    values = [max(float(value or 0), 0.0) for value in chart.series[0].values]
    total = sum(values)
    height = max(200.0, 24.0 * len(values))
    middle, turned = (130.0, top + height / 2), 0.0
    for at, value in enumerate(values):
        if value:
            canvas.shape(_slice(middle, turned, turned + value / total), _colour(at))
            turned += value / total
        y = top + height / 2 + (at - (len(values) - 1) / 2) * 24
        canvas.box(270, y - 6, 12, 12, _colour(at))
        said = number_text(chart.series[0].values[at], _MISSING)
        share = f" ({value / total:.1%})" if value else ""
        canvas.text(290, y + 5, "".join(wrapped(chart.categories[at], 200, lines=1)))
        canvas.text(WIDTH - 8, y + 5, said + share, anchor="end")
    return top + height + 12


class _Scale:
    """From values to heights on the page, over round numbers that hold all values and zero."""

    def __init__(self, chart: Chart, top: float, bottom: float) -> None:
        self.low, self.high = _extent(chart)
        self.top, self.bottom = top, bottom
        self.zero = self.y(0)

    def y(self, value: Number | float) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def ticks(self) -> list[float]:
        step = _round_step((self.high - self.low) / 4)
        first = math.ceil(self.low / step)
        return [step * at for at in range(first, math.floor(self.high / step + 1e-9) + 1)]


def _grid(canvas: Canvas, scale: _Scale) -> float:
    """Draw the scale's lines and numbers; return where the plot begins."""
    texts = [number_text(_rounded(tick), "") for tick in scale.ticks()]
    left = max(map(width_of, texts)) + 16
    for tick, text in zip(scale.ticks(), texts, strict=True):
        y = scale.y(tick)
        canvas.rule(left, y, WIDTH - 8, y, INK if tick == 0 else FAINT)
        canvas.text(left - 6, y + 4, text, anchor="end")
    return left


def _extent(chart: Chart) -> tuple[float, float]:
    values = [float(one) for series in chart.series for one in series.values if one is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    step = _round_step((high - low) / 4)
    return math.floor(low / step) * step, max(math.ceil(high / step), 1) * step


def _round_step(step: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least the step."""
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= step * (1 - 1e-9))


def _rounded(tick: float) -> Number:
    return int(tick) if tick == int(tick) else Decimal(f"{tick:.6g}")


def _label_width(chart: Chart) -> float:
    longest = max(map(width_of, chart.categories))
    return min(max(longest + 20, 60.0), 200.0)


def _colour(at: int) -> str:
    return PALETTE[at % len(PALETTE)]


def _kept(values: Values, at: int) -> str:
    """Return the share of the stage before that reached this one."""
    now, before = values[at], values[at - 1] if at else None
    return f" ({float(now) / float(before):.0%})" if now is not None and before else ""


def _stride(chart: Chart, step: float) -> int:
    """Return how many points share one label, so that numbers don't run into each other."""
    texts = [number_text(value, "") for series in chart.series for value in series.values]
    widest = max([40.0, *map(width_of, texts)])
    return math.ceil((widest + 4) / step)


def _outermost(chart: Chart, at: int, scale: "_Scale") -> list[tuple[Number, float]]:
    """Return the highest value with a place above it and the lowest with one below."""
    values = sorted({one.values[at] or 0 for one in chart.series if one.values[at] is not None})
    above = [(value, scale.y(value) - 8) for value in values[-1:]]
    return above + [(value, scale.y(value) + 18) for value in values[:-1][:1]]


def _unbroken(values: Values) -> Iterator[list[tuple[int, Number]]]:
    """Yield the stretches without a gap, as pairs of place and value."""
    stretch: list[tuple[int, Number]] = []
    for at, value in enumerate(values):
        if value is not None:
            stretch.append((at, value))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _slice(middle: tuple[float, float], start: float, end: float) -> str:
    """Return the path of a ring's part from one turn to another (1 is all the way round)."""
    end = min(end, start + 0.9999)  # an arc that ends where it starts would vanish
    wide = int(end - start > 0.5)
    (ax, ay), (bx, by) = _at(middle, 90, start), _at(middle, 90, end)
    (cx, cy), (dx, dy) = _at(middle, 52, end), _at(middle, 52, start)
    return (
        f"M{ax:.2f} {ay:.2f}A90 90 0 {wide} 1 {bx:.2f} {by:.2f}"
        f"L{cx:.2f} {cy:.2f}A52 52 0 {wide} 0 {dx:.2f} {dy:.2f}Z"
    )


def _at(middle: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * (turn - 0.25)
    return middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)
