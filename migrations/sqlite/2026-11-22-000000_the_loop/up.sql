-- Two sides, never joined on disk: rows that name a member (people, invitations, mail)
-- and rows that hang on a voice (what was said). No table has both; no transaction writes both.

-- People ---------------------------------------------------------------------

CREATE TABLE team (
    id BLOB NOT NULL PRIMARY KEY,
    parent_id BLOB REFERENCES team (id),
    name TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE, -- names from the root, joined by "/"
    headcount INTEGER
) STRICT;

CREATE TABLE member (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT, -- as written
    email_key TEXT UNIQUE, -- lower-cased: the import key
    name TEXT NOT NULL,
    membership_number TEXT UNIQUE,
    language TEXT NOT NULL,
    has_left INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
    member_id BLOB NOT NULL REFERENCES member (id),
    team_id BLOB NOT NULL REFERENCES team (id),
    is_rep INTEGER NOT NULL,
    PRIMARY KEY (member_id, team_id)
) STRICT;
CREATE INDEX membership_by_team ON membership (team_id);

CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    roles TEXT NOT NULL, -- role names joined by ","
    is_disabled INTEGER NOT NULL,
    link_hash BLOB UNIQUE, -- SHA-256 of the one-time link, until it is used
    link_expires_at TEXT
) STRICT;

CREATE TABLE api_token (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    is_revoked INTEGER NOT NULL
) STRICT;

-- What staff did -------------------------------------------------------------

CREATE TABLE audit (
    id BLOB NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL, -- "staff:ID", "token:ID" or "command line"
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL -- JSON: numbers and names of things, never words of a comment
) STRICT;

-- Consultations --------------------------------------------------------------

CREATE TABLE consultation (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    letter TEXT NOT NULL, -- Markdown
    contact TEXT, -- JSON {name, phone, email}
    join_url TEXT,
    time_zone TEXT NOT NULL, -- IANA name
    deadline_local TEXT NOT NULL, -- 2026-12-04T17:00:00 in that zone
    deadline_at TEXT NOT NULL,
    grace_minutes INTEGER NOT NULL,
    state TEXT NOT NULL,
    covers_all_teams INTEGER NOT NULL,
    public_draft INTEGER NOT NULL,
    mail_replies INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    opened_at TEXT,
    closed_at TEXT,
    last_batch_on TEXT, -- the last day on which words could reach the desks
    words_in_at TEXT, -- when closing work was done: all words are at the desks
    edition INTEGER NOT NULL -- rises whenever what the desks see changes
) STRICT;

CREATE TABLE consultation_team (
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    team_id BLOB NOT NULL REFERENCES team (id),
    PRIMARY KEY (consultation_id, team_id)
) STRICT;

CREATE TABLE label (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    name TEXT NOT NULL,
    ordinal INTEGER NOT NULL
) STRICT;
CREATE INDEX label_by_consultation ON label (consultation_id, ordinal);

CREATE TABLE label_team (
    label_id BLOB NOT NULL REFERENCES label (id),
    team_id BLOB NOT NULL REFERENCES team (id),
    PRIMARY KEY (label_id, team_id)
) STRICT;

CREATE TABLE invitation (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    member_id BLOB NOT NULL REFERENCES member (id),
    team_id BLOB REFERENCES team (id), -- none until a member of several teams has chosen
    label_id BLOB REFERENCES label (id),
    generation INTEGER NOT NULL, -- rises when her address changes
    link_hash BLOB NOT NULL UNIQUE,
    printed_hash BLOB NOT NULL UNIQUE,
    stop_hash BLOB NOT NULL UNIQUE,
    no_reminders INTEGER NOT NULL,
    UNIQUE (consultation_id, member_id)
) STRICT;
CREATE INDEX invitation_by_member ON invitation (member_id);

CREATE TABLE access_code (
    id BLOB NOT NULL PRIMARY KEY,
    invitation_id BLOB NOT NULL REFERENCES invitation (id),
    expires_at TEXT NOT NULL,
    tries_left INTEGER NOT NULL,
    is_used INTEGER NOT NULL
) STRICT;
CREATE INDEX access_code_by_invitation ON access_code (invitation_id);

-- Drafts ---------------------------------------------------------------------

CREATE TABLE document (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    ordinal INTEGER NOT NULL
) STRICT;
CREATE INDEX document_by_consultation ON document (consultation_id, ordinal);

CREATE TABLE version (
    id BLOB NOT NULL PRIMARY KEY,
    document_id BLOB NOT NULL REFERENCES document (id),
    number INTEGER NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    published_at TEXT, -- immutable from then on
    UNIQUE (document_id, number)
) STRICT;

CREATE TABLE block (
    version_id BLOB NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL,
    key TEXT NOT NULL, -- stays with the passage across versions
    number TEXT NOT NULL, -- what people cite: 4.2
    kind TEXT NOT NULL,
    level INTEGER NOT NULL, -- of a heading; depth of a list item; else 0
    text TEXT NOT NULL,
    html TEXT NOT NULL, -- sanitised when imported
    PRIMARY KEY (version_id, ordinal),
    UNIQUE (version_id, key)
) STRICT;

CREATE TABLE block_link (
    from_version_id BLOB NOT NULL REFERENCES version (id),
    to_version_id BLOB NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL,
    from_key TEXT,
    to_key TEXT,
    kind TEXT NOT NULL,
    score INTEGER NOT NULL, -- per mille
    PRIMARY KEY (from_version_id, to_version_id, ordinal)
) STRICT;

-- Mail -----------------------------------------------------------------------

CREATE TABLE mailing (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL, -- Markdown with named fields
    audience TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    before_deadline TEXT, -- ISO 8601 duration, when it follows the deadline
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX mailing_by_consultation ON mailing (consultation_id, created_at);
CREATE INDEX mailing_by_state ON mailing (state, due_at);

CREATE TABLE mailing_team (
    mailing_id BLOB NOT NULL REFERENCES mailing (id),
    team_id BLOB NOT NULL REFERENCES team (id),
    note TEXT NOT NULL, -- other words for this team; empty for none
    is_recipient INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, team_id)
) STRICT;

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    mailing_id BLOB REFERENCES mailing (id),
    kind TEXT NOT NULL,
    member_id BLOB NOT NULL REFERENCES member (id),
    invitation_id BLOB REFERENCES invitation (id),
    access_code_id BLOB REFERENCES access_code (id),
    message_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    lease_until TEXT,
    due_at TEXT NOT NULL,
    phase TEXT, -- in which the last attempt broke
    trouble TEXT, -- in plain words, for the delivery page
    changed_at TEXT NOT NULL,
    UNIQUE (mailing_id, member_id)
) STRICT;
CREATE INDEX outbox_to_send ON outbox (state, due_at);

CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL, -- JSON
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    lease_until TEXT
) STRICT;
CREATE INDEX job_due ON job (due_at);

CREATE TABLE staff_replay (
    key_hash BLOB NOT NULL PRIMARY KEY,
    request_hash BLOB NOT NULL,
    status INTEGER, -- none while the first request is at work
    answer TEXT NOT NULL,
    kept_until TEXT NOT NULL
) STRICT;

-- Voices: nothing below knows a member ------------------------------------------

CREATE TABLE voice (
    id BLOB NOT NULL PRIMARY KEY, -- HMAC(consultation key, kind, invitation), 128 bits
    consultation_id BLOB NOT NULL,
    label_id BLOB NOT NULL REFERENCES label (id),
    kind TEXT NOT NULL -- confidential or named
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_by_consultation ON voice (consultation_id);

CREATE TABLE comment (
    key INTEGER NOT NULL PRIMARY KEY, -- random; also SQLite's rowid
    id INTEGER NOT NULL, -- random; kept when the words change
    consultation_id BLOB NOT NULL,
    voice_id BLOB NOT NULL REFERENCES voice (id),
    document_id BLOB NOT NULL REFERENCES document (id),
    version_number INTEGER NOT NULL,
    block_key TEXT, -- none: the whole document
    position TEXT NOT NULL,
    condition TEXT NOT NULL,
    body TEXT NOT NULL,
    quote TEXT, -- JSON {exact, prefix, suffix}
    new_wording TEXT NOT NULL,
    permission TEXT NOT NULL,
    source TEXT NOT NULL,
    is_late INTEGER NOT NULL,
    reader_tag BLOB NOT NULL,
    receipt TEXT NOT NULL,
    batch_on TEXT, -- the date these words reached the desks; never a time
    is_withdrawn INTEGER NOT NULL -- at the desks until the next batch, then gone
) STRICT;
CREATE INDEX comment_by_id ON comment (id);
CREATE INDEX comment_by_voice ON comment (voice_id);
CREATE INDEX comment_by_batch ON comment (consultation_id, batch_on);
CREATE INDEX comment_by_place ON comment (consultation_id, document_id, block_key, key);
CREATE INDEX comment_by_receipt ON comment (receipt);

CREATE TABLE finish (
    key INTEGER NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL,
    voice_id BLOB NOT NULL UNIQUE REFERENCES voice (id),
    nothing_to_add INTEGER NOT NULL,
    reader_tag BLOB NOT NULL,
    receipt TEXT NOT NULL,
    batch_on TEXT
) STRICT;
CREATE INDEX finish_by_consultation ON finish (consultation_id);

CREATE TABLE voice_replay (
    key_hash BLOB NOT NULL PRIMARY KEY, -- HMAC(consultation key, voice, idempotency key)
    consultation_id BLOB NOT NULL,
    answer BLOB NOT NULL -- sealed under the consultation key; gone at the deadline
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_replay_by_consultation ON voice_replay (consultation_id);

CREATE TABLE release (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    number INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    cut_off TEXT NOT NULL,
    comments INTEGER NOT NULL,
    sha256 TEXT NOT NULL, -- over the parts in order
    UNIQUE (consultation_id, number)
) STRICT;

CREATE TABLE release_part (
    release_id BLOB NOT NULL, -- written before its release, which comes last
    ordinal INTEGER NOT NULL,
    lines TEXT NOT NULL, -- one JSON object a line
    PRIMARY KEY (release_id, ordinal)
) STRICT;
