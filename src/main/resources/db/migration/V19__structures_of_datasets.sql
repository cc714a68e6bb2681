-- What whoever imported a dataset has said beside how its text is read: how many files are looked into before it is made,
-- whether columns may have been added at the end of later files, the types of columns (JSON, by name; null where none
-- were said), and whether archived files are left out. And what was found when a manifest was written: the structure of
-- its files and what was left out (JSON; null where nobody looked).

ALTER TABLE imported_dataset ADD COLUMN structure_check VARCHAR(10) DEFAULT 'sample' NOT NULL;
ALTER TABLE imported_dataset ADD COLUMN columns_union BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE imported_dataset ADD COLUMN column_types VARCHAR(200000);
ALTER TABLE imported_dataset ADD COLUMN skip_archived BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE manifest ADD COLUMN found VARCHAR(1000000);
