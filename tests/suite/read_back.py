"""Reads the three files of a release back with what others wrote: Python's csv and json, openpyxl,
and LibreOffice, which opens and saves them again. Everything must come back letter for letter, as
text where people typed it.

    read_back.py release.xlsx release.csv release.json SOFFICE
"""

import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import openpyxl
from openpyxl.utils.escape import unescape

POSITIONS = ["support", "support_if", "oppose", "neutral"]


def expected(row):
    """A row of the JSON file as a spreadsheet holds it; empty cells are none."""
    cells = []
    for name, value in row.items():
        if name == "quote":
            value = value and value["exact"]
        elif name == "themes":
            value = "; ".join(value)
        elif name == "cut_off":
            value = datetime.datetime.fromisoformat(value)
        cells.append(None if value == "" else value)
    return cells


def same(found, wanted, where):
    if found != wanted:
        raise SystemExit(f"{where}:\nfound  {found!r}\nwanted {wanted!r}")


def text_of(cell):
    """openpyxl leaves Excel's own escape (`_x005F_` for a plain `_` that looks like one) as it is."""
    return unescape(cell.value) if isinstance(cell.value, str) else cell.value


def comments_of(file, rows, saved_again=False):
    book = openpyxl.load_workbook(file)
    same(book.sheetnames, ["Comments", "Blocks", "Labels", "Method"], f"{file}: sheets")
    sheet = book["Comments"]
    table = list(sheet.iter_rows())
    same([cell.value for cell in table[0]], list(rows[0]), f"{file}: columns")
    same(len(table) - 1, len(rows), f"{file}: rows")
    for number, (cells, row) in enumerate(zip(table[1:], rows), 2):
        for cell, name, wanted in zip(cells, row, expected(row)):
            where = f"{file}: {name} in row {number}"
            # LibreOffice reads both, but saves truth as a function of no arguments, and what looks
            # like Excel's escape without escaping it.
            if saved_again and cell.value in (wanted, f"={str(wanted).upper()}()"):
                continue
            same(text_of(cell), wanted, where)
            same(type(cell.value), type(wanted), f"{where}: type")
            same(cell.hyperlink, None, f"{where}: link")
            if cell.data_type == "f":
                raise SystemExit(f"{where} is a formula: {cell.value!r}")
    if not saved_again:  # without a window LibreOffice keeps no view of a sheet
        same(sheet.freeze_panes, "A2", f"{file}: frozen head")
    same(sheet.auto_filter.ref, f"A1:W{len(rows) + 1}", f"{file}: filter")
    for name, first in [("Blocks", 4), ("Labels", 2)]:
        body = list(book[name].iter_rows(min_row=2, values_only=True))
        for place, position in enumerate(POSITIONS):
            counted = sum(row[first + place] for row in body)
            same(counted, sum(row["position"] == position for row in rows), f"{file}: {name}, {position}")
        same(sum(row[first + 4] for row in body), len(rows), f"{file}: {name}, all")
    return book


def main(xlsx, table, text, soffice):
    with open(text, encoding="utf-8") as file:
        release = json.load(file)
    rows = release["comments"]
    book = comments_of(xlsx, rows)
    method = " ".join(str(cell) for row in book["Method"].iter_rows(values_only=True) for cell in row)
    for wanted in [release["release"]["sha256"], release["consultation"]["title"], "inside the union"]:
        if wanted not in method:
            raise SystemExit(f"Method does not say {wanted!r}: {method}")
    day = datetime.datetime.fromisoformat(rows[0]["cut_off"])
    same(book.properties.created, day, "made on the day of the cut-off")
    same(book.properties.creator, "Soundings", "made by nobody")
    for property in ["lastModifiedBy", "keywords", "description"]:
        value = getattr(book.properties, property)
        if value not in (None, "", "Soundings"):
            raise SystemExit(f"the document's {property} is {value!r}")

    with open(table, encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    same(lines[0], list(rows[0]), "CSV: columns")
    same(len(lines) - 1, len(rows), "CSV: rows")
    for line, row in zip(lines[1:], rows):
        for cell, wanted in zip(line, expected(row)):
            if isinstance(wanted, bool):
                wanted = str(wanted).lower()
            elif isinstance(wanted, datetime.datetime):
                wanted = wanted.date().isoformat()
            same(cell.removeprefix("'"), str(wanted or "" if wanted != 0 else 0), "CSV: a cell")

    with tempfile.TemporaryDirectory() as scratch:
        def again(file, filter=()):
            out = pathlib.Path(scratch, pathlib.Path(file).suffix[1:])
            profile = f"-env:UserInstallation=file://{scratch}/profile"
            command = [soffice, profile, "--headless", *filter, "--convert-to", "xlsx", "--outdir", str(out), file]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
            return out / (pathlib.Path(file).stem + ".xlsx")

        comments_of(again(xlsx), rows, saved_again=True)
        sheet = openpyxl.load_workbook(again(table, ["--infilter=CSV:44,34,76"])).active
        for cells, row in zip(list(sheet.iter_rows(min_row=2)), rows):
            for cell, name in zip(cells, row):
                if cell.data_type == "f" or cell.hyperlink:
                    raise SystemExit(f"LibreOffice takes {name} of the CSV for a formula or a link: {cell.value!r}")
                if name in ("comment", "new_wording", "condition") and row[name]:
                    found = [str(value).removeprefix("'") for value in (cell.value, text_of(cell))]
                    if row[name] not in found:
                        same(found[0], row[name], f"LibreOffice: {name} of the CSV")
    print(f"{len(rows)} rows, the same in all")


main(*sys.argv[1:])
