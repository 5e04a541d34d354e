-- Queues and workers: where jobs wait, and who can take them. What a heartbeat rewrites stands in a
-- narrow table of its own, so that the rows others read are not rewritten every few seconds.

CREATE TABLE queues (
  name       text PRIMARY KEY,
  capacity   integer,
  paused_at  timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT queue_name_is_valid CHECK (name ~ '^[A-Za-z0-9._-]{1,127}$'),
  CONSTRAINT capacity_is_in_range CHECK (capacity BETWEEN 0 AND 1000000)
);

COMMENT ON COLUMN queues.capacity IS 'most live assignments; null: as many as the workers'' slots';

CREATE TABLE workers (
  id                 uuid PRIMARY KEY,
  queue              text NOT NULL REFERENCES queues (name),
  name               text,
  version            text,
  max_job_count      integer,
  attributes         jsonb NOT NULL DEFAULT '{}',
  token_hash         bytea NOT NULL,
  -- What this worker was promised at its registration; the reaper keeps to it.
  lease_ms           integer NOT NULL,
  silence_ms         integer NOT NULL,
  registered_at      timestamptz NOT NULL DEFAULT now(),
  draining_at        timestamptz,
  lost_at            timestamptz,
  retired_at         timestamptz,
  CONSTRAINT max_job_count_is_in_range CHECK (max_job_count BETWEEN 1 AND 10000),
  CONSTRAINT attributes_are_an_object CHECK (jsonb_typeof(attributes) = 'object'),
  CONSTRAINT lease_ends_before_silence CHECK (lease_ms > 0 AND lease_ms < silence_ms)
);

COMMENT ON COLUMN workers.silence_ms IS 'silence after which the worker is given up; longer than its lease';

-- Serves the snapshot of open slots (dispatcher) and the search for silent workers (reaper).
CREATE INDEX workers_alive ON workers (queue, id) WHERE retired_at IS NULL AND lost_at IS NULL;

-- Rewritten by every heartbeat: no index but the key, and room in each page, so that updates stay HOT.
CREATE TABLE worker_heartbeats (
  worker_id      uuid PRIMARY KEY,
  seq            bigint NOT NULL DEFAULT 0,
  last_heartbeat timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0);

-- One row: since when Junction has been able to hear its workers without a gap. Every API copy renews
-- it; who finds it overdue starts a new period. No silence from before `since` counts against a worker.
CREATE TABLE listening (
  one_row boolean PRIMARY KEY DEFAULT true,
  since   timestamptz NOT NULL DEFAULT now(),
  due     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT there_is_one_row CHECK (one_row)
) WITH (fillfactor = 10);

INSERT INTO listening DEFAULT VALUES;
