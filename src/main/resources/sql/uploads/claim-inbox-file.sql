UPDATE inbox_file SET process_id = :process, node_id = :node
WHERE uuid = :uuid
    AND (process_id IS NULL OR node_id = :node
        OR NOT EXISTS (SELECT 1 FROM node n WHERE n.id = inbox_file.node_id AND n.seen_at >= :dead))
