#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets to fuzz/corpus/<target>/, from examples/ and tests/fixtures/."""

import csv
import gzip
import io
import json
import struct
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RETAIL = ROOT / "examples/retail-loyalty"
PAPER = ROOT / "examples/sme-paper"

SMALL = [["Customer", "a", "b"], ["K1", 1, 2], ["K2", 2, 3], ["K3", 5, "good"], ["K4", "", "4,5"]]
LONG = [["Customer", "Expert", "Indicator", "Score"], ["K1", "Ann", "a", 1], ["K2", "Ben", "b", 5],
        ["K3", "Ann", "First", "3.5"]]
MATRIX = [["v", "a", "b", "c"], ["a", 1, "1/3", 5], ["b", 3, 1, "⅓"], ["c", "", "", 1]]
PAIRS = [["Expert", "Node", "A", "B", "Value"], ["Ann", "v", "a", "b", "0,33"], ["Ben", "v", "b", "a", 2]]
BLOCK = [["Node", "v"], ["", "a", "b"], ["a", 1, 2], ["b", "", 1], [], ["Node", "a"], ["", "x", "y"], ["x", 1, 9],
         ["y", "1/9", 1]]
EXPERTS = [["Expert", "Role", "Weight", "Include"], ["Ann", "", 1, "yes"], ["Ben", "chief", "2", "no"]]
HIERARCHY = [["Code", "Name", "Parent", "Weight"], ["v", "Value", "", ""], ["a", "First", "v", ""],
             ["b", "Second", "v", ""]]
CLASSES = [["Customer", "Class"], ["K1", "occasional"], ["K2", "friend"]]


def table(path, rows=None):
    with open(path, newline="") as file:
        return list(csv.reader(file))[:rows]


def typed(cell):
    try:
        return float(cell)
    except (ValueError, TypeError):
        return cell


BOOKS = {
    "small": {"Score Ann": SMALL},
    "retail": {path.stem.title(): [[typed(cell) for cell in row] for row in table(path)]
               for path in sorted(RETAIL.glob("*.csv"))},
    "judged": {"Hierarchy": HIERARCHY, "Experts": EXPERTS, "PW Ann": BLOCK, "Pairwise": PAIRS, "Scores": LONG},
    "matrix": {"PW Ann": MATRIX},
    "classes": {"Scores": LONG, "Classes": CLASSES},
}


def escaped(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def xlsx(book):
    head = '<?xml version="1.0"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheets = "".join(f'<sheet name="{escaped(name)}" sheetId="{at}" r:id="rId{at}"/>'
                     for at, name in enumerate(book, 1))
    rels = "".join(f'<Relationship Id="rId{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.xml"/>'
                   for at in range(1, len(book) + 1))
    parts = {
        "[Content_Types].xml": head + "<Types/>",
        "_rels/.rels": head + f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
                              f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": head + f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": head + f'<Relationships xmlns="{package}">{rels}</Relationships>',
        "xl/styles.xml": head + f'<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="164" formatCode="d mmm"/>'
                                '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": head + f'<sst xmlns="{main}"><si><t>Customer</t></si><si><r><t>K1</t></r></si></sst>',
    }
    for at, rows in enumerate(book.values(), 1):
        data = ""
        for r, row in enumerate(rows, 1):
            cells = ""
            for c, cell in enumerate(row):
                place = f"{chr(65 + c)}{r}" if c < 26 else f"A{chr(65 + c - 26)}{r}"
                if cell == "Customer":
                    cells += f'<c r="{place}" t="s"><v>0</v></c>'
                elif isinstance(cell, (int, float)):
                    cells += f'<c r="{place}"><v>{cell:g}</v></c>'
                elif cell != "":
                    cells += f'<c r="{place}" t="inlineStr"><is><t>{escaped(cell)}</t></is></c>'
            data += f'<row r="{r}">{cells}</row>'
        extra = '<row r="99"><c r="A99" s="1"><v>46025</v></c><c r="B99" t="b"><v>1</v></c><c r="C99" t="e"><v>#N/A' \
                '</v></c><c r="D99"><f>1+1</f></c></row>' if at == 1 and len(book) > 1 else ""
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            head + f'<worksheet xmlns="{main}"><dimension ref="A1:C5"/><sheetData>{data}{extra}</sheetData>'
                   '<mergeCells count="1"><mergeCell ref="F1:G2"/></mergeCells></worksheet>')
    return parts


def ods(book):
    tables = ""
    for name, rows in book.items():
        data = ""
        for row in rows:
            cells = ""
            for cell in row:
                if isinstance(cell, (int, float)):
                    cells += f'<table:table-cell office:value-type="float" office:value="{cell:g}"/>'
                elif cell == "":
                    cells += '<table:table-cell table:number-columns-repeated="1"/>'
                else:
                    cells += '<table:table-cell office:value-type="string" table:number-columns-spanned="1">' \
                             f"<text:p>{escaped(cell)}</text:p></table:table-cell>"
            data += f'<table:table-row table:number-rows-repeated="1">{cells}</table:table-row>'
        tables += f'<table:table table:name="{escaped(name)}">{data}</table:table>'
    names = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
                    for short in ("office", "table", "text"))
    return {"content.xml": f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
                           f"{tables}</office:spreadsheet></office:body></office:document-content>"}


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def joined(parts):
    """The parts of an archive as the target `workbook` takes them."""
    fields = [field if isinstance(field, bytes) else field.encode() for part in parts.items() for field in part]
    return b"\0" + b"\0".join(fields)


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def xls(rows, name=b"Score Ann", merged=()):
    """An xls file of one sheet; the frame is as plain as can be."""
    record = lambda kind, content: struct.pack("<HH", kind, len(content)) + content
    begin = lambda kind: record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))
    place = len(begin(5)) + 4 + 8 + len(name) + 4
    stream = begin(5) + record(0x0085, struct.pack("<IHBB", place, 0, len(name), 0) + name) + record(0x000A, b"")
    stream += begin(0x10)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, (int, float)):
                stream += record(0x0203, struct.pack("<HHHd", r, c, 0, cell))
            elif cell != "":
                text = cell.encode("latin-1", "replace")
                stream += record(0x0204, struct.pack("<HHHHB", r, c, 0, len(text), 0) + text)
    if merged:
        areas = b"".join(struct.pack("<4H", *area) for area in merged)
        stream += record(0x00E5, struct.pack("<H", len(merged)) + areas)
    stream += record(0x000A, b"")
    length = max(len(stream), 4096)
    stream = stream.ljust(-(-length // 512) * 512, b"\0")
    sectors = len(stream) // 512
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    header[24:34] = bytes([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0])
    for at, number in [(44, 1), (48, 1), (56, 4096), (60, 0xFFFFFFFE), (68, 0xFFFFFFFE), (76, 0)]:
        header[at:at + 4] = struct.pack("<I", number)
    header[80:512] = b"\xff" * 432
    chain = [0xFFFFFFFD, 0xFFFFFFFE] + [at + 2 for at in range(1, sectors)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (128 - len(chain))

    def entry(title, kind, start, size):
        title = title.encode("utf-16-le")
        made = bytearray(title.ljust(128, b"\0"))
        made[64], made[66], made[68:80] = len(title) + 2, kind, b"\xff" * 12
        made[116:124] = struct.pack("<II", start, size)
        return made

    root = entry("Root Entry", 5, 0xFFFFFFFE, 0)
    root[76] = 1
    directory = bytes(root + entry("Workbook", 2, 2, length)).ljust(512, b"\0")
    return bytes(header) + struct.pack("<128I", *chain) + directory + stream


def as_csv(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def sales_seeds():
    lines = (ROOT / "examples/sales.csv").read_text().splitlines(keepends=True)[:60]
    shop = "".join(lines)
    yield "sales", "shop.csv", shop
    yield "sales", "shop.csv.gz", gzip.compress(shop.encode(), mtime=0)
    yield "sales", "shop.utf16.csv", shop.encode("utf-16")
    yield "sales", "shop.mixed.csv", "\ufeff" + shop.replace("\n", "\r\n", 20)
    yield "sales", "comma.csv", "Kunde;Datum;Betrag\na;9.12.2011;1.234,50 €\nb;10.12.2011 8:26;(0,10)\n"
    yield "sales", "latin.csv", "customer,date,amount,country\na,2023-01-02,5,Österreich\n".encode("latin-1")
    yield "sales", "gbk.csv", "客户,日期,金额\n张三,2011年12月9日,5元\n李四,2011年12月10日 下午3:05,￥７\n".encode("gbk")
    yield "sales", "zone.csv", "id,date,amt\na,2023-01-02T10:00:00+08:00,1e3\nb,2023-01-02T10:00:00Z,NaN\n"
    for path in sorted((ROOT / "tests/fixtures/ugly").glob("case_?.csv")):
        yield "sales", path.name, "".join(path.read_text().splitlines(keepends=True)[:40])
    for at, condition in enumerate([
        "Country = 'United Kingdom' AND Quantity > 0",
        "NOT (quantity BETWEEN -1 AND 2.5e1) OR \"Unit Price\" * 2 / 3 % 4 <> -1",
        "customer IN ('1', '2', NULL) IS NOT TRUE",
        "country NOT LIKE 'U!%_%' ESCAPE '!' or [Unit Price] is null",
        "date >= DATE '2011-12-09' AND `InvoiceDate` < TIMESTAMP '2011-12-10 08:26:00'",
        "note ILIKE '%tea%' AND note > 5",
    ]):
        yield "condition", f"{at}.sql", condition


def seeds():
    for name, book in BOOKS.items():
        yield "workbook", f"{name}.xlsx-parts", joined(xlsx(book))
        yield "workbook", f"{name}.ods-parts", joined(ods(book))
        yield "workbook", f"{name}.xlsx", zipped(xlsx(book))
        yield "workbook", f"{name}.ods", zipped(ods(book))
        yield "workbook", f"{name}.xls", xls(next(iter(book.values())), merged=[(0, 0, 4, 4)])
        yield "json", f"{name}.rows.json", json.dumps(book, ensure_ascii=False)
        records = {sheet: [dict(zip(map(str, rows[0]), row)) for row in rows[1:]] for sheet, rows in book.items()}
        yield "json", f"{name}.json", json.dumps(records, ensure_ascii=False)
        for sheet, rows in book.items():
            yield "csv", f"{name}.{sheet}.csv", as_csv(rows)
            yield "csv", f"{name}.{sheet}.semicolon.csv", as_csv(rows, ";")
            yield "json", f"{name}.{sheet}.json", json.dumps(records[sheet])
    trap = parts_of(ROOT / "tests/fixtures/date_trap.xlsx")
    yield "workbook", "date_trap.parts", joined(trap)
    yield "workbook", "date_trap.xlsx", (ROOT / "tests/fixtures/date_trap.xlsx").read_bytes()
    retail = [(RETAIL / f"{name}.csv").read_text() for name in ("scores", "judgements", "measured")]
    retail.insert(2, "Expert,Weight\nshop manager,2\nassistant,1\n")
    yield "csv", "retail.csv", "\0".join(retail)
    paper = [as_csv(table(PAPER / f"{name}.csv", rows)) for name, rows in (("scores", 14), ("judgements", None))]
    yield "csv", "paper.csv", "\0".join(paper)
    yield "csv", "quotes.csv", '\ufeff"Customer","a","b"\r\n"K ""1""",3,4\r\n"K\n2",1,"5"\r\n'
    yield "csv", "city.csv", as_csv(table(ROOT / "tests/fixtures/city200.csv", 4))
    yield from sales_seeds()
    for model in ROOT.glob("models/*.toml"):
        yield "toml", model.name, model.read_text()
    yield "toml", "small.toml", (
        "name = 'two'\ngoal = { code = 'v', name = 'Value' }\n[scale]\nmin = 0\nmax = 10\n"
        "[[criterion]]\ncode = 'c'\nname = 'C'\nparent = 'v'\n[[criterion]]\ncode = 'd'\nname = 'D'\nparent = 'v'\n"
        "[[indicator]]\ncode = 'a'\nname = 'A'\nparent = 'c'\nweight = 0.5\n"
        "[[indicator]]\ncode = 'b'\nname = 'B'\nparent = 'd'\ngrades = { good = 5, bad = 1 }\n"
        "[scores]\nmissing = 'neutral'\n[clusters]\nk = 2\nvariables = ['v', 'c']\n"
        "[classes]\nrule = 'quadrant'\nhorizontal = 'c'\nvertical = 'd'\n"
        "[[class]]\ncode = 'x'\nname = 'X'\nhorizontal = 'high'\nvertical = 'low'\n")


for target, name, content in seeds():
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name.replace(" ", "-")).write_bytes(content if isinstance(content, bytes) else content.encode())
