-- The scheduler's door in SQL, and the hints that wake the dispatcher. A hint is only a hint: whoever
-- misses one finds the work by its next poll.

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

-- One hint per queue and statement, never one per row; Postgres folds equal hints of a transaction.
CREATE FUNCTION hint_at_new_jobs() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('junction_queue', queue) FROM (SELECT DISTINCT queue FROM new_jobs WHERE state = 'queued') AS queued;
  PERFORM pg_notify('junction_created', '') WHERE EXISTS (SELECT FROM new_jobs WHERE state = 'created');
  RETURN NULL;
END
$$;

CREATE TRIGGER hint_at_new_jobs AFTER INSERT ON jobs
  REFERENCING NEW TABLE AS new_jobs FOR EACH STATEMENT EXECUTE FUNCTION hint_at_new_jobs();
