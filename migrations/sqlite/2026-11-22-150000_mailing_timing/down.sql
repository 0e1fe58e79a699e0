ALTER TABLE mailing DROP COLUMN at_time;
ALTER TABLE mailing DROP COLUMN timing;
