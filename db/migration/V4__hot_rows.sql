-- Makes the changes of a job cheap. A row that changes no indexed value stays where it is in every
-- index (a HOT update); so the indexes go by two columns that tell where a job waits, and not by its
-- state: between its placement and its end, nothing that happens to it touches an index.

-- A domain is checked when a value is set; a CHECK of the table, at every change of the row.
CREATE DOMAIN queue_name AS text
  CONSTRAINT queue_name_is_valid CHECK (VALUE ~ '^[A-Za-z0-9._-]{1,127}$');

DROP FUNCTION enqueue;

ALTER TABLE jobs
  DROP CONSTRAINT queue_name_is_valid,
  ALTER COLUMN queue TYPE queue_name,
  ADD COLUMN in_line boolean NOT NULL GENERATED ALWAYS AS (state = 'queued' AND assignment_id IS NULL) STORED,
  ADD COLUMN is_created boolean NOT NULL GENERATED ALWAYS AS (state = 'created') STORED;

COMMENT ON COLUMN jobs.in_line IS 'it waits in its queue''s line for a worker';
COMMENT ON COLUMN jobs.is_created IS 'it waits to be let into its queue';

DROP INDEX jobs_line, jobs_unfinished;

-- Serves the dispatcher: the line of each queue, in the order in which it is served.
CREATE INDEX jobs_line ON jobs (queue, priority DESC, queued_at, id) WHERE in_line;

-- Serves the limiter (created, oldest first), and the list of created jobs.
CREATE INDEX jobs_created ON jobs (id) WHERE is_created;

-- Serves the list of queued jobs, newest first.
CREATE INDEX jobs_in_line ON jobs (id) WHERE in_line;

-- An open assignment is asked for in two ways, and each has one index that can serve it: by its job,
-- in terms of its outcome, and by its queue and worker, in terms of its end. With a choice the planner
-- may take the wrong one, for it knows nothing of how few are open.
DROP INDEX one_open_assignment_per_job, assignments_of_worker;

-- The promise itself: a job has at most one open assignment.
CREATE UNIQUE INDEX one_open_assignment_per_job ON assignments (job_id) WHERE outcome IS NULL;

-- Half of each page is left for the next versions of its rows; what they replace is reclaimed when
-- the page is next read, without a vacuum.
ALTER TABLE jobs SET (fillfactor = 50);
ALTER TABLE assignments SET (fillfactor = 50);

-- As before; it knows the types of the columns, and so had to make way.
CREATE FUNCTION enqueue(
  queue         text,
  config        jsonb   DEFAULT '{}',
  priority      integer DEFAULT 0,
  timeout_ms    bigint  DEFAULT NULL,
  max_attempts  integer DEFAULT 50,
  exclusive     boolean DEFAULT false,
  owner         text    DEFAULT NULL,
  repository    text    DEFAULT NULL
) RETURNS bigint
LANGUAGE sql
BEGIN ATOMIC
  WITH job AS (
    INSERT INTO jobs (queue, state, queued_at, priority, timeout_ms, max_attempts, exclusive, owner, repository)
    VALUES (queue, 'queued', now(), priority, timeout_ms, max_attempts, exclusive, owner, repository)
    RETURNING id
  )
  INSERT INTO job_configs (job_id, config)
  SELECT id, enqueue.config FROM job
  RETURNING job_id;
END;

COMMENT ON FUNCTION enqueue IS 'queues a job inside the caller''s transaction and returns its id; see docs/protocol.md';
