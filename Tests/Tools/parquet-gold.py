#!/usr/bin/env python3
"""What pyarrow reads from Parquet files, as the JSON that Gristmill makes of a row.

    parquet-gold.py FILE...           one line a file: name, rows, CRC-32 of all lines
    parquet-gold.py --lines FILE      the lines

Needs pyarrow and numpy. The conventions are those of ParquetValueText: ISO 8601, decimals as strings,
infinities and not-a-number null, bytes that are no text {"base64":...}, maps with text keys objects.
"""
import base64, json, os, sys, zlib
import numpy, pyarrow, pyarrow.parquet

T = pyarrow.types


def text(value):
    return json.dumps(value, ensure_ascii=False)


def blob(value):
    return '{"base64":"%s"}' % base64.b64encode(value).decode()


def number(value, single=False):
    """Shortest digits that give the number back; an exponent below 1e-4 and above the exact integers."""
    if not numpy.isfinite(value):
        return "null"
    value = numpy.float32(value) if single else numpy.float64(value)
    limit = 2.0**24 if single else 2.0**54
    size = abs(float(value))
    if size == 0 or 1e-4 <= size <= limit:
        digits = numpy.format_float_positional(value, unique=True, trim="0")
        short = numpy.format_float_scientific(value, unique=True, trim="-", exp_digits=2)
        return short if size >= (1e16 if not single else 2.0**24 + 1) else digits
    return numpy.format_float_scientific(value, unique=True, trim="-", exp_digits=2)


def date(days):
    # Days of a 400-year cycle repeat, which numpy knows for years beyond Python's.
    year, month, day = str(numpy.datetime64(int(days), "D")).rsplit("-", 2)
    year = int(year)
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return "%s%04d-%s-%s" % (sign, abs(year), month, day)


DIGITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}


def clock(count, unit):
    per = 10 ** DIGITS[unit]
    seconds, fraction = divmod(count, per)
    whole = "%02d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return whole if fraction == 0 else whole + ".%0*d" % (DIGITS[unit], fraction)


def moment(count, type):
    days, rest = divmod(count, 86400 * 10 ** DIGITS[type.unit])
    return date(days) + "T" + clock(rest, type.unit) + ("Z" if type.tz else "")


def column(array):
    """The JSON text of every value."""
    type = array.type
    if isinstance(array, pyarrow.ChunkedArray):
        return [value for chunk in array.chunks for value in column(chunk)]
    if isinstance(type, pyarrow.BaseExtensionType):
        name = type.extension_name
        if name == "arrow.uuid":
            return [text(str(v)) if v is not None else "null" for v in array.to_pylist()]
        return column(array.storage)
    if T.is_dictionary(type):
        return column(array.dictionary_decode())
    if T.is_struct(type):
        names = [text(field.name) for field in type]
        members = [column(array.field(i)) for i in range(type.num_fields)]
        valid = array.is_valid().to_pylist()
        return [
            "{%s}" % ",".join(n + ":" + m[row] for n, m in zip(names, members)) if valid[row] else "null"
            for row in range(len(array))
        ]
    if T.is_map(type):
        keys, items = column(array.keys), column(array.items)
        isObject = T.is_string(type.key_type) or T.is_large_string(type.key_type)
        form = "%s:%s" if isObject else "[%s,%s]"
        entries = [form % pair for pair in zip(keys, items)]
        return spans(array, "{%s}" if isObject else "[%s]", entries)
    if T.is_list(type) or T.is_large_list(type):
        return spans(array, "[%s]", column(array.values))
    if T.is_fixed_size_list(type):
        values = column(array.values)
        n = type.list_size
        at = array.offset
        return [
            "[%s]" % ",".join(values[(at + r) * n : (at + r + 1) * n]) if v else "null"
            for r, v in enumerate(array.is_valid().to_pylist())
        ]
    return [one(value, type) for value in array]


def spans(array, form, values):
    offsets = array.offsets.to_pylist()
    return [
        form % ",".join(values[offsets[r] : offsets[r + 1]]) if v else "null"
        for r, v in enumerate(array.is_valid().to_pylist())
    ]


def one(value, type):
    if not value.is_valid or T.is_null(type):
        return "null"
    if T.is_boolean(type):
        return "true" if value.as_py() else "false"
    if T.is_integer(type):
        return str(value.as_py())
    if T.is_floating(type):
        return number(value.as_py(), single=not T.is_float64(type))
    if T.is_decimal(type):
        return text(format(value.as_py(), "f"))
    if T.is_date32(type):
        return text(date(value.value))
    if T.is_time(type):
        return text(clock(value.value, type.unit))
    if T.is_timestamp(type):
        return text(moment(value.value, type))
    if T.is_duration(type):
        return str(value.value)
    if T.is_string(type) or T.is_large_string(type):
        return text(value.as_buffer().to_pybytes().decode(errors="replace"))
    if T.is_fixed_size_binary(type):
        return blob(value.as_py())
    if T.is_binary(type) or T.is_large_binary(type):
        try:
            return text(value.as_py().decode())
        except UnicodeDecodeError:
            return blob(value.as_py())
    raise SystemExit("no rule for %s" % type)


def lines(path):
    file = pyarrow.parquet.ParquetFile(path)
    names = [text(name) for name in file.schema_arrow.names]
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        columns = [column(c) for c in table.columns]
        for row in zip(*columns):
            yield "{" + ",".join(n + ":" + v for n, v in zip(names, row)) + "}"


def main(arguments):
    if arguments[:1] == ["--lines"]:
        for line in lines(arguments[1]):
            print(line)
        return
    for path in arguments:
        crc, count = 0, 0
        try:
            for line in lines(path):
                crc = zlib.crc32((line + "\n").encode(), crc)
                count += 1
            print('("%s", %d, 0x%08X),' % (os.path.basename(path), count, crc))
        except Exception as error:
            print("%s: %s" % (os.path.basename(path), str(error).splitlines()[0][:120]))


if __name__ == "__main__":
    main(sys.argv[1:])
