"""Payloads of WARC responses or WET conversions, decompressed and read to their ends.

read_crawl.py warcio|fastwarc response|conversion INPUT
"""

import sys

from reporting import Timed, report

peer, kind, path = sys.argv[1:4]
count = size = 0
if peer == "warcio":
    from warcio.archiveiterator import ArchiveIterator

    with Timed() as timed, open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == kind:
                count += 1
                size += len(record.content_stream().read())
else:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with Timed() as timed:
        wanted = getattr(WarcRecordType, kind)
        for record in ArchiveIterator(open(path, "rb"), record_types=wanted, parse_http=True):
            count += 1
            size += len(record.reader.read())
report(timed, f"{count} documents")
