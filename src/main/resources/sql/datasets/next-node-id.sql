-- One sequence for datasets and what stands in flows, so that no id means two things.
INSERT INTO node_id (id) VALUES (DEFAULT)
