DELETE FROM webhook_delivery WHERE state NOT IN ('pending', 'sending') AND updated_at < :#${variable.times.old}
