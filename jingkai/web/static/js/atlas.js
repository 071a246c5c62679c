// The page of the map: the map itself, its legend, search, card, what is drawn around.
import * as maplibre from "../vendor/maplibre/maplibre-gl.mjs";
import { keepInAddress, keepingPlace, readAddress, staying } from "./atlas-address.js";
import { VIEW, boundsOf, wireDrawing } from "./atlas-draw.js";
import { graticule, layersOf, recolour, showBut, styleOf } from "./atlas-style.js";

const config = JSON.parse(document.getElementById("map-config").textContent);
const page = document.querySelector("[data-atlas]");
const find = (name) => document.querySelector(`[data-map-${name}]`);
const axes = new Map(config.layers.map((layer) => [layer.name, Object.keys(layer.axes)[0] ?? ""]));
const asked = readAddress();
const { off, without: hidden } = asked;
let chosen = ["", -1];
const filling = new WeakMap(); // by place: how often it was asked for
const active = config.layers.find((layer) => layer.name === config.active);
const CHINA = [73, 18, 135, 54];
if (find("axis")) axes.set(active.name, find("axis").value);

maplibre.setWorkerUrl(new URL("../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);
const map = begin();
const drawing = map && wireMap();
wirePage();
showLegend();

function begin() {
  const look = { layers: config.layers, axes, active, tianditu: config.tianditu };
  const options = {
    container: find("canvas"), style: styleOf(look), hash: true, maxPitch: 0, dragRotate: false, pitchWithRotate: false, touchPitch: false,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily, attributionControl: config.tianditu ? { compact: true } : false, maxZoom: 20,
    bounds: asked.window ?? boundsOf(asked.figure) ?? config.extent ?? CHINA, fitBoundsOptions: { padding: 40, maxZoom: 16 },
    locale: {
      "Map.Title": config.words.map, "NavigationControl.ZoomIn": config.words.zoom_in, "NavigationControl.ZoomOut": config.words.zoom_out,
      "AttributionControl.ToggleAttribution": config.words.attribution,
    },
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
  hint(config.words.loading);
  map.once("style.load", applyHidden);
  map.on("sourcedata", begun);
  map.on("load", begun);
  map.on("error", ({ sourceId }) => failed(sourceId ?? ""));
  map.on("moveend", () => { drawGrid(); linkSheet(); });
  map.on("click", clicked);
  for (const layer of config.layers) for (const kind of ["fill", "circle"]) {
    map.on("mouseenter", `${layer.name}-${kind}`, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", `${layer.name}-${kind}`, () => { map.getCanvas().style.cursor = ""; });
  }
  document.addEventListener("jingkai:theme", () => {
    map.setStyle(styleOf({ layers: config.layers, axes, active, tianditu: config.tianditu }), { diff: false });
    map.once("styledata", () => { drawGrid(); applyHidden(); mark(...chosen); });
  });
  return wireDrawing(map, { words: config.words, hint, selected: (figure) => active.selection && select(figure), cleared });
}

// The map is ready once the zone's own layers are there, whatever keeps pictures from outside.
function begun() {
  if (page.dataset.ready || !config.layers.every((layer) => map.getSource(layer.name) && map.isSourceLoaded(layer.name))) return;
  page.dataset.ready = "true";
  hint("", 0, config.words.loading);
  drawGrid();
  showAsked();
}

// What the address asks for beyond the map itself: what was drawn around, the record that was open.
function showAsked() {
  if (asked.figure && active.selection) { drawing.show(asked.figure); select(asked.figure, true); }
  if (asked.record.includes(":")) open(...asked.record.split(":"));
}

// Pictures from outside may be out of reach: that is said once, and the zone's own map goes on.
function failed(source) {
  const isOutside = source.startsWith("tianditu");
  if (isOutside && page.dataset.outsideFailed) return;
  if (isOutside) page.dataset.outsideFailed = "true";
  hint(isOutside ? config.words.no_tianditu : config.words.failed, 8000);
}

function wirePage() {
  find("axis")?.addEventListener("change", (event) => {
    axes.set(active.name, event.target.value);
    hidden.clear();
    keepInAddress({ layer: active.name, axis: event.target.value, without: hidden });
    if (map) { recolour(map, active, event.target.value); applyHidden(); }
    showLegend();
    linkSheet();
  });
  for (const box of document.querySelectorAll("[data-map-visible]")) {
    box.checked = !off.has(box.dataset.mapVisible);
    box.addEventListener("change", () => turn(box.dataset.mapVisible, box.checked));
  }
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-map-class], [data-map-fly], [data-map-close], [data-map-home], [data-map-view-list], [data-map-share], [data-map-keep], .jk-chips a");
    if (target) acted(target, event);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !page.dataset.drawing && !find("card").hidden) closeCard(); });
  const form = find("search");
  form?.addEventListener("submit", (event) => { event.preventDefault(); search(form.elements.text.value); });
  let waiting = 0;
  form?.elements.text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(form.elements.text.value), 250); });
  document.getElementById("filters")?.addEventListener("submit", (event) => keepView(event.target));
  linkSheet();
}

function acted(target, event) {
  const data = target.dataset;
  if ("mapClass" in data) toggleClass(target);
  else if ("mapFly" in data) fly(data.mapFly, data.window.split(",").map(Number));
  else if ("mapClose" in data) closeCard();
  else if ("mapHome" in data) map?.fitBounds(config.extent ?? CHINA, { padding: 40, maxZoom: 16 });
  else if ("mapViewList" in data) select(corners());
  else if ("mapShare" in data) share();
  else { event.preventDefault(); location.assign(keepingPlace(target.href, { isLayerLeft: "mapKeep" in data })); }
}

// Without a secure connection there is no clipboard: the address itself is the link.
function share() {
  const copied = navigator.clipboard?.writeText(location.href) ?? Promise.reject(new Error());
  copied.then(() => hint(config.words.copied, 2500), () => hint(config.words.not_copied, 6000));
}

function turn(name, isShown) {
  if (isShown) off.delete(name); else off.add(name);
  for (const box of document.querySelectorAll(`[data-map-visible="${name}"]`)) box.checked = isShown;
  keepInAddress({ off });
  applyHidden();
}

// The filter's form asks for the same page again: it keeps where one is looking, and how it is coloured.
// What is left empty stays out of the address, which people send to each other.
function keepView(form) {
  form.action = location.pathname + location.hash;
  for (const [name, value] of [["layer", active.name], ...staying({ isLayerLeft: false }).filter(([name]) => name !== "layer")]) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  const empty = [...form.elements].filter((field) => field.name && !field.value);
  for (const field of empty) field.disabled = true;
  setTimeout(() => { for (const field of empty) field.disabled = false; }, 500);
}

async function showLegend() {
  if (!active.legend) return;
  const query = new URLSearchParams(active.query);
  query.set("axis", axes.get(active.name));
  await fill(find("legend"), `${active.legend}?${query}`);
  for (const button of document.querySelectorAll("[data-map-class]")) button.setAttribute("aria-pressed", String(!hidden.has(button.dataset.mapClass)));
}

function toggleClass(button) {
  const code = button.dataset.mapClass;
  if (hidden.has(code)) hidden.delete(code); else hidden.add(code);
  button.setAttribute("aria-pressed", String(!hidden.has(code)));
  keepInAddress({ without: hidden });
  applyHidden();
}

function applyHidden() {
  if (!map) return;
  if (active.legend) showBut(map, active, axes.get(active.name), hidden);
  for (const layer of config.layers) for (const id of layersOf(layer)) map.setLayoutProperty(id, "visibility", off.has(layer.name) ? "none" : "visible");
}

async function search(text) {
  const place = find("found");
  if (!text.trim()) { empty(place); return; }
  await fill(place, `${config.search}?${new URLSearchParams({ text })}`);
}

function clicked(event) {
  if (page.dataset.drawing) return;
  const ids = config.layers.flatMap((layer) => [`${layer.name}-fill`, `${layer.name}-circle`, `${layer.name}-line`]);
  const near = event.originalEvent.pointerType === "touch" || matchMedia("(pointer: coarse)").matches ? 8 : 2;
  const { x, y } = event.point;
  const around = [[x - near, y - near], [x + near, y + near]];
  const [feature] = [...map.queryRenderedFeatures(event.point, { layers: ids }), ...map.queryRenderedFeatures(around, { layers: ids })];
  if (!feature) closeCard();
  else if (feature.id === undefined) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
  else open(feature.source, feature.id);
}

async function open(name, pk) {
  const layer = config.layers.find((one) => one.name === name);
  if (!layer) return;
  keepInAddress({ record: `${name}:${pk}` });
  mark(name, pk);
  const card = find("card");
  card.hidden = false;
  await fill(card, layer.card.replace(/0\/$/, `${pk}/`));
}

function closeCard() {
  find("card").hidden = true;
  keepInAddress({ record: "" });
  mark("", -1);
}

// Draw the edge of one record, of no other.
function mark(name, pk) {
  chosen = [name, pk];
  for (const one of config.layers) map?.setFilter(`${one.name}-chosen`, ["==", ["id"], one.name === name ? Number(pk) : -1]);
}

function fly(target, window) {
  const [name, pk] = target.split(":");
  if (off.has(name)) turn(name, true);
  const { clientHeight: high } = find("canvas");
  const beside = innerWidth > 1200 ? { top: 80, bottom: 60, left: 60, right: 420 } : innerWidth > 640 ? 60 : { top: 60, bottom: high * 0.62, left: 30, right: 30 };
  map?.fitBounds(window, { padding: beside, maxZoom: 17 });
  page.scrollIntoView({ block: "nearest" });
  open(name, pk);
}

// What is in sight, as a figure; from afar one sees more than the world.
function corners() {
  const [west, south, east, north] = map ? map.getBounds().toArray().flat() : config.extent ?? CHINA;
  const within = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(6);
  return `${VIEW}${within(west, 180)},${within(south, 85)},${within(east, 180)},${within(north, 85)}`;
}

// What was just drawn comes into sight below the map; what a link asks for waits there.
async function select(figure, isAsked = false) {
  const query = new URLSearchParams(active.query);
  query.set("layer", active.name);
  query.set("axis", axes.get(active.name));
  query.set("figure", figure);
  keepInAddress({ figure });
  hint(config.words.counting);
  await fill(find("selection"), `${active.selection}?${query}`);
  hint("", 0, config.words.counting);
  if (!isAsked) find("selection").querySelector("header")?.scrollIntoView({ block: "nearest" });
}

function cleared() {
  keepInAddress({ figure: "" });
  if (find("selection")) empty(find("selection"));
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

// Of all that was asked for one place the last counts, in whichever order the answers come.
async function fill(place, url) {
  const asking = asks(place);
  place.setAttribute("aria-busy", "true");
  const text = await fetched(url);
  if (filling.get(place) !== asking) return;
  place.innerHTML = text;
  place.removeAttribute("aria-busy");
}

function empty(place) {
  asks(place);
  place.replaceChildren();
  place.removeAttribute("aria-busy");
}

function asks(place) {
  const asking = (filling.get(place) ?? 0) + 1;
  filling.set(place, asking);
  return asking;
}

async function fetched(url) {
  try {
    const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok || answer.status === 400) return await answer.text();
  } catch { /* told below, as any other failure is */ }
  hint(config.words.failed, 6000);
  return "";
}

// Say something over the map; with ``instead`` only where that is what is said now.
function hint(text, milliseconds = 0, instead = "") {
  const place = find("hint");
  if (instead && place.textContent !== instead) return;
  place.textContent = text;
  place.hidden = !text;
  if (milliseconds) setTimeout(() => { if (place.textContent === text) place.hidden = true; }, milliseconds);
}

function drawGrid() {
  map.getSource("graticule")?.setData(graticule(map.getBounds().toArray().flat()));
}

function showPicture() {
  hint(config.words.no_webgl);
  for (const tool of page.querySelectorAll("[data-map-tool], [data-map-clear], [data-map-home]")) tool.hidden = true;
  if (!config.preview || !config.extent) return;
  const query = new URLSearchParams({ layer: active.name, axis: axes.get(active.name), window: config.extent.map((value) => value.toFixed(6)).join(","), title: active.label, format: "pdf" });
  const picture = Object.assign(document.createElement("img"), { className: "jk-atlas-preview", alt: config.words.picture, src: `${config.preview}?${active.query}&${query}` });
  find("canvas").append(picture);
}
