"""What a reader of each format finds in it, read by somebody else's library."""

import json
import re
import zipfile
from io import BytesIO

import docx
import openpyxl
import pypdf
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html


def squeezed(text):
    return re.sub(r"\s+", "", text)


def html_figures(page):
    found = lxml_html.fromstring(page).find_class("figure")
    return [(one.get("data-figure"), one.text_content()) for one in found]


def json_figures(data):
    return [(one["code"], one["text"], one["value"]) for one in json.loads(data)["figures"]]


def words(element):
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def word_links(data):
    word = docx.Document(BytesIO(data))
    links = word.element.body.iter(qn("w:hyperlink"))
    relations = word.part.rels
    return [(relations[one.get(qn("r:id"))].target_ref, words(one)) for one in links]


def word_text(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/")]
        read = [etree.fromstring(archive.read(name)) for name in parts if name.endswith(".xml")]
    return "".join(one.text or "" for part in read for one in part.iter(qn("w:t")))


def pdf_links(data):
    found = set()
    for page in pypdf.PdfReader(BytesIO(data)).pages:
        for one in page.get("/Annots", []):
            action = one.get_object().get("/A")
            if action and "/URI" in action:
                found.add(action["/URI"])
    return found


def pdf_text(data):
    return "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def sheets(data):
    book = openpyxl.load_workbook(BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}


def workbook_text(data):
    cells = [cell for rows in sheets(data).values() for row in rows for cell in row]
    return "".join(str(cell.value) for cell in cells if cell.value is not None)
