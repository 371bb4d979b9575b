-- The fencing tokens of the current owners. A guarded write commits only while its owner's guard stands here.
-- Keys are 16 hex digits, so that text order is key order; the end of the key space is 'infinity', which sorts behind
-- all of them. Generations are 16 hex digits, a hyphen and 16 hex digits.
CREATE TABLE slice_guard (
    target     TEXT NOT NULL,
    low        TEXT NOT NULL,
    high       TEXT NOT NULL,
    guard      TEXT NOT NULL,
    owner      TEXT NOT NULL,
    generation TEXT NOT NULL,
    PRIMARY KEY (target, low)
);
