INSERT INTO inbox_file (uuid, process_id, node_id, byte_size, modified_micros, created_at)
VALUES (:uuid, :process, :node, :size, :modified, :now)
