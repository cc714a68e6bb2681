UPDATE webhook_delivery
SET state = :#${variable.outcome.state}, due_at = :#${variable.outcome.dueAt}, answer_status = :#${variable.outcome.statusCode},
    answer = :#${variable.outcome.answer}, reason = :#${variable.outcome.reason}, updated_at = :#${variable.outcome.now}
WHERE id = :#${variable.due.id} AND state = 'sending' AND attempts = :#${variable.outcome.attempts}
