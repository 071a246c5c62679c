// How layers look: a plain ground with a graticule, each layer filled by the classes of its axis.
const FILLED = 0.9, OVER_PICTURES = 0.6; // so that the legend's colours are those of the map
const AREAS = ["==", ["geometry-type"], "Polygon"], POINTS = ["==", ["geometry-type"], "Point"], NOT_POINTS = ["!=", ["geometry-type"], "Point"];
const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

export const layersOf = (layer) => ["fill", "line", "unknown", "circle", "name", "chosen"].map((kind) => `${layer.name}-${kind}`);

export function styleOf({ layers, axes, active, tianditu }) {
  const sources = { graticule: { type: "geojson", data: graticule([0, 0, 0, 0]) } };
  for (const layer of layers) sources[layer.name] = { type: "vector", tiles: [address(layer)], maxzoom: 16 };
  const ground = [{ id: "ground", type: "background", paint: { "background-color": token("map-ground") } }];
  if (tianditu) for (const [name, kind] of [["vector", "vec"], ["words", "cva"]]) {
    sources[`tianditu-${name}`] = { type: "raster", tileSize: 256, maxzoom: 18, tiles: tiles(kind, tianditu), attribution: "天地图" };
    ground.push({ id: `tianditu-${name}`, type: "raster", source: `tianditu-${name}` });
  }
  ground.push({ id: "graticule", type: "line", source: "graticule", paint: { "line-color": token("map-grid"), "line-width": 1 } });
  const drawn = layers.flatMap((layer) => parts(layer, axes.get(layer.name), { isPlain: !layer.colour && layer !== active, isOverPictures: Boolean(tianditu) }));
  const isName = ({ type }) => type === "symbol"; // names stand above every outline, those of the layer looked at first
  const names = drawn.filter(isName).sort((one, other) => (one.source === active.name) - (other.source === active.name));
  return { version: 8, sources, layers: [...ground, ...drawn.filter((part) => !isName(part)), ...names] };
}

export function recolour(map, layer, axis) {
  const colour = colours(layer, axis);
  map.setPaintProperty(`${layer.name}-fill`, "fill-color", colour);
  map.setPaintProperty(`${layer.name}-fill`, "fill-opacity", opacity(axis, Boolean(map.getSource("tianditu-vector"))));
  map.setPaintProperty(`${layer.name}-circle`, "circle-color", colour);
}

// What each part of a layer shows, less the classes that were taken off the map.
export function showBut(map, layer, axis, hidden) {
  const kept = ["!", ["in", ["coalesce", ["get", axis], ""], ["literal", [...hidden]]]];
  const shown = { fill: AREAS, line: NOT_POINTS, unknown: unknown(axis), circle: POINTS, name: true };
  for (const [kind, filter] of Object.entries(shown)) map.setFilter(`${layer.name}-${kind}`, ["all", filter, kept]);
}

// Lines of longitude and latitude, about eight across what is seen.
export function graticule([west, south, east, north]) {
  const step = STEPS.find((one) => (east - west) / one >= 6) ?? STEPS.at(-1);
  const lines = [];
  for (let x = Math.ceil(west / step); x * step <= east && lines.length < 200; x += 1) lines.push([[x * step, south], [x * step, north]]);
  for (let y = Math.ceil(south / step); y * step <= north && lines.length < 400; y += 1) lines.push([[west, y * step], [east, y * step]]);
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } };
}

function address(layer) {
  const url = new URL(layer.tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
  return layer.query ? `${url}?${layer.query}` : url;
}

function tiles(kind, key) {
  const asked = `SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${kind}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${key}`;
  return [0, 1, 2, 3].map((number) => `https://t${number}.tianditu.gov.cn/${kind}_w/wmts?${asked}`);
}

export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--jk-${name}`).trim();

function colours(layer, axis) {
  const classes = Object.entries(layer.axes[axis] ?? {}).filter(([code]) => code);
  if (!classes.length) return token(`map-${layer.colour || "blue"}`);
  return ["match", ["coalesce", ["get", axis], ""], ...classes.flatMap(([code, name]) => [code, token(`map-${name}`)]), token("map-unknown")];
}

const unknown = (axis) => axis ? ["all", AREAS, ["!", ["has", axis]]] : ["==", ["id"], -1];
const opacity = (axis, isOverPictures) => {
  const filled = isOverPictures ? OVER_PICTURES : FILLED;
  return axis ? ["case", ["has", axis], filled, 0.35] : filled;
};

// A layer that is not the one looked at is drawn plainly: the legend tells of the other's colours.
function parts(layer, axis, { isPlain, isOverPictures }) {
  const shared = { source: layer.name, "source-layer": layer.name };
  const [fill, line, dashed, circle, name, chosen] = layersOf(layer);
  const counted = ["interpolate", ["linear"], ["sqrt", ["to-number", ["get", "count"], 1]], 1, 2.5, 8, 5];
  const sized = (radius) => ["case", ["has", "count"], counted, radius];
  return [
    { ...shared, id: fill, type: "fill", filter: AREAS, paint: { "fill-color": isPlain ? token("map-grey") : colours(layer, axis), "fill-opacity": isPlain ? 0.45 : opacity(axis, isOverPictures) } },
    { ...shared, id: line, type: "line", filter: NOT_POINTS, paint: { "line-color": token(isPlain ? "ink-2" : "surface"), "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.2, 15, 1], "line-opacity": 0.9 } },
    { ...shared, id: dashed, type: "line", filter: unknown(isPlain ? "" : axis), paint: { "line-color": token("ink-3"), "line-width": 1, "line-dasharray": [3, 2] } },
    { ...shared, id: circle, type: "circle", filter: POINTS, paint: { "circle-color": isPlain ? token("ink-3") : colours(layer, axis), "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, sized(isPlain ? 2.5 : 4), 16, sized(isPlain ? 5 : 8)], "circle-stroke-color": token("surface"), "circle-stroke-width": ["case", ["has", "count"], 0.5, 1.5] } },
    { ...shared, id: name, "source-layer": `${layer.name}-names`, type: "symbol", minzoom: isPlain ? 16 : 14, filter: true, layout: { "text-field": ["coalesce", ["get", layer.title || "code"], ""], "text-size": 12, "text-max-width": 8, "text-anchor": "top", "text-offset": [0, 0.4], "text-font": ["sans-serif"] }, paint: { "text-color": token("ink"), "text-halo-color": token("surface"), "text-halo-width": 1.5 } },
    { ...shared, id: chosen, type: "line", filter: ["==", ["id"], -1], paint: { "line-color": token("cinnabar"), "line-width": 3 } },
  ];
}
