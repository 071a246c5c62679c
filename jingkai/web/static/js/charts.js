// Charts from the JSON beside them. ECharts is fetched only by a page that has a chart.
// Tooltips are drawn on the canvas (richText): the content policy forbids style attributes.
const drawn = new Map();
let library = null;

export async function drawCharts(root) {
  const figures = [...root.querySelectorAll(".jk-chart[data-chart]")].filter((figure) => !drawn.has(figure));
  if (!figures.length) return;
  for (const figure of drawn.keys()) if (!figure.isConnected) drawn.delete(figure);
  const echarts = await fetchLibrary();
  for (const figure of figures) draw(echarts, figure);
}

function fetchLibrary() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.echarts;
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", () => reject(new Error(`cannot load ${script.src}`)));
    document.head.append(script);
  });
  return library;
}

function draw(echarts, figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const place = figure.querySelector(".jk-chart-canvas");
  const chart = echarts.init(place, null, { renderer: "canvas" });
  drawn.set(figure, { chart, data });
  chart.setOption(options(data, place.clientWidth));
  chart.on("click", ({ dataIndex }) => { if (data.urls[dataIndex]) location.assign(data.urls[dataIndex]); });
  new ResizeObserver(() => { chart.resize(); chart.setOption(options(data, place.clientWidth)); }).observe(place);
}

document.addEventListener("jingkai:theme", () => {
  for (const { chart, data } of drawn.values()) chart.setOption(options(data, chart.getWidth()), { notMerge: true });
});

function tokens() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(`--jk-${name}`).trim();
  return {
    palette: [1, 2, 3, 4, 5, 6].map((number) => token(`chart-${number}`)),
    ink: token("ink"), ink2: token("ink-2"), line: token("line"), surface: token("surface"),
    cinnabar: token("cinnabar"), font: token("font"),
  };
}

function options(data, wide) {
  const look = tokens();
  const common = {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    color: look.palette,
    textStyle: { fontFamily: look.font, color: look.ink2 },
    tooltip: {
      renderMode: "richText", trigger: isRound(data) ? "item" : "axis", confine: true,
      backgroundColor: look.surface, borderColor: look.line, textStyle: { color: look.ink, fontSize: 12 },
      axisPointer: { type: data.kind === "line" ? "line" : "shadow" },
      valueFormatter: (value) => value == null ? "—" : `${value.toLocaleString("en-US")} ${data.unit}`,
    },
    legend: {
      show: data.series.length > 1 || data.kind === "donut", bottom: 0, icon: "roundRect",
      itemWidth: 10, itemHeight: 10, textStyle: { color: look.ink2 },
    },
  };
  return { ...common, ...(isRound(data) ? round(data, look) : axes(data, look, wide)) };
}

const isRound = (data) => data.kind === "donut" || data.kind === "funnel";

function round(data, look) {
  const items = data.categories.map((name, index) => ({ name, value: data.series[0].values[index] }));
  if (data.kind === "donut") {
    const itemStyle = { borderColor: look.surface, borderWidth: 2 };
    const legend = { bottom: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: look.ink2 }, formatter: (name) => `${name}  ${items.find((item) => item.name === name).value ?? "—"}` };
    return { legend, series: [{ type: "pie", radius: ["56%", "80%"], center: ["50%", "44%"], data: items, label: { show: false }, itemStyle, cursor: pointer(data) }] };
  }
  const label = { color: look.ink2, formatter: "{b}  {c}", position: "right" };
  const fading = items.map((item, index) => ({ ...item, itemStyle: { color: faded(look.palette[0], 1 - index * 0.7 / items.length) } }));
  return {
    legend: { show: false },
    series: [{ type: "funnel", sort: "none", left: "4%", width: "62%", top: 8, bottom: 8, minSize: "6%", gap: 3, data: fading, label, labelLine: { lineStyle: { color: look.line } }, itemStyle: { borderWidth: 0 }, cursor: pointer(data) }],
  };
}

// A lighter step of a token's colour; opacity would fade the label too.
const faded = (hex, share) => hex + Math.round(share * 255).toString(16).padStart(2, "0");

function axes(data, look, wide) {
  const flat = data.kind === "bar-horizontal";
  const names = { type: "category", data: data.categories, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, axisLabel: { color: look.ink2, interval: "auto", hideOverlap: true } };
  // A name beside its bar takes at most a third of the width, on a phone more, and goes on in the next line.
  const most = Math.max(wide / 3, Math.min(170, wide * 0.42));
  const beside = { ...names, inverse: true, axisLabel: { color: look.ink2, interval: 0, width: Math.round(Math.min(most, Math.max(...data.categories.map(widthOf)))), overflow: "break", lineHeight: 14 } };
  const values = { type: "value", splitNumber: flat && wide < 420 ? 3 : 5, splitLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.ink2, hideOverlap: true } };
  return {
    grid: { left: 4, right: 20, top: 20, bottom: data.series.length > 1 ? 32 : 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: flat ? values : names,
    yAxis: flat ? beside : values,
    series: data.series.map((series, index) => ({
      name: series.name, data: series.values, type: data.kind === "line" ? "line" : "bar",
      stack: data.kind === "stacked" ? "all" : undefined, barMaxWidth: 26, symbolSize: 6,
      itemStyle: { borderRadius: data.kind === "stacked" ? 0 : flat ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      cursor: pointer(data), markLine: index === 0 ? target(data, look) : undefined,
    })),
  };
}

function target(data, look) {
  if (data.target == null) return undefined;
  const axis = data.kind === "bar-horizontal" ? "xAxis" : "yAxis";
  return { silent: true, symbol: "none", lineStyle: { color: look.cinnabar, type: "dashed" }, label: { color: look.cinnabar, position: "insideEndTop" }, data: [{ [axis]: data.target }] };
}

// How wide a name is at twelve pixels, in which a Chinese character is a square.
const widthOf = (name) => [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 12.5 : 7.5), 8);

const pointer = (data) => data.urls.length ? "pointer" : "default";
