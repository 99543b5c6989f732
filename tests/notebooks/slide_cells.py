"""Cells of slides, made for tests."""

import base64
import io

import nbformat
from PIL import Image

PICTURE = '<img src="data:image/gif;base64,{}" alt="a grey field" width="{}">'


def text(source, mark=None):
    metadata = {"slideshow": {"slide_type": mark}} if mark else {}
    return nbformat.v4.new_markdown_cell(source, metadata=metadata)


def code(source, outputs=(), mark=None, **metadata):
    if mark:
        metadata["slideshow"] = {"slide_type": mark}
    outputs = nbformat.from_dict(list(outputs))
    return nbformat.v4.new_code_cell(source, outputs=outputs, metadata=metadata, execution_count=1)


def said(words):
    return {"output_type": "stream", "name": "stdout", "text": words}


def shown(html):
    return {"output_type": "display_data", "data": {"text/html": html, "text/plain": ""}, "metadata": {}}


def picture(width, height):
    """Return an output with a GIF of that size."""
    buffer = io.BytesIO()
    Image.new("L", (width, height), 128).save(buffer, "gif")
    return shown(PICTURE.format(base64.b64encode(buffer.getvalue()).decode(), width))
