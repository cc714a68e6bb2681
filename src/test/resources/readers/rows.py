"""Reads a file as a tool of Python does and prints its rows as JSON: rows.py <reader> <file>. Status 77: there is no such tool."""

import datetime
import json
import sys


def opened(path):
    if path.endswith(".gz"):
        import gzip
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    if path.endswith(".bz2"):
        import bz2
        return bz2.open(path, "rt", encoding="utf-8", newline="")
    if path.endswith(".zst"):
        import io
        import pyarrow
        return io.TextIOWrapper(pyarrow.input_stream(path, compression="zstd"), encoding="utf-8", newline="")
    return open(path, encoding="utf-8", newline="")


def excel_csv(path):
    with opened(path) as lines:
        return list(__import__("csv").DictReader(lines, dialect="excel"))


def json_lines(path):
    with opened(path) as lines:
        return [json.loads(line) for line in lines]


def arrow_csv(path):
    from pyarrow import csv
    return csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True)).to_pylist()


def arrow_json(path):
    import pyarrow
    from pyarrow import json as arrow
    # Else it makes times of days, and then shows them as such.
    texts = pyarrow.schema([("day", pyarrow.string()), ("at", pyarrow.string())])
    return arrow.read_json(path, parse_options=arrow.ParseOptions(explicit_schema=texts)).to_pylist()


def arrow_parquet(path):
    from pyarrow import parquet
    return parquet.read_table(path).to_pylist()


def pandas_csv(path):
    import pandas
    return json.loads(pandas.read_csv(path, dtype=str, keep_default_na=False).to_json(orient="records"))


def fastavro(path):
    import fastavro
    with open(path, "rb") as file:
        return list(fastavro.reader(file))


def shown(value):
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


try:
    rows = globals()[sys.argv[1]](sys.argv[2])
except (ImportError, ValueError) as missing:
    # fastavro says so of a codec whose library is not there
    if isinstance(missing, ValueError) and "codec is supported but you need to install" not in str(missing):
        raise
    print(missing, file=sys.stderr)
    sys.exit(77)
print(json.dumps([{name: shown(value) for name, value in row.items()} for row in rows]))
