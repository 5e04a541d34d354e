-- What stands between created and queued: limits of owners, repositories, queues and concurrency
-- groups; docs/limits.md, docs/decisions/0020.

CREATE DOMAIN concurrency_key AS text
  CONSTRAINT concurrency_key_is_short CHECK (length(VALUE) BETWEEN 1 AND 255);
-- So many jobs at most; 0 holds everything, -1 nothing.
CREATE DOMAIN running_limit AS integer
  CONSTRAINT running_limit_is_in_range CHECK (VALUE BETWEEN -1 AND 1000000);

CREATE DOMAIN concurrency_max AS integer
  CONSTRAINT concurrency_max_is_in_range CHECK (VALUE BETWEEN 1 AND 1000000);

CREATE TABLE owners (
  name        owner_name PRIMARY KEY,
  shares_with owner_name REFERENCES owners (name),
  max_running running_limit,
  boost       running_limit,
  boost_until timestamptz,
  weight      integer NOT NULL DEFAULT 1,
  plan        text,
  CONSTRAINT weight_is_in_range CHECK (weight BETWEEN 1 AND 1000),
  CONSTRAINT plan_is_short CHECK (length(plan) BETWEEN 1 AND 255),
  CONSTRAINT boost_has_an_end CHECK ((boost IS NULL) = (boost_until IS NULL)),
  CONSTRAINT boost_is_finite CHECK (boost >= 0),
  CONSTRAINT shares_with_another CHECK (shares_with <> name)
);

COMMENT ON COLUMN owners.max_running IS 'jobs queued, received or started at a time; null: what the plan or the configuration says; -1: any number';
COMMENT ON COLUMN owners.shares_with IS 'the owner with whom it shares one limit, who shares with nobody else';
COMMENT ON COLUMN owners.weight IS 'its share of scarce slots where a dispatcher is fair to owners';

-- Serves the limiter: who else is let in by the same limit.
CREATE INDEX owners_sharing ON owners (shares_with) WHERE shares_with IS NOT NULL;

CREATE TABLE owner_queues (
  owner       owner_name NOT NULL REFERENCES owners (name) ON DELETE CASCADE,
  queue       queue_name NOT NULL,
  max_running running_limit NOT NULL,
  PRIMARY KEY (owner, queue)
);

CREATE TABLE repositories (
  name        repository_name PRIMARY KEY,
  max_running running_limit NOT NULL
);

DROP FUNCTION enqueue;

ALTER TABLE jobs
  ADD COLUMN concurrency_group concurrency_key,
  ADD COLUMN concurrency_max   concurrency_max NOT NULL DEFAULT 1,
  ADD COLUMN public            boolean NOT NULL DEFAULT false,
  ADD COLUMN behind            boolean NOT NULL DEFAULT false,
  ADD COLUMN asks              boolean NOT NULL GENERATED ALWAYS AS (state = 'created' AND NOT behind AND queue IS NOT NULL) STORED,
  ADD COLUMN line_counts       boolean NOT NULL GENERATED ALWAYS AS (
    state = 'queued' AND assignment_id IS NULL AND coalesce(owner, repository, concurrency_group) IS NOT NULL) STORED;

COMMENT ON COLUMN jobs.concurrency_group IS 'of the jobs that name the same, concurrency_max are queued, received or started at a time';
COMMENT ON COLUMN jobs.public IS 'counts for the capacity of public jobs first';
COMMENT ON COLUMN jobs.behind IS 'a stage before its own has not ended';
COMMENT ON COLUMN jobs.line_counts IS 'it waits in its queue''s line, and a limit could count it';
COMMENT ON COLUMN jobs.asks IS 'it asks to be let into its queue';

ALTER TABLE assignments
  ADD COLUMN owner             owner_name,
  ADD COLUMN repository        repository_name,
  ADD COLUMN concurrency_group concurrency_key,
  ADD COLUMN public            boolean NOT NULL DEFAULT false;

UPDATE assignments a SET owner = j.owner, repository = j.repository
FROM jobs j WHERE j.id = a.job_id AND a.outcome IS NULL;

UPDATE jobs j SET behind = true
FROM stages own
WHERE j.state = 'created' AND own.id = j.stage_id AND EXISTS (
  SELECT FROM stages s
  WHERE s.build_id = own.build_id AND s.number < own.number AND s.finished_at IS NULL);

-- Serves the limiter: jobs for which each limit is the same stand together, in the order in which
-- they are let in; within a concurrency group that is their age.
CREATE INDEX jobs_asking ON jobs (
  (coalesce(owner, '')), (coalesce(repository, '')), (coalesce(concurrency_group, '')), concurrency_max, public,
  queue, (CASE WHEN concurrency_group IS NULL THEN -priority ELSE 0 END), id) WHERE asks;

-- Serve the limiter: who waits for a repository, or a concurrency group, in which a place became free.
CREATE INDEX jobs_asking_in_repository ON jobs (repository, (coalesce(owner, ''))) WHERE asks AND repository IS NOT NULL;
CREATE INDEX jobs_asking_in_group ON jobs (concurrency_group, (coalesce(owner, ''))) WHERE asks AND concurrency_group IS NOT NULL;

-- Serve the count of what runs: a job that is queued, received or started stands in its line or has an
-- open assignment. So nothing is kept that could differ from the jobs themselves, and the end of a job
-- touches no index of jobs (0018).
CREATE INDEX in_line_of_owner ON jobs (owner, queue) WHERE line_counts AND owner IS NOT NULL;
CREATE INDEX in_line_of_repository ON jobs (repository) WHERE line_counts AND repository IS NOT NULL;
CREATE INDEX in_line_of_group ON jobs (concurrency_group) WHERE line_counts AND concurrency_group IS NOT NULL;
CREATE INDEX assigned_of_owner ON assignments (owner, queue) WHERE outcome IS NULL AND owner IS NOT NULL;
CREATE INDEX assigned_of_repository ON assignments (repository) WHERE outcome IS NULL AND repository IS NOT NULL;
CREATE INDEX assigned_of_group ON assignments (concurrency_group) WHERE outcome IS NULL AND concurrency_group IS NOT NULL;

-- Whether a stage before its own has ended is noted with the job, so that who waits for that is not
-- looked at meanwhile.
CREATE FUNCTION note_behind() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  NEW.behind := EXISTS (
    SELECT FROM stages own JOIN stages s ON s.build_id = own.build_id AND s.number < own.number
    WHERE own.id = NEW.stage_id AND s.finished_at IS NULL);
  RETURN NEW;
END
$$;

CREATE TRIGGER jobs_note_behind BEFORE INSERT ON jobs
  FOR EACH ROW WHEN (NEW.stage_id IS NOT NULL) EXECUTE FUNCTION note_behind();

CREATE FUNCTION note_stage_ended() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE jobs j SET behind = s.behind
  FROM (
    SELECT later.id, EXISTS (
      SELECT FROM stages s
      WHERE s.build_id = later.build_id AND s.number < later.number AND s.finished_at IS NULL) AS behind
    FROM stages later WHERE later.build_id = NEW.build_id AND later.number > NEW.number
  ) AS s
  -- Locked by ascending key first, as whoever changes several jobs does.
  WHERE j.id = ANY (ARRAY(
      SELECT own.id FROM jobs own
      WHERE own.build_id = NEW.build_id AND own.stage_id IS NOT NULL AND own.finished_at IS NULL
      ORDER BY own.id + 0 FOR UPDATE))
    AND j.stage_id = s.id AND j.behind <> s.behind;
  RETURN NULL;
END
$$;

CREATE TRIGGER stages_end AFTER UPDATE OF finished_at ON stages
  FOR EACH ROW WHEN ((OLD.finished_at IS NULL) <> (NEW.finished_at IS NULL)) EXECUTE FUNCTION note_stage_ended();

-- As before; a job that a limit could count asks the limiter first.
CREATE FUNCTION enqueue(
  queue             text,
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
    FROM (SELECT coalesce(owner, repository, concurrency_group, stage_id::text) IS NOT NULL AS asks) AS a
    RETURNING id
  )
  INSERT INTO job_configs (job_id, config)
  SELECT id, enqueue.config FROM job
  RETURNING job_id;
END;

COMMENT ON FUNCTION enqueue IS 'submits a job inside the caller''s transaction and returns its id; see docs/protocol.md';

-- Whoever queues many jobs at once says himself by which transaction.
CREATE OR REPLACE TRIGGER jobs_queued_in BEFORE UPDATE OF queue, priority, queued_at ON jobs
  FOR EACH ROW WHEN (NEW.queued_in IS NOT DISTINCT FROM OLD.queued_in) EXECUTE FUNCTION note_queued_in();

-- Serves the limiter: when the next job is free that is held by time.
CREATE INDEX jobs_held ON jobs (held_until) WHERE held_until IS NOT NULL;

-- As before; says whose jobs ask, unless they are so many that all are looked at.
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
    FROM new_jobs WHERE state = 'created' GROUP BY coalesce(owner, '')) AS created;
  RETURN NULL;
END
$$;

-- As before; a job that a scheduler's own UPDATE takes out of its queue leaves a place.
CREATE OR REPLACE FUNCTION tell_of_changed_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  NEW.version := OLD.version + 1;
  INSERT INTO events (kind, state, version, job_id, build_id, stage_id, queue, owner, repository,
    attempt, reason, queued_at, received_at, started_at, finished_at)
  VALUES (
    'job:' || CASE NEW.state WHEN 'created' THEN 'restarted' WHEN 'passed' THEN 'finished' WHEN 'failed' THEN 'finished'
                             WHEN 'errored' THEN 'finished' ELSE NEW.state END,
    NEW.state, NEW.version, NEW.id, NEW.build_id, NEW.stage_id, NEW.queue, NEW.owner, NEW.repository,
    NEW.attempt, NEW.reason, NEW.queued_at, NEW.received_at, NEW.started_at, NEW.finished_at);
  IF NEW.state NOT IN ('queued', 'received', 'started')
     AND coalesce(NEW.owner, NEW.repository, NEW.concurrency_group) IS NOT NULL THEN
    PERFORM pg_notify('junction_limit', letter || '=' || name)
    FROM (VALUES ('o', NEW.owner::text), ('r', NEW.repository::text), ('g', NEW.concurrency_group::text)) AS place(letter, name)
    WHERE name IS NOT NULL;
  END IF;
  RETURN NEW;
END
$$;
