-- People choose where in base storage their results and uploads go: paths that begin with a slash and end without one.

-- Null for the default.
ALTER TABLE membership ADD COLUMN output_home_dir VARCHAR(512);
-- Null for the default.
ALTER TABLE membership ADD COLUMN upload_dir VARCHAR(512);
