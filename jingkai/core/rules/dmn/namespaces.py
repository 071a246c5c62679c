"""The namespaces of DMN 1.1 to 1.6; everything is read as if it had been written in 1.5."""

import re

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
MODEL_TAG = f"{{{MODEL}}}"
DIAGRAMS = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
FEEL = "https://www.omg.org/spec/DMN/20230324/FEEL/"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    MODEL: "1.5",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}

_FEEL = re.compile(r"https?://www\.omg\.org/spec/(FEEL/\d+|DMN/\d+/FEEL/?)")
_DIAGRAMS = re.compile(r"https?://www\.omg\.org/spec/DMN/\d+/DMNDI/?")


def raised(uri: str) -> str:
    """Return the namespace of DMN 1.5 for one of an older or newer version, others as they are."""
    if uri in VERSIONS:
        return MODEL
    if _DIAGRAMS.fullmatch(uri):
        return DIAGRAMS
    return FEEL if _FEEL.fullmatch(uri) else uri


def is_feel(language: str) -> bool:
    """Return whether a name of an expression language is FEEL; none written is FEEL."""
    return not language or language.lower() == "feel" or raised(language) == FEEL
