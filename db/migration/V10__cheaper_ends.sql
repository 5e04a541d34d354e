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
