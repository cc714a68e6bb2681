-- Datasets are changed after their import, by somebody who may not be their owner; and a copy has the manifest of its original,
-- so that whose manifest is whose is looked for by the manifest as well.

ALTER TABLE imported_dataset ADD COLUMN updater_id BIGINT REFERENCES person (id);
CREATE INDEX imported_dataset_of_manifest ON imported_dataset (manifest_id);
CREATE INDEX imported_dataset_of_owner ON imported_dataset (owner_id);
