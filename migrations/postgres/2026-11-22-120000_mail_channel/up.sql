-- A way out for mail that is shut for now, through nobody's fault among the recipients.
CREATE TABLE mail_channel (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    paused_since TIMESTAMPTZ NOT NULL,
    next_try_at TIMESTAMPTZ NOT NULL,
    trouble TEXT COLLATE "C" NOT NULL, -- in plain words, for organisers
    failures INTEGER NOT NULL
);
