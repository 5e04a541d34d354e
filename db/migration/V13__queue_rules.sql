-- A job may come without a queue: rules decide which it is, before the limits are asked; docs/limits.md,
-- docs/decisions/0021.

ALTER TABLE jobs
  ALTER COLUMN queue DROP NOT NULL,
  ADD CONSTRAINT a_job_with_a_worker_or_in_line_has_a_queue
    CHECK (queue IS NOT NULL OR state NOT IN ('queued', 'received', 'started'));

COMMENT ON COLUMN jobs.queue IS 'null as long as the rules have not decided, or if they could not';

-- Serves the router: what has no queue yet, the oldest first. It is said in such words that the index
-- of created jobs, which the lists need, cannot serve the same question.
CREATE INDEX jobs_without_queue ON jobs (created_at, id) WHERE (is_created AND queue IS NULL) IS TRUE;

-- What was put over the API; without a row, the configuration's rules hold.
CREATE TABLE queue_rules (
  one_row boolean PRIMARY KEY DEFAULT true,
  put_at  timestamptz NOT NULL DEFAULT now(),
  rules   jsonb NOT NULL,
  CONSTRAINT queue_rules_have_one_row CHECK (one_row),
  CONSTRAINT queue_rules_are_an_object CHECK (jsonb_typeof(rules) = 'object'),
  CONSTRAINT queue_rules_are_at_most_2_mib CHECK (octet_length(rules::text) <= 2097152)
);

-- As before; a job without a queue is created, and the router is asked before the limiter.
CREATE OR REPLACE FUNCTION enqueue(
  queue             text    DEFAULT NULL,
  config            jsonb   DEFAULT '{}',
  priority          integer DEFAULT 0,
  timeout_ms        bigint  DEFAULT NULL,
  max_attempts      integer DEFAULT 50,
  exclusive         boolean DEFAULT false,
  owner             text    DEFAULT NULL,
  repository        text    DEFAULT NULL,
  build_id          bigint  DEFAULT NULL,
  stage_id          bigint  DEFAULT NULL,
  number            text    DEFAULT NULL,
  allow_failure     boolean DEFAULT false,
  concurrency_group text    DEFAULT NULL,
  concurrency_max   integer DEFAULT 1,
  public            boolean DEFAULT false
) RETURNS bigint
LANGUAGE sql
BEGIN ATOMIC
  WITH job AS (
    INSERT INTO jobs (queue, state, queued_at, priority, timeout_ms, max_attempts, exclusive, owner, repository,
      build_id, stage_id, number, allow_failure, concurrency_group, concurrency_max, public)
    SELECT queue, CASE WHEN asks THEN 'created' ELSE 'queued' END, CASE WHEN NOT asks THEN now() END,
      priority, timeout_ms, max_attempts, exclusive, owner, repository,
      build_id, stage_id, number, allow_failure, concurrency_group, concurrency_max, public
    FROM (
      SELECT queue IS NULL OR coalesce(owner, repository, concurrency_group, stage_id::text) IS NOT NULL AS asks
    ) AS a
    RETURNING id
  )
  INSERT INTO job_configs (job_id, config)
  SELECT id, enqueue.config FROM job
  RETURNING job_id;
END;

-- As before; what has no queue asks the router, and not yet the limiter.
CREATE OR REPLACE FUNCTION hint_at_new_jobs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO events (kind, state, version, job_id, build_id, stage_id, queue, owner, repository, attempt, queued_at)
  SELECT e.kind, e.state, e.version, j.id, j.build_id, j.stage_id, j.queue, j.owner, j.repository, j.attempt, e.queued_at
  FROM new_jobs j CROSS JOIN LATERAL (
    VALUES ('job:created', 'created', 1, NULL), ('job:queued', 'queued', 2, j.queued_at)
  ) AS e(kind, state, version, queued_at)
  WHERE e.version = 1 OR j.state <> 'created';
  PERFORM pg_notify('junction_queue', queue) FROM (SELECT DISTINCT queue FROM new_jobs WHERE state = 'queued') AS queued;
  PERFORM CASE WHEN of_all > 100 THEN pg_notify('junction_created', '') ELSE pg_notify('junction_limit', 'o=' || owner) END
  FROM (
    SELECT coalesce(owner, '') AS owner, count(*) OVER () AS of_all
    FROM new_jobs WHERE state = 'created' AND queue IS NOT NULL GROUP BY coalesce(owner, '')) AS created;
  PERFORM pg_notify('junction_unrouted', '')
  WHERE EXISTS (SELECT FROM new_jobs WHERE state = 'created' AND queue IS NULL);
  RETURN NULL;
END
$$;
