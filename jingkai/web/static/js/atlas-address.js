// What the address of the map says besides its filters, so that a link shows what its sender saw:
// layers and classes taken off the map, what was drawn around, the record that is open.
import { isPlace } from "./atlas-draw.js";

const UNKNOWN = "_"; // 未登记 in a list of codes

export function readAddress() {
  const asked = new URLSearchParams(location.search);
  const list = (name) => (asked.get(name) ?? "").split(",").filter(Boolean);
  const [west, south, east, north] = list("window").map(Number);
  return {
    off: new Set(list("off")),
    without: new Set(list("without").map((code) => (code === UNKNOWN ? "" : code))),
    figure: asked.get("figure") ?? "",
    record: asked.get("record") ?? "",
    window: isPlace(west, south) && isPlace(east, north) ? [west, south, east, north] : null,
  };
}

// Put values into the address without loading anything; an empty one leaves it.
export function keepInAddress(values) {
  const parameters = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    const text = value instanceof Set ? [...value].map((code) => code || UNKNOWN).join(",") : value;
    if (text) parameters.set(name, text); else parameters.delete(name);
  }
  history.replaceState(history.state, "", `?${parameters}${location.hash}`);
}

// What of the address stays when the page is asked for anew: with other filters, or another layer.
export function staying({ isLayerLeft }) {
  const asked = new URLSearchParams(location.search);
  const names = isLayerLeft ? ["off", "figure"] : ["layer", "axis", "off", "without", "figure", "record"];
  return names.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]);
}

// A link to this page, followed without losing the place one looks at and what one has chosen since.
export function keepingPlace(href, options) {
  const url = new URL(href, location.href);
  for (const [name, value] of staying(options)) url.searchParams.set(name, value);
  url.hash = location.hash;
  return url.href;
}
