-- A CHECK of a table is read, parsed and planned anew by every statement that writes to it, which is a
-- third of what an update of one job costs. What concerns one column is the matter of a domain, as the
-- queue's name was already: that is checked where a value is set, and nowhere else. The constraints keep
-- their names. What concerns several columns stays with the table.

CREATE DOMAIN job_priority AS integer
  CONSTRAINT priority_is_in_range CHECK (VALUE BETWEEN -1000000 AND 1000000);
CREATE DOMAIN job_attempt AS integer
  CONSTRAINT attempt_starts_at_one CHECK (VALUE >= 1);
CREATE DOMAIN job_max_attempts AS integer
  CONSTRAINT max_attempts_is_in_range CHECK (VALUE BETWEEN 1 AND 1000);
CREATE DOMAIN job_timeout_ms AS bigint
  CONSTRAINT timeout_is_in_range CHECK (VALUE BETWEEN 1 AND 2592000000);
CREATE DOMAIN owner_name AS text
  CONSTRAINT owner_is_short CHECK (length(VALUE) BETWEEN 1 AND 255);
CREATE DOMAIN repository_name AS text
  CONSTRAINT repository_is_short CHECK (length(VALUE) BETWEEN 1 AND 255);
CREATE DOMAIN short_reason AS text
  CONSTRAINT reason_is_short CHECK (length(VALUE) <= 1000);
CREATE DOMAIN assignment_outcome AS text
  CONSTRAINT outcome_is_known CHECK (VALUE IN ('finished', 'restarted', 'canceled', 'lost', 'rejected', 'retired', 'timed_out'));
CREATE DOMAIN job_config AS jsonb
  CONSTRAINT config_is_an_object CHECK (jsonb_typeof(VALUE) = 'object')
  CONSTRAINT config_is_at_most_1_mib CHECK (octet_length(VALUE::text) <= 1048576)
  CONSTRAINT config_nests_at_most_100_deep CHECK (NOT jsonb_path_exists(VALUE, 'lax $.**{101}'));

DROP FUNCTION enqueue;

ALTER TABLE jobs
  DROP CONSTRAINT priority_is_in_range,
  DROP CONSTRAINT attempt_starts_at_one,
  DROP CONSTRAINT max_attempts_is_in_range,
  DROP CONSTRAINT timeout_is_in_range,
  DROP CONSTRAINT owner_is_short,
  DROP CONSTRAINT repository_is_short,
  DROP CONSTRAINT reason_is_short,
  ALTER COLUMN priority TYPE job_priority,
  ALTER COLUMN attempt TYPE job_attempt,
  ALTER COLUMN max_attempts TYPE job_max_attempts,
  ALTER COLUMN timeout_ms TYPE job_timeout_ms,
  ALTER COLUMN owner TYPE owner_name,
  ALTER COLUMN repository TYPE repository_name,
  ALTER COLUMN reason TYPE short_reason;

ALTER TABLE assignments
  DROP CONSTRAINT reason_is_short,
  DROP CONSTRAINT outcome_is_known,
  ALTER COLUMN reason TYPE short_reason,
  ALTER COLUMN outcome TYPE assignment_outcome;

ALTER TABLE job_configs
  DROP CONSTRAINT config_is_an_object,
  DROP CONSTRAINT config_is_at_most_1_mib,
  DROP CONSTRAINT config_nests_at_most_100_deep,
  ALTER COLUMN config TYPE job_config;

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
