UPDATE dead_letter
SET status = 'replayed', replay_id = :replay, replayed_text = :text, replayed_by = :person, replayed_at = :now,
    replays = replays + 1, updated_at = :now
WHERE id = :id AND status = 'dead'
