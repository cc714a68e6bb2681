SELECT COUNT(*) FROM node WHERE id <> :node AND seen_at >= :dead
