-- Files of a profile lie beside results and are none.
ALTER TABLE result_file ADD COLUMN is_profile BOOLEAN DEFAULT FALSE NOT NULL;
