// Drawing on the map: a rectangle, a polygon or a circle to count what lies in it; lines to measure.
import { areaOf, distance, lengthOf } from "./atlas-measure.js";
import { token } from "./atlas-style.js";

const DRAGGED = new Set(["rectangle", "circle"]);
const CIRCLE_POINTS = 64;
export const VIEW = "view:"; // what is in sight, as a figure: counted and listed, and not drawn

export function wireDrawing(map, { words, hint, selected, cleared }) {
  const stage = map.getContainer().closest("[data-atlas]");
  const buttons = [...stage.querySelectorAll("[data-map-tool]")];
  let tool = "", places = [], start = null, done = null;

  map.on("style.load", begin);
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.mapTool === tool ? "" : button.dataset.mapTool));
  const ending = stage.querySelector("[data-map-finish]");
  stage.querySelector("[data-map-clear]")?.addEventListener("click", () => { choose(""); clear(); });
  ending?.addEventListener("click", () => finish());
  map.on("click", (event) => { if (tool && !DRAGGED.has(tool)) { places.push(event.lngLat.toArray()); show(places); } });
  map.on("dblclick", (event) => { if (tool && !DRAGGED.has(tool)) { event.preventDefault(); places.pop(); finish(); } });
  map.on("mousemove", (event) => moved(event));
  map.on("touchmove", (event) => moved(event));
  for (const name of ["mousedown", "touchstart"]) map.on(name, (event) => { if (DRAGGED.has(tool)) { event.preventDefault(); start = event.lngLat.toArray(); } });
  for (const name of ["mouseup", "touchend"]) map.on(name, () => { if (start && places.length) finish(); start = null; });
  document.addEventListener("keydown", (event) => {
    if (!tool) return;
    if (event.key === "Escape") { choose(""); clear(); }
    if (event.key === "Enter" && !DRAGGED.has(tool) && places.length) { event.preventDefault(); finish(); }
  });

  function begin() {
    map.addSource("drawn", { type: "geojson", data: { type: "FeatureCollection", features: done ? [done] : [] } });
    map.addLayer({ id: "drawn-fill", type: "fill", source: "drawn", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": token("cinnabar"), "fill-opacity": 0.08 } });
    map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": token("cinnabar"), "line-width": 2, "line-dasharray": [2, 1] } });
    map.addLayer({ id: "drawn-points", type: "circle", source: "drawn", filter: ["!=", ["geometry-type"], "Polygon"], paint: { "circle-color": token("surface"), "circle-radius": 3.5, "circle-stroke-color": token("cinnabar"), "circle-stroke-width": 2 } });
  }

  function choose(next) {
    tool = next;
    places = [];
    start = null;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.mapTool === tool));
    if (tool) { stage.dataset.drawing = tool; clear(); } else delete stage.dataset.drawing;
    if (ending) ending.hidden = !tool || DRAGGED.has(tool);
    map.getCanvas().style.cursor = tool ? "crosshair" : "";
    for (const handler of [map.dragPan, map.doubleClickZoom]) if (tool && (handler !== map.dragPan || DRAGGED.has(tool))) handler.disable(); else handler.enable();
    hint(tool ? (DRAGGED.has(tool) ? words.dragging : words.drawing) : "");
  }

  function moved(event) {
    const here = event.lngLat.toArray();
    if (DRAGGED.has(tool) && start) { places = [start, here]; show(places); }
    else if (tool && places.length) show([...places, here]);
  }

  function finish() {
    const finished = tool, figure = figureOf(finished, places);
    show(places);
    const told = measured(finished, places);
    choose("");
    put(done = featureOf(finished, figure.places));
    if (told) hint(told); else if (figure.text) selected(figure.text);
  }

  // Show a figure that was drawn before, as a text says it.
  function shown(text) {
    const places = placesOf(text);
    if (places.length && !text.startsWith(VIEW)) put(done = featureOf("polygon", places));
  }

  function show(points) {
    put(featureOf(tool, figureOf(tool, points).places));
    const told = measured(tool, points);
    if (told) hint(told);
  }

  const put = (feature) => map.getSource("drawn")?.setData({ type: "FeatureCollection", features: feature ? [feature] : [] });
  function clear() { done = null; put(null); if (!tool) hint(""); cleared(); }

  function measured(kind, points) {
    if (kind === "length" && points.length > 1) return `${words.length}: ${metres(lengthOf(points))}`;
    if (kind === "area" && points.length > 2) return `${words.area}: ${squares(areaOf(points))}`;
    return "";
  }

  const number = (value, places_) => value.toLocaleString("en-US", { maximumFractionDigits: places_ });
  const metres = (value) => value < 1000 ? `${number(value, 1)} ${words.metres}` : `${number(value / 1000, 3)} ${words.kilometres}`;
  const squares = (value) => `${number(value, 0)} ${words.square_metres} · ${number(value / 10000, 2)} ${words.hectares} · ${number(value * 3 / 2000, 2)} ${words.mu}`;
  return { show: shown };
}

// The places of a figure as the address and the server write it; none where it is no figure.
function placesOf(text) {
  const numbers = (part) => part.split(",").map(Number);
  if (text.startsWith(VIEW)) {
    const [west, south, east, north] = numbers(text.slice(VIEW.length));
    return isPlace(west, south) && isPlace(east, north) ? [[west, south], [east, north]] : [];
  }
  const circle = text.startsWith("circle:") ? numbers(text.slice("circle:".length)) : null;
  const places = circle ? (circle.length === 3 ? round(circle, circle[2]) : []) : text.split(";").filter(Boolean).map(numbers);
  return places.every(([x, y]) => isPlace(x, y)) ? places : [];
}

export const isPlace = (x, y) => Math.abs(x) <= 180 && Math.abs(y) <= 85;

export function boundsOf(text) {
  const places = placesOf(text);
  if (!places.length) return null;
  const [along, up] = [0, 1].map((axis) => places.map((place) => place[axis]));
  return [Math.min(...along), Math.min(...up), Math.max(...along), Math.max(...up)];
}

function figureOf(kind, points) {
  const written = (ring) => ring.map(([x, y]) => `${x.toFixed(6)},${y.toFixed(6)}`).join(";");
  if (kind === "rectangle" && points.length > 1) {
    const [[west, south], [east, north]] = points;
    const ring = [[west, south], [east, south], [east, north], [west, north]];
    return { places: ring, text: written(ring) };
  }
  if (kind === "circle" && points.length > 1) {
    const radius = distance(points[0], points[1]);
    const [x, y] = points[0];
    return { places: round(points[0], radius), text: radius > 0 ? `circle:${x.toFixed(6)},${y.toFixed(6)},${radius.toFixed(1)}` : "" };
  }
  return { places: points, text: kind === "polygon" && points.length > 2 ? written(points) : "" };
}

function featureOf(kind, places) {
  if (!places.length) return null;
  const isArea = kind !== "length" && places.length > 2;
  const geometry = isArea ? { type: "Polygon", coordinates: [[...places, places[0]]] } : places.length > 1 ? { type: "LineString", coordinates: places } : { type: "Point", coordinates: places[0] };
  return { type: "Feature", properties: {}, geometry };
}

function round([x, y], radius) {
  const down = radius / 111_320, across = down / Math.cos(y * Math.PI / 180);
  return Array.from({ length: CIRCLE_POINTS }, (_none, step) => {
    const turn = step / CIRCLE_POINTS * 2 * Math.PI;
    return [x + across * Math.cos(turn), y + down * Math.sin(turn)];
  });
}
