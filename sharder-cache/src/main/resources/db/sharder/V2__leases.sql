-- Who serves, by which map, and who may change it. Generations are text as in slice_guard.

CREATE TABLE shard_map (
    target     TEXT PRIMARY KEY,
    generation TEXT   NOT NULL,
    frozen     BIGINT NOT NULL,
    -- The map in protobuf, in base 64, empty before the first one.
    body       TEXT   NOT NULL
);

CREATE TABLE shard_pod (
    target      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    incarnation BIGINT NOT NULL,
    renewals    BIGINT NOT NULL,
    known       TEXT   NOT NULL,
    -- The lease is renewed only for a pod that knows the map of this generation.
    must_know   TEXT   NOT NULL,
    standing    TEXT   NOT NULL,
    PRIMARY KEY (target, name)
);

CREATE TABLE shard_leader (
    target      TEXT PRIMARY KEY,
    name        TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    incarnation BIGINT NOT NULL,
    renewals    BIGINT NOT NULL
);
