// The one entry of every page: it wires the page, and again each part that htmx swaps in.
import { drawCharts } from "./charts.js";
import { wireColumns } from "./columns.js";
import { wireConditions } from "./conditions.js";
import { wireBulk } from "./bulk.js";
import { wireDialogs, wireFetches } from "./dialogs.js";
import { wireEvidence } from "./evidence.js";
import { wireForms } from "./forms.js";
import { wireKeyboard } from "./keyboard.js";
import { wireMentions } from "./mentions.js";
import { wireShell } from "./shell.js";
import { wireTables } from "./tables.js";

wireShell();
wireDialogs();
wireFetches();
wireForms();
wireConditions();
wireEvidence();
wireTables();
wireBulk();
wireColumns();
wireKeyboard();
wireMentions();
drawCharts(document);
document.addEventListener("htmx:load", (event) => drawCharts(event.target));
