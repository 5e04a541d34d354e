-- A heartbeat lists all that its worker runs, so one instant in the worker's narrow row says it for each
-- of them: the rows of assignments that are merely still running are not rewritten every few seconds.

ALTER TABLE worker_heartbeats ADD COLUMN listed_at timestamptz NOT NULL DEFAULT now();

COMMENT ON COLUMN worker_heartbeats.listed_at IS 'its last heartbeat with a list: everything that is listed was heard of then';
COMMENT ON COLUMN assignments.last_heartbeat IS 'when it was first listed, or last heard of by itself; while it is listed, see worker_heartbeats.listed_at';

-- As before, but for those only who ask for it by saying so: the line of a queue has an index of its own,
-- and where few jobs wait the planner could not tell which of the two is the shorter way.
DROP INDEX jobs_in_line;
CREATE INDEX jobs_in_line ON jobs (id) WHERE in_line AND id > 0;
