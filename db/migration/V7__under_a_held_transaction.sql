-- While a transaction stays open anywhere in the server, no dead row version can be removed. What is
-- looked up again and again must not walk over them; docs/decisions/0015.

-- A worker's row has a version for each of its heartbeats. Those of 64 heartbeats share an entry of the
-- index, the newest have the highest: read from the end, the one that lives is among the first.
ALTER TABLE worker_heartbeats
  ADD COLUMN chapter   bigint NOT NULL DEFAULT 0,
  ADD COLUMN open_from bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT worker_heartbeats_pkey,
  ADD PRIMARY KEY (worker_id, chapter);

-- Assignments are numbered in the order in which they are made, under their queue's lock: whatever is
-- made later has a higher number than all that is visible. So the lowest number that is open only rises.
-- Those that there are have the lowest one, so that the table need not be rewritten.
CREATE SEQUENCE assignment_numbers;
ALTER TABLE assignments ADD COLUMN number bigint NOT NULL DEFAULT 0;
ALTER TABLE assignments ALTER COLUMN number SET DEFAULT nextval('assignment_numbers');
ALTER SEQUENCE assignment_numbers OWNED BY assignments.number;

COMMENT ON COLUMN assignments.number IS 'rises within a queue in the order of placing';
COMMENT ON COLUMN worker_heartbeats.chapter IS 'seq / 64; in the key, so that the newest version is found first';
COMMENT ON COLUMN worker_heartbeats.open_from IS 'no assignment of this worker with a lower number is open, or will be';

-- As before, but each worker's in the order of their numbers.
DROP INDEX assignments_live;
CREATE INDEX assignments_live ON assignments (queue, worker_id, number) WHERE ended_at IS NULL;

-- A dispatcher remembers where a line began, and which transactions it had seen by then. What comes
-- into the line by another transaction may stand before that place, and is found by this.
-- Who waits already is seen by every snapshot to come.
ALTER TABLE jobs ADD COLUMN queued_in xid8;
ALTER TABLE jobs ALTER COLUMN queued_in SET DEFAULT pg_current_xact_id();

COMMENT ON COLUMN jobs.queued_in IS 'the transaction by which it came to its place in the line; null once it has a worker';

CREATE FUNCTION note_queued_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.queued_in := pg_current_xact_id();
  RETURN NEW;
END $$;

-- A created job that is queued gets its queued_at, so these columns are all that a place depends on.
CREATE TRIGGER jobs_queued_in BEFORE UPDATE OF queue, priority, queued_at ON jobs
  FOR EACH ROW EXECUTE FUNCTION note_queued_in();

-- As before, with a priority that rises along the line: so a place in it can be compared as one row.
DROP INDEX jobs_line;
CREATE INDEX jobs_line ON jobs (queue, (-priority), queued_at, id) WHERE in_line;

-- Serves the dispatcher: who came to a line lately.
CREATE INDEX jobs_arrivals ON jobs (queue, queued_in) WHERE queued_in IS NOT NULL;
