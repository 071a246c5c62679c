"""One neutral document, five formats: page, Word, PDF/A, Excel and JSON."""
