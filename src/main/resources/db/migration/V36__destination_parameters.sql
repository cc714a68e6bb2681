-- Parts of the paths to which recipes write, as JSON, and what a path is without them; null where nothing varies. Jobs keep what
-- the path came to, and what it was resolved with (job_group.run_parameters).
ALTER TABLE saved_write_setting ADD COLUMN parameters VARCHAR(400000);
