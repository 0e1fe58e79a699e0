-- When a mailing goes out: at_opening, at (due_at), before_deadline, after_closing.
ALTER TABLE mailing ADD COLUMN timing TEXT NOT NULL DEFAULT 'at';
ALTER TABLE mailing ADD COLUMN at_time TEXT; -- local time of day, 09:30, of whole days before the deadline
UPDATE mailing SET timing = 'before_deadline' WHERE before_deadline IS NOT NULL;
