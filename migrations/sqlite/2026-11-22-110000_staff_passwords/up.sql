-- Staff sign in with a password; a session holds the epoch it was made in.

ALTER TABLE staff ADD COLUMN password_hash TEXT; -- argon2id as a PHC string; none until one is chosen
ALTER TABLE staff ADD COLUMN session_epoch INTEGER NOT NULL DEFAULT 0; -- raised to end all sessions

CREATE TABLE sign_in_failure (
    subject BLOB NOT NULL PRIMARY KEY, -- HMAC of what is counted: an address, a known browser, a minute
    failures INTEGER NOT NULL,
    last_at TEXT NOT NULL
) STRICT;

CREATE INDEX sign_in_failure_last_at ON sign_in_failure (last_at);
