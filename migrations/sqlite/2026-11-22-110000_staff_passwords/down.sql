DROP TABLE sign_in_failure;
ALTER TABLE staff DROP COLUMN session_epoch;
ALTER TABLE staff DROP COLUMN password_hash;
