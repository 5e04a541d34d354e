-- The state in which a report found its job comes back with the change: before Postgres 18 an UPDATE
-- returns nothing of what it replaced, and to read the row before costs as much as half of the change;
-- docs/decisions/0019.
ALTER TABLE jobs ADD COLUMN reported_in text;

COMMENT ON COLUMN jobs.reported_in IS 'the state in which its last report found it';
