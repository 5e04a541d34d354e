-- What events cost is earned back where jobs end: a finished job stays on its page, without a new entry
-- in any index, since no index depends any more on whether a job has ended; docs/decisions/0018.
-- The pruner walks the jobs by their ids, and what is left of a stage is among its jobs.
DROP INDEX jobs_finished, jobs_left_of_build;

-- One index where there were two: the attempts of a job, of which one is open at most.
DROP INDEX assignments_of_job, one_open_assignment_per_job;
CREATE UNIQUE INDEX one_open_assignment_per_job ON assignments (job_id, nullif(outcome IS NULL, false));

-- Events are only added, and read once or twice while they are new: to go over their pages a minute
-- later helps nobody. Once the pruner has removed a fifth, that is worth a vacuum.
ALTER TABLE events SET (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.5);

-- What a heartbeat reports of many jobs is told by one statement. Whoever finds the first of its events
-- knows how many there are: the others follow it by their ids, and need no entry of their own.
ALTER TABLE events ADD COLUMN run integer NOT NULL DEFAULT 1;
DROP INDEX events_of_transaction;
CREATE INDEX events_of_transaction ON events (tx) WHERE run > 0;

COMMENT ON COLUMN events.run IS 'how many events its statement wrote, from this one on; 0 of those after the first';
