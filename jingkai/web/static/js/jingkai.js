// The one entry of every page: it wires the page, and again each part that htmx swaps in.
import { drawCharts } from "./charts.js";
import { wireDialogs } from "./dialogs.js";
import { wireForms } from "./forms.js";
import { wireKeyboard } from "./keyboard.js";
import { wireShell } from "./shell.js";
import { wireTables } from "./tables.js";

wireShell();
wireDialogs();
wireForms();
wireTables();
wireKeyboard();
drawCharts(document);
document.addEventListener("htmx:load", (event) => drawCharts(event.target));
