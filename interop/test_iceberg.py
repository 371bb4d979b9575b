"""An Iceberg table of the demo is read by the official connector as any other, and by Iceberg's own reader in place."""

import datetime
import json

import delta_sharing
import pytest
from pyiceberg.table import StaticTable


@pytest.fixture()
def deliveries(data_dir):
    return f"{data_dir / 'demo.share'}#demo.stock.deliveries"


def hint(column, value, kind):
    return json.dumps(
        {
            "op": "equal",
            "children": [
                {"op": "column", "name": column, "valueType": kind},
                {"op": "literal", "value": value, "valueType": kind},
            ],
        }
    )


def test_its_rows_are_read_with_their_types(deliveries):
    frame = delta_sharing.load_as_pandas(deliveries)
    assert len(frame) > 100
    assert frame["delivery_id"].is_unique
    assert (frame["quantity"] >= 20).all()
    assert set(frame["arrived_on"]) == {datetime.date(2026, 1, day) for day in (1, 2)}
    assert (frame["arrived_at"].dt.date == frame["arrived_on"]).all()


def test_a_partition_is_picked_by_a_predicate(deliveries):
    everything = delta_sharing.load_as_pandas(deliveries)
    day = delta_sharing.load_as_pandas(deliveries, jsonPredicateHints=hint("arrived_on", "2026-01-02", "date"))
    assert 0 < len(day) < len(everything)
    assert set(day["arrived_on"]) == {datetime.date(2026, 1, 2)}


def test_a_version_is_a_snapshot(deliveries):
    assert delta_sharing.get_table_version(deliveries) == 2
    assert set(delta_sharing.load_as_pandas(deliveries, version=1)["arrived_on"]) == {datetime.date(2026, 1, 1)}


def test_actions_of_a_log_are_read_too(deliveries):
    plain = delta_sharing.load_as_pandas(deliveries)
    by_actions = delta_sharing.load_as_pandas(deliveries, use_delta_format=True)
    assert sorted(by_actions["delivery_id"]) == sorted(plain["delivery_id"])


def test_iceberg_reads_the_folder_itself(data_dir, deliveries):
    (metadata,) = data_dir.glob("clouds/*/retail/stock/deliveries/metadata/v3.metadata.json")
    rows = StaticTable.from_metadata(metadata.as_uri()).scan().to_pandas()
    shared = delta_sharing.load_as_pandas(deliveries)
    assert sorted(rows["delivery_id"]) == sorted(shared["delivery_id"])
    assert rows["unit_cost"].sum() == shared["unit_cost"].sum()
