-- A way out for mail that is shut for now, through nobody's fault among the recipients.
CREATE TABLE mail_channel (
    name TEXT NOT NULL PRIMARY KEY,
    paused_since TEXT NOT NULL,
    next_try_at TEXT NOT NULL,
    trouble TEXT NOT NULL, -- in plain words, for organisers
    failures INTEGER NOT NULL
) STRICT;
