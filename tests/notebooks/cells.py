"""Notebooks of a cell or two, as the tests of builder and rules need them."""

import nbformat


def code(source="1", outputs=(), count=1, **metadata):
    outputs = nbformat.from_dict(list(outputs))
    cell = nbformat.v4.new_code_cell(source, execution_count=count, outputs=outputs, metadata=metadata)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title"), cell])


def text_cells(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source) for source in sources])


def shown(mime, data):
    return {"output_type": "display_data", "data": {mime: data}, "metadata": {}}


def said(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}
