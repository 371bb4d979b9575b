"""The official Python connector reads what `./sluice dev` shares, plain and sealed, without knowing which is which."""

import datetime
import json
import urllib.error
import urllib.request

import delta_sharing
import duckdb
import fsspec
import pytest


def tables_of(profile):
    return delta_sharing.SharingClient(profile).list_all_tables()


def url_of(profile, table):
    return f"{profile}#{table.share}.{table.schema}.{table.name}"


def test_the_share_shows_its_tables(profile):
    tables = tables_of(profile)
    assert tables
    client = delta_sharing.SharingClient(profile)
    shares = client.list_shares()
    assert {table.share for table in tables} <= {share.name for share in shares}
    by_walking = [
        table
        for share in shares
        for schema in client.list_schemas(share)
        for table in client.list_tables(schema)
    ]
    assert sorted(map(str, by_walking)) == sorted(map(str, tables))


def test_every_table_is_read_with_the_columns_of_its_schema(profile):
    for table in tables_of(profile):
        frame = delta_sharing.load_as_pandas(url_of(profile, table))
        metadata = delta_sharing.get_table_metadata(url_of(profile, table))
        columns = [field["name"] for field in json.loads(metadata.schema_string)["fields"]]
        assert len(frame) > 0, f"{table} has no rows"
        assert list(frame.columns) == columns


def test_a_limit_is_kept(profile):
    table = tables_of(profile)[0]
    assert len(delta_sharing.load_as_pandas(url_of(profile, table), limit=3)) == 3


@pytest.fixture()
def shared(data_dir):
    """The URL of a table of the plain share, which tells its history too."""
    plain = str(data_dir / "demo.share")
    return lambda name: url_of(plain, next(table for table in tables_of(plain) if table.name == name))


def test_rows_that_were_deleted_are_not_read(shared):
    returns = shared("returns")
    newest = delta_sharing.get_table_version(returns)
    now = delta_sharing.load_as_pandas(returns)
    before = delta_sharing.load_as_pandas(returns, version=newest - 1)
    assert len(now) < len(before)
    kept = before.merge(now, how="inner")
    assert len(kept) == len(now)


def test_what_changed_is_told_row_by_row(shared):
    lines = shared("order_lines")
    newest = delta_sharing.get_table_version(lines)
    changes = delta_sharing.load_table_changes_as_pandas(lines, starting_version=0)
    assert set(changes["_change_type"]) == {"insert"}
    assert set(changes["_commit_version"]) == set(range(1, newest + 1))
    assert len(changes) == len(delta_sharing.load_as_pandas(lines))
    last = delta_sharing.load_table_changes_as_pandas(lines, starting_version=newest, ending_version=newest)
    assert len(last) == (changes["_commit_version"] == newest).sum()


def test_deleted_rows_are_changes_too(shared):
    returns = shared("returns")
    newest = delta_sharing.get_table_version(returns)
    changes = delta_sharing.load_table_changes_as_pandas(returns, starting_version=0, use_delta_format=True)
    counts = changes.groupby(["_commit_version", "_change_type"]).size()
    assert set(counts.index) == {(version, "insert") for version in range(1, newest)} | {(newest, "delete")}
    deleted = changes[changes["_change_type"] == "delete"]
    assert deleted["withdrawn"].all()
    assert len(changes) - 2 * len(deleted) == len(delta_sharing.load_as_pandas(returns))


def test_a_recipient_of_one_partition_sees_no_other(shared, data_dir):
    day = str(data_dir / "demo-day.share")
    (table,) = tables_of(day)
    everything = delta_sharing.load_as_pandas(shared(table.name))
    part = delta_sharing.load_as_pandas(url_of(day, table))
    (value,) = set(part["order_date"])
    assert 0 < len(part) < len(everything)
    assert len(part) == (everything["order_date"] == value).sum()
    changes = delta_sharing.load_table_changes_as_pandas(url_of(day, table), starting_version=0)
    assert set(changes["order_date"]) == {value}


class Web(fsspec.get_filesystem_class("http")):
    """For DuckDB, whose own reader of HTTP is an extension that not every machine may fetch."""

    def modified(self, path):
        return datetime.datetime.fromtimestamp(0, datetime.timezone.utc)


def test_the_files_are_read_by_duckdb(shared, data_dir):
    """Over the handed-out URLs alone: it asks for ranges, as every reader of Parquet does."""
    profile = json.loads((data_dir / "demo.share").read_text())
    request = urllib.request.Request(
        profile["endpoint"].rstrip("/") + "/shares/demo/schemas/sales/tables/orders/query",
        data=b"{}",
        headers={"Authorization": "Bearer " + profile["bearerToken"], "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        files = [json.loads(line)["file"]["url"] for line in answer if b'"file"' in line]
    with duckdb.connect() as duck:
        duck.register_filesystem(Web())
        counted = duck.execute("SELECT count(*), sum(amount) FROM read_parquet(?)", [files]).fetchone()
    orders = delta_sharing.load_as_pandas(shared("orders"))
    assert counted == (len(orders), sum(orders["amount"]))


def test_an_old_version_is_read_as_it_was(shared):
    orders = shared("orders")
    newest = delta_sharing.get_table_version(orders)
    rows = [len(delta_sharing.load_as_pandas(orders, version=version)) for version in range(1, newest + 1)]
    assert rows == sorted(rows)
    assert rows[-1] == len(delta_sharing.load_as_pandas(orders))


def test_a_partition_is_picked_by_a_predicate(shared):
    lines = shared("order_lines")
    everything = delta_sharing.load_as_pandas(lines)
    metadata = delta_sharing.get_table_metadata(lines)
    column = metadata.partition_columns[0]
    value = str(everything[column].iloc[0])
    hint = {
        "op": "equal",
        "children": [
            {"op": "column", "name": column, "valueType": "date"},
            {"op": "literal", "value": value, "valueType": "date"},
        ],
    }
    part = delta_sharing.load_as_pandas(lines, jsonPredicateHints=json.dumps(hint))
    assert 0 < len(part) < len(everything)
    assert set(part[column].astype(str)) == {value}


def test_a_version_is_told(profile):
    table = tables_of(profile)[0]
    assert delta_sharing.get_table_version(url_of(profile, table)) >= 0


def test_a_wrong_token_reads_nothing(profile, tmp_path):
    with open(profile, encoding="utf-8") as file:
        stranger = json.load(file)
    request = urllib.request.Request(
        stranger["endpoint"].rstrip("/") + "/shares",
        headers={"Authorization": "Bearer not-" + stranger["bearerToken"]},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code == 401


def test_one_recipient_does_not_see_the_share_of_the_other(data_dir):
    plain, sealed = (str(data_dir / name) for name in ("demo.share", "demo-sealed.share"))
    shares = [{share.name for share in delta_sharing.SharingClient(p).list_shares()} for p in (plain, sealed)]
    assert shares[0] and shares[1] and not shares[0] & shares[1]
