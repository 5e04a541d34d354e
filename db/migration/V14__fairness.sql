-- Whose turn it is where slots are scarce, for dispatchers that are fair to owners
-- (junction.dispatch.fairness=owner); docs/limits.md, docs/decisions/0022.

-- Serves the dispatcher: the owners who wait in a queue, each found by a step of the index, and each
-- one's line in the order in which it is served. The queue is compared with '', which no queue is
-- called, so that no statement about a whole line has a choice between this index and jobs_line.
CREATE INDEX jobs_turns ON jobs (queue, (coalesce(owner, '')), (-priority), queued_at, id)
  WHERE in_line AND queue <> '';

-- A row is an owner who was served lately; '' is whoever has jobs without an owner. Each time he is
-- served there is a new one. Its key ends with what rises, so that the newest version is the last:
-- while a transaction stays open, those before it are not walked over (0015).
CREATE TABLE queue_turns (
  queue queue_name NOT NULL,
  owner text NOT NULL,
  pass  bigint NOT NULL,
  clock bigint NOT NULL,
  PRIMARY KEY (queue, owner, pass),
  CONSTRAINT a_turn_takes_time CHECK (pass > 0 AND clock >= 0),
  CONSTRAINT owner_is_short CHECK (length(owner) <= 255)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

COMMENT ON COLUMN queue_turns.pass IS 'when, by the queue''s clock, it is his turn again; where the clock is behind that he has no debt left, and the row says nothing';
COMMENT ON COLUMN queue_turns.clock IS 'what the queue''s clock showed after he was served; the highest of a queue''s rows is what it shows';

-- Serves the dispatcher: the clock of a queue, also by a condition that no other index has.
CREATE INDEX queue_turns_clock ON queue_turns (queue, clock) WHERE clock >= 0;
