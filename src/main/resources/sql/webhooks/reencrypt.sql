UPDATE webhook_task SET target = :target WHERE id = :id AND target = :seen
