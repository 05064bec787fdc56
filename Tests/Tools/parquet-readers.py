#!/usr/bin/env python3
"""Hold what ParquetDocumentWriter wrote against the JSON lines it was made from.

    parquet-readers.py FILE.parquet FILE.jsonl

Reads the file with pyarrow (checksums verified), DuckDB and Spark, those of them that are installed, and
compares every column with the lines of `gristmill convert` of the same input.
"""
import json, sys


def expected(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            d = json.loads(line)
            yield d["id"], d["text"], d["source"], d.get("added"), d.get("created"), d["metadata"]


def row(id, text, source, added, created, metadata):
    return id, text, source, added, created, json.loads(metadata) if metadata else {}


def pyarrow_rows(path):
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
    return [row(**r) for r in file.read().to_pylist()]


def duckdb_rows(path):
    import duckdb

    query = "select id, text, source, added, created, metadata::varchar from '%s'" % path
    return [row(*r) for r in duckdb.sql(query).fetchall()]


def spark_rows(path):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", False).getOrCreate()
    return [row(**r.asDict()) for r in spark.read.parquet(path).collect()]


wanted = list(expected(sys.argv[2]))
for name, read in [("pyarrow", pyarrow_rows), ("DuckDB", duckdb_rows), ("Spark", spark_rows)]:
    try:
        rows = read(sys.argv[1])
    except ImportError:
        print("%s: not installed" % name)
        continue
    print("%s: %s, %d rows" % (name, "equal" if rows == wanted else "DIFFERENT", len(rows)))
