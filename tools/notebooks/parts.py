"""Marks what sources only name: sections that are *Further*, and claims; and links the glossary."""

import re
from pathlib import Path

from tools.notebooks import lesson

GLOSSARY = Path(__file__).resolve().parents[2] / "notebooks" / "GLOSSARY.md"
COLLAPSED = "jp-MarkdownHeadingCollapsed"
"""By this metadata of a heading JupyterLab folds its section, here and in the table of contents."""


def mark(notebook):
    """Tag every cell of a *Further* section, fold claims, and link the glossary if there is one, in place.

    A Markdown cell in which such a section begins or ends is split there, for JupyterLab folds whole cells.
    """
    cells, further = [], False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if lesson.CLAIM in cell.metadata.get("tags", []):
                cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
            cells.append(_tagged(cell) if further else cell)
            continue
        if GLOSSARY.is_file():
            cell.source = with_glossary(cell.source)
        pieces = [text for text in lesson.split_at_sections(cell.source) if text]
        for number, text in enumerate(pieces):
            was_further = further
            if text.startswith("## "):
                further = text.startswith(f"## {lesson.FURTHER}")
            if number and not (further or was_further):
                cells[-1].source += f"\n\n{text}"
                continue
            # A heading of its own: JupyterLab folds away the cells below, not what is left of the heading's.
            heading, _, rest = text.partition("\n") if further and text.startswith("## ") else (text, "", "")
            for source in filter(None, (heading, rest.strip("\n"))):
                piece = type(cell)(cell | {"source": source, "metadata": type(cell.metadata)(cell.metadata)})
                cells.append(_tagged(piece) if further else piece)
    notebook.cells = cells


def _tagged(cell):
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), lesson.FURTHER_TAG]
    return cell


def with_glossary(text):
    """Add the glossary's link to the paragraph that tells the minutes.

    >>> with_glossary("# 05 Q\\n\\nAbout 40 minutes. You need\\nnotebook 04.\\n\\nMore.")[-71:]
    'notebook 04. Words are explained in the [glossary](GLOSSARY.md).\\n\\nMore.'
    """
    promised = lesson.PROMISE.search(text)
    if not promised:
        return text
    end = re.compile(r"\n\s*\n|\Z").search(text, promised.end()).start()
    return f"{text[:end].rstrip()} {lesson.GLOSSARY_LINE}{text[end:]}"


def fold(notebook):
    """Fold each *Further* section where a reader meets it, in place; `Run all` runs it all the same."""
    for cell in notebook.cells:
        is_heading = cell.cell_type == "markdown" and cell.source.startswith("## ")
        if is_heading and lesson.FURTHER_TAG in cell.metadata.get("tags", []):
            cell.metadata[COLLAPSED] = True
