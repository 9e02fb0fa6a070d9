"""Writes an SVG file as a PDF, for nbconvert, which would ask for Inkscape: python svg_to_pdf.py FROM TO."""

import sys

import vl_convert

with open(sys.argv[1], encoding="utf-8") as drawing:
    made = vl_convert.svg_to_pdf(drawing.read())
with open(sys.argv[2], "wb") as file:
    file.write(made)
