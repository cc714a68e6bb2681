SELECT COUNT(*) FROM dead_letter WHERE message_key = :key OR replay_id = :replay
