-- The state in which a report found its job comes back with the change: before Postgres 18 an UPDATE
-- returns nothing of what it replaced, and to read the row before is a second look at each;
-- docs/decisions/0019.
ALTER TABLE jobs ADD COLUMN reported_in text;

COMMENT ON COLUMN jobs.reported_in IS 'the state in which its last report found it';

-- By its id, too, so that a page of a late transaction begins where the one before ended;
-- docs/decisions/0016.
DROP INDEX events_of_transaction;
CREATE INDEX events_of_transaction ON events (tx, id) WHERE run > 0;
