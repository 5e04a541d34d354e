-- What happened, written down by triggers of the tests' own, so that Junction is not judged by its own word.
-- Nothing here stops Junction from doing wrong: an excess is noted, never prevented.

CREATE SCHEMA history;

CREATE TABLE history.jobs (
  seq            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id         bigint NOT NULL,
  queue          text NOT NULL,
  priority       integer NOT NULL,
  queued_at      timestamptz,
  attempt        integer NOT NULL,
  old_state      text,
  state          text NOT NULL,
  old_assignment uuid,
  assignment     uuid,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid           xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX ON history.jobs (queue);

CREATE TABLE history.assignments (
  seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  assignment uuid NOT NULL,
  job_id     bigint NOT NULL,
  worker_id  uuid NOT NULL,
  queue      text NOT NULL,
  attempt    integer NOT NULL,
  open       integer NOT NULL, -- 1 when it was opened, -1 when it was closed, 0 when it changed after its end
  outcome    text,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid       xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX ON history.assignments (queue);

-- Commits after which a queue had more open assignments than its capacity, or a worker than its maximum.
CREATE TABLE history.excesses (queue text NOT NULL, what text NOT NULL, open integer NOT NULL, allowed integer NOT NULL);

CREATE FUNCTION history.note_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO history.jobs (job_id, queue, priority, queued_at, attempt, state, assignment)
    VALUES (NEW.id, NEW.queue, NEW.priority, NEW.queued_at, NEW.attempt, NEW.state, NEW.assignment_id);
  ELSE
    INSERT INTO history.jobs (job_id, queue, priority, queued_at, attempt, old_state, state, old_assignment, assignment)
    VALUES (NEW.id, NEW.queue, NEW.priority, NEW.queued_at, NEW.attempt, OLD.state, NEW.state, OLD.assignment_id, NEW.assignment_id);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER note_job AFTER INSERT OR UPDATE ON junction.jobs
  FOR EACH ROW EXECUTE FUNCTION history.note_job();

CREATE FUNCTION history.note_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history.assignments (assignment, job_id, worker_id, queue, attempt, open, outcome)
  VALUES (NEW.id, NEW.job_id, NEW.worker_id, NEW.queue, NEW.attempt,
          CASE WHEN TG_OP = 'INSERT' THEN 1 WHEN OLD.ended_at IS NULL THEN -1 ELSE 0 END, NEW.outcome);
  RETURN NULL;
END
$$;

CREATE TRIGGER note_opening AFTER INSERT ON junction.assignments
  FOR EACH ROW EXECUTE FUNCTION history.note_assignment();
CREATE TRIGGER note_closing AFTER UPDATE ON junction.assignments
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NOT NULL)
  EXECUTE FUNCTION history.note_assignment();

-- At the commit, by a snapshot of that moment: what others have committed counts, what they are closing is still open.
CREATE FUNCTION history.note_excess() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history.excesses
  SELECT NEW.queue, 'queue', count(*), q.capacity
  FROM junction.queues q JOIN junction.assignments a ON a.queue = q.name AND a.ended_at IS NULL
  WHERE q.name = NEW.queue GROUP BY q.capacity HAVING count(*) > q.capacity;
  INSERT INTO history.excesses
  SELECT NEW.queue, 'worker', count(*), w.max_job_count
  FROM junction.workers w JOIN junction.assignments a ON a.worker_id = w.id AND a.ended_at IS NULL
  WHERE w.id = NEW.worker_id GROUP BY w.max_job_count HAVING count(*) > w.max_job_count;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER note_excess AFTER INSERT ON junction.assignments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history.note_excess();
