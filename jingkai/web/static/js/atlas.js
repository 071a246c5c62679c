// The page of the map: the map itself, its legend, search, card, what is drawn around.
import * as maplibre from "../vendor/maplibre/maplibre-gl.mjs";
import { wireDrawing } from "./atlas-draw.js";
import { graticule, layersOf, recolour, showBut, styleOf } from "./atlas-style.js";

const config = JSON.parse(document.getElementById("map-config").textContent);
const page = document.querySelector("[data-atlas]");
const find = (name) => document.querySelector(`[data-map-${name}]`);
const axes = new Map(config.layers.map((layer) => [layer.name, Object.keys(layer.axes)[0] ?? ""]));
const hidden = new Set();
const active = config.layers.find((layer) => layer.name === config.active);
if (find("axis")) axes.set(active.name, find("axis").value);

maplibre.setWorkerUrl(new URL("../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);
const map = begin();
showLegend();
if (map) wireMap();
wirePage();

function begin() {
  const look = { layers: config.layers, axes, active, tianditu: config.tianditu };
  const options = {
    container: find("canvas"), style: styleOf(look), hash: true, maxPitch: 0, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily, attributionControl: false, maxZoom: 20,
    bounds: config.extent ?? [73, 18, 135, 54], fitBoundsOptions: { padding: 40, maxZoom: 16 },
    locale: { "Map.Title": config.words.map, "NavigationControl.ZoomIn": config.words.zoom_in, "NavigationControl.ZoomOut": config.words.zoom_out },
  };
  try {
    return new maplibre.Map(options);
  } catch {
    showPicture();
    return null;
  }
}

function wireMap() {
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), "bottom-left");
  map.on("load", () => { drawGrid(); page.dataset.ready = "true"; });
  map.on("moveend", () => { drawGrid(); linkSheet(); });
  map.on("click", clicked);
  for (const layer of config.layers) for (const kind of ["fill", "circle"]) {
    map.on("mouseenter", `${layer.name}-${kind}`, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", `${layer.name}-${kind}`, () => { map.getCanvas().style.cursor = ""; });
  }
  document.addEventListener("jingkai:theme", () => {
    map.setStyle(styleOf({ layers: config.layers, axes, active, tianditu: config.tianditu }), { diff: false });
    map.once("styledata", () => { drawGrid(); applyHidden(); });
  });
  wireDrawing(map, { words: config.words, hint, selected: (figure) => active.selection && select(figure) });
}

function wirePage() {
  find("axis")?.addEventListener("change", (event) => {
    axes.set(active.name, event.target.value);
    hidden.clear();
    keepInAddress("axis", event.target.value);
    if (map) { recolour(map, active, event.target.value); applyHidden(); }
    showLegend();
    linkSheet();
  });
  for (const box of document.querySelectorAll("[data-map-visible]")) box.addEventListener("change", () => {
    const layer = config.layers.find((one) => one.name === box.dataset.mapVisible);
    for (const id of layersOf(layer)) map?.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-map-class], [data-map-fly], [data-map-close], [data-map-home], [data-map-view-list], [data-map-share], [data-map-keep]");
    if (target) acted(target, event);
  });
  const form = find("search");
  form?.addEventListener("submit", (event) => { event.preventDefault(); search(form.elements.text.value); });
  let waiting = 0;
  form?.elements.text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(form.elements.text.value), 250); });
  document.querySelector("#filters form")?.addEventListener("submit", (event) => keepView(event.target));
  linkSheet();
}

function acted(target, event) {
  const data = target.dataset;
  if ("mapClass" in data) toggleClass(target);
  else if ("mapFly" in data) fly(data.mapFly, data.window.split(",").map(Number));
  else if ("mapClose" in data) closeCard();
  else if ("mapHome" in data) map?.fitBounds(config.extent ?? [73, 18, 135, 54], { padding: 40, maxZoom: 16 });
  else if ("mapViewList" in data) select(corners());
  else if ("mapShare" in data) navigator.clipboard?.writeText(location.href).then(() => hint(config.words.copied, 2500), () => {});
  else if ("mapKeep" in data) { event.preventDefault(); location.assign(target.href + location.hash); }
}

// The filter's form asks for the same page again: it keeps where one is looking, and how it is coloured.
function keepView(form) {
  form.action = location.pathname + location.hash;
  for (const [name, value] of [["layer", active.name], ["axis", axes.get(active.name)]]) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
}

function keepInAddress(name, value) {
  const parameters = new URLSearchParams(location.search);
  parameters.set("layer", active.name);
  parameters.set(name, value);
  history.replaceState(history.state, "", `?${parameters}${location.hash}`);
}

async function showLegend() {
  if (!active.legend) return;
  const query = new URLSearchParams(active.query);
  query.set("axis", axes.get(active.name));
  await fill(find("legend"), `${active.legend}?${query}`);
}

function toggleClass(button) {
  const code = button.dataset.mapClass;
  if (hidden.has(code)) hidden.delete(code); else hidden.add(code);
  button.setAttribute("aria-pressed", String(!hidden.has(code)));
  applyHidden();
}

function applyHidden() {
  if (map) showBut(map, active, axes.get(active.name), hidden);
}

async function search(text) {
  const place = find("found");
  if (!text.trim()) { place.replaceChildren(); return; }
  await fill(place, `${config.search}?${new URLSearchParams({ text })}`);
}

function clicked(event) {
  if (page.dataset.drawing) return;
  const ids = config.layers.flatMap((layer) => [`${layer.name}-fill`, `${layer.name}-circle`, `${layer.name}-line`]);
  const [feature] = map.queryRenderedFeatures(event.point, { layers: ids });
  if (!feature) closeCard();
  else if (feature.id === undefined) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
  else open(feature.source, feature.id);
}

async function open(name, pk) {
  const layer = config.layers.find((one) => one.name === name);
  for (const one of config.layers) map?.setFilter(`${one.name}-chosen`, ["==", ["id"], one === layer ? Number(pk) : -1]);
  const card = find("card");
  card.hidden = false;
  await fill(card, layer.card.replace(/0\/$/, `${pk}/`));
}

function closeCard() {
  find("card").hidden = true;
  for (const one of config.layers) map?.setFilter(`${one.name}-chosen`, ["==", ["id"], -1]);
}

function fly(target, window) {
  const [name, pk] = target.split(":");
  const beside = innerWidth > 1200 ? { top: 80, bottom: 60, left: 60, right: 420 } : 60;
  map?.fitBounds(window, { padding: beside, maxZoom: 17 });
  find("stage")?.scrollIntoView({ block: "nearest" });
  open(name, pk);
}

function corners() {
  const bounds = map ? map.getBounds().toArray().flat() : config.extent;
  const [west, south, east, north] = bounds.map((value) => value.toFixed(6));
  return `${west},${south};${east},${south};${east},${north};${west},${north}`;
}

async function select(figure) {
  const query = new URLSearchParams(active.query);
  query.set("layer", active.name);
  query.set("figure", figure);
  await fill(find("selection"), `${active.selection}?${query}`);
}

function linkSheet() {
  const link = find("sheet");
  if (!link) return;
  const query = new URLSearchParams(active.query);
  const bounds = map ? map.getBounds().toArray().flat() : config.extent;
  query.set("layer", active.name);
  query.set("axis", axes.get(active.name));
  if (bounds) query.set("window", bounds.map((value) => value.toFixed(6)).join(","));
  link.href = `${config.sheet}?${query}`;
}

async function fill(place, url) {
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
    place.innerHTML = answer.ok || answer.status === 400 ? await answer.text() : "";
    if (!answer.ok && answer.status !== 400) hint(config.words.failed, 6000);
  } catch {
    hint(config.words.failed, 6000);
  }
  place.removeAttribute("aria-busy");
}

function hint(text, milliseconds = 0) {
  const place = find("hint");
  place.textContent = text;
  place.hidden = !text;
  if (milliseconds) setTimeout(() => { if (place.textContent === text) place.hidden = true; }, milliseconds);
}

function drawGrid() {
  map.getSource("graticule")?.setData(graticule(map.getBounds().toArray().flat()));
}

function showPicture() {
  hint(config.words.no_webgl);
  if (!config.preview || !config.extent) return;
  const query = new URLSearchParams({ layer: active.name, axis: axes.get(active.name), window: config.extent.map((value) => value.toFixed(6)).join(","), title: active.label, format: "pdf" });
  const picture = Object.assign(document.createElement("img"), { className: "jk-atlas-preview", alt: config.words.map, src: `${config.preview}?${active.query}&${query}` });
  find("canvas").append(picture);
}
