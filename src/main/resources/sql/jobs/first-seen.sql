INSERT INTO node (id, seen_at) VALUES (:node, :now)
