"""Makes the files beside it, which ArrowFilesTest reads. Needs pyarrow 23; run again only to change them."""

from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent

ROWS = range(300)
TABLE = pa.table(
    {
        "number": pa.array([None if i % 11 == 0 else i * i for i in ROWS], pa.int64()),
        "text": pa.array([None if i % 7 == 0 else f"prefix of text {i}" for i in ROWS]),
        "other": pa.array(["x" * (i % 5) for i in ROWS]),
        "single": pa.array([i / 4 for i in ROWS], pa.float32()),
        "list": pa.array([None if i % 5 == 0 else [i] * (i % 3) for i in ROWS], pa.list_(pa.int32())),
        "flag": pa.array([i % 3 == 0 for i in ROWS]),
        "price": pa.array([Decimal(i).scaleb(-2) for i in ROWS], pa.decimal128(20, 2)),
    }
)
ENCODINGS = {
    "number": "DELTA_BINARY_PACKED",
    "text": "DELTA_BYTE_ARRAY",
    "other": "DELTA_LENGTH_BYTE_ARRAY",
    "single": "BYTE_STREAM_SPLIT",
    "flag": "RLE",
}
for codec in ("snappy", "zstd", "none"):
    pq.write_table(
        TABLE,
        HERE / f"second-pages-{codec}.parquet",
        compression=codec,
        use_dictionary=False,
        column_encoding=ENCODINGS,
        data_page_version="2.0",
        write_page_checksum=True,
        use_compliant_nested_type=False,
        row_group_size=150,
        data_page_size=256,
        write_batch_size=20,
        store_schema=False,
    )

MOMENTS = [
    datetime(1969, 12, 31, 23, 59, 59, 999_999, timezone.utc),
    datetime(2024, 2, 29, 12, 0, 0, 1, timezone.utc),
    None,
]
pq.write_table(
    pa.table({"moment": pa.array(MOMENTS, pa.timestamp("us", "UTC"))}),
    HERE / "int96.parquet",
    use_deprecated_int96_timestamps=True,
    use_dictionary=False,
    store_schema=False,
)
