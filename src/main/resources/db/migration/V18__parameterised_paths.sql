-- The parts of a dataset's path that vary, as JSON; null where it names a file or a folder. What a run says of them, with the
-- moment from which it counts windows of time, is kept with the job, whose manifest holds what was found for it.
ALTER TABLE imported_dataset ADD COLUMN parameters VARCHAR(400000);
ALTER TABLE job_group ADD COLUMN run_parameters VARCHAR(400000);
