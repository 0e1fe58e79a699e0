-- Two sides, never joined on disk: rows that name a member (people, invitations, mail)
-- and rows that hang on a voice (what was said). No table has both; no transaction writes both.

-- People ---------------------------------------------------------------------

CREATE TABLE team (
    id UUID NOT NULL PRIMARY KEY,
    parent_id UUID REFERENCES team (id),
    name TEXT COLLATE "C" NOT NULL,
    path TEXT COLLATE "C" NOT NULL UNIQUE, -- names from the root, joined by "/"
    headcount INTEGER
);

CREATE TABLE member (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT COLLATE "C", -- as written
    email_key TEXT COLLATE "C" UNIQUE, -- lower-cased: the import key
    name TEXT COLLATE "C" NOT NULL,
    membership_number TEXT COLLATE "C" UNIQUE,
    language TEXT COLLATE "C" NOT NULL,
    has_left BOOLEAN NOT NULL
);

CREATE TABLE membership (
    member_id UUID NOT NULL REFERENCES member (id),
    team_id UUID NOT NULL REFERENCES team (id),
    is_rep BOOLEAN NOT NULL,
    PRIMARY KEY (member_id, team_id)
);
CREATE INDEX membership_by_team ON membership (team_id);

CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT COLLATE "C" NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    roles TEXT COLLATE "C" NOT NULL, -- role names joined by ","
    is_disabled BOOLEAN NOT NULL,
    link_hash BYTEA UNIQUE, -- SHA-256 of the one-time link, until it is used
    link_expires_at TIMESTAMPTZ
);

CREATE TABLE api_token (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    roles TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    is_revoked BOOLEAN NOT NULL
);

-- What staff did -------------------------------------------------------------

CREATE TABLE audit (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT COLLATE "C" NOT NULL, -- "staff:ID", "token:ID" or "command line"
    action TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL -- JSON: numbers and names of things, never words of a comment
);

-- Consultations --------------------------------------------------------------

CREATE TABLE consultation (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    letter TEXT COLLATE "C" NOT NULL, -- Markdown
    contact TEXT COLLATE "C", -- JSON {name, phone, email}
    join_url TEXT COLLATE "C",
    time_zone TEXT COLLATE "C" NOT NULL, -- IANA name
    deadline_local TEXT COLLATE "C" NOT NULL, -- 2026-12-04T17:00:00 in that zone
    deadline_at TIMESTAMPTZ NOT NULL,
    grace_minutes INTEGER NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    covers_all_teams BOOLEAN NOT NULL,
    public_draft BOOLEAN NOT NULL,
    mail_replies BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    opened_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    last_batch_on DATE, -- the last day on which words could reach the desks
    words_in_at TIMESTAMPTZ, -- when closing work was done: all words are at the desks
    edition INTEGER NOT NULL -- rises whenever what the desks see changes
);

CREATE TABLE consultation_team (
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    team_id UUID NOT NULL REFERENCES team (id),
    PRIMARY KEY (consultation_id, team_id)
);

CREATE TABLE label (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    name TEXT COLLATE "C" NOT NULL,
    ordinal INTEGER NOT NULL
);
CREATE INDEX label_by_consultation ON label (consultation_id, ordinal);

CREATE TABLE label_team (
    label_id UUID NOT NULL REFERENCES label (id),
    team_id UUID NOT NULL REFERENCES team (id),
    PRIMARY KEY (label_id, team_id)
);

CREATE TABLE invitation (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    member_id UUID NOT NULL REFERENCES member (id),
    team_id UUID REFERENCES team (id), -- none until a member of several teams has chosen
    label_id UUID REFERENCES label (id),
    generation INTEGER NOT NULL, -- rises when her address changes
    link_hash BYTEA NOT NULL UNIQUE,
    printed_hash BYTEA NOT NULL UNIQUE,
    stop_hash BYTEA NOT NULL UNIQUE,
    no_reminders BOOLEAN NOT NULL,
    UNIQUE (consultation_id, member_id)
);
CREATE INDEX invitation_by_member ON invitation (member_id);

CREATE TABLE access_code (
    id UUID NOT NULL PRIMARY KEY,
    invitation_id UUID NOT NULL REFERENCES invitation (id),
    expires_at TIMESTAMPTZ NOT NULL,
    tries_left INTEGER NOT NULL,
    is_used BOOLEAN NOT NULL
);
CREATE INDEX access_code_by_invitation ON access_code (invitation_id);

-- Drafts ---------------------------------------------------------------------

CREATE TABLE document (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    kind TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    ordinal INTEGER NOT NULL
);
CREATE INDEX document_by_consultation ON document (consultation_id, ordinal);

CREATE TABLE version (
    id UUID NOT NULL PRIMARY KEY,
    document_id UUID NOT NULL REFERENCES document (id),
    number INTEGER NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ, -- immutable from then on
    UNIQUE (document_id, number)
);

CREATE TABLE block (
    version_id UUID NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL,
    key TEXT COLLATE "C" NOT NULL, -- stays with the passage across versions
    number TEXT COLLATE "C" NOT NULL, -- what people cite: 4.2
    kind TEXT COLLATE "C" NOT NULL,
    level INTEGER NOT NULL, -- of a heading; depth of a list item; else 0
    text TEXT COLLATE "C" NOT NULL,
    html TEXT COLLATE "C" NOT NULL, -- sanitised when imported
    PRIMARY KEY (version_id, ordinal),
    UNIQUE (version_id, key)
);

CREATE TABLE block_link (
    from_version_id UUID NOT NULL REFERENCES version (id),
    to_version_id UUID NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL,
    from_key TEXT COLLATE "C",
    to_key TEXT COLLATE "C",
    kind TEXT COLLATE "C" NOT NULL,
    score INTEGER NOT NULL, -- per mille
    PRIMARY KEY (from_version_id, to_version_id, ordinal)
);

-- Mail -----------------------------------------------------------------------

CREATE TABLE mailing (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    kind TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL, -- Markdown with named fields
    audience TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    before_deadline TEXT COLLATE "C", -- ISO 8601 duration, when it follows the deadline
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX mailing_by_consultation ON mailing (consultation_id, created_at);
CREATE INDEX mailing_by_state ON mailing (state, due_at);

CREATE TABLE mailing_team (
    mailing_id UUID NOT NULL REFERENCES mailing (id),
    team_id UUID NOT NULL REFERENCES team (id),
    note TEXT COLLATE "C" NOT NULL, -- other words for this team; empty for none
    is_recipient BOOLEAN NOT NULL,
    PRIMARY KEY (mailing_id, team_id)
);

CREATE TABLE outbox (
    id UUID NOT NULL PRIMARY KEY,
    mailing_id UUID REFERENCES mailing (id),
    kind TEXT COLLATE "C" NOT NULL,
    member_id UUID NOT NULL REFERENCES member (id),
    invitation_id UUID REFERENCES invitation (id),
    access_code_id UUID REFERENCES access_code (id),
    message_id TEXT COLLATE "C" NOT NULL UNIQUE,
    state TEXT COLLATE "C" NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    lease_until TIMESTAMPTZ,
    due_at TIMESTAMPTZ NOT NULL,
    phase TEXT COLLATE "C", -- in which the last attempt broke
    trouble TEXT COLLATE "C", -- in plain words, for the delivery page
    changed_at TIMESTAMPTZ NOT NULL,
    UNIQUE (mailing_id, member_id)
);
CREATE INDEX outbox_to_send ON outbox (state, due_at);

CREATE TABLE job (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    payload TEXT COLLATE "C" NOT NULL, -- JSON
    due_at TIMESTAMPTZ NOT NULL,
    attempts INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    lease_until TIMESTAMPTZ
);
CREATE INDEX job_due ON job (due_at);

CREATE TABLE staff_replay (
    key_hash BYTEA NOT NULL PRIMARY KEY,
    request_hash BYTEA NOT NULL,
    status INTEGER, -- none while the first request is at work
    answer TEXT COLLATE "C" NOT NULL,
    kept_until TIMESTAMPTZ NOT NULL
);

-- Voices: nothing below knows a member ------------------------------------------

CREATE TABLE voice (
    id UUID NOT NULL PRIMARY KEY, -- HMAC(consultation key, kind, invitation), 128 bits
    consultation_id UUID NOT NULL,
    label_id UUID NOT NULL REFERENCES label (id),
    kind TEXT COLLATE "C" NOT NULL -- confidential or named
);
CREATE INDEX voice_by_consultation ON voice (consultation_id);

CREATE TABLE comment (
    key BIGINT NOT NULL PRIMARY KEY, -- random; also SQLite's rowid
    id BIGINT NOT NULL, -- random; kept when the words change
    consultation_id UUID NOT NULL,
    voice_id UUID NOT NULL REFERENCES voice (id),
    document_id UUID NOT NULL REFERENCES document (id),
    version_number INTEGER NOT NULL,
    block_key TEXT COLLATE "C", -- none: the whole document
    position TEXT COLLATE "C" NOT NULL,
    condition TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    quote TEXT COLLATE "C", -- JSON {exact, prefix, suffix}
    new_wording TEXT COLLATE "C" NOT NULL,
    permission TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    is_late BOOLEAN NOT NULL,
    reader_tag BYTEA NOT NULL,
    receipt TEXT COLLATE "C" NOT NULL,
    batch_on DATE, -- the date these words reached the desks; never a time
    is_withdrawn BOOLEAN NOT NULL -- at the desks until the next batch, then gone
);
CREATE INDEX comment_by_id ON comment (id);
CREATE INDEX comment_by_voice ON comment (voice_id);
CREATE INDEX comment_by_batch ON comment (consultation_id, batch_on);
CREATE INDEX comment_by_place ON comment (consultation_id, document_id, block_key, key);
CREATE INDEX comment_by_receipt ON comment (receipt);

CREATE TABLE finish (
    key BIGINT NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL,
    voice_id UUID NOT NULL UNIQUE REFERENCES voice (id),
    nothing_to_add BOOLEAN NOT NULL,
    reader_tag BYTEA NOT NULL,
    receipt TEXT COLLATE "C" NOT NULL,
    batch_on DATE
);
CREATE INDEX finish_by_consultation ON finish (consultation_id);

CREATE TABLE voice_replay (
    key_hash BYTEA NOT NULL PRIMARY KEY, -- HMAC(consultation key, voice, idempotency key)
    consultation_id UUID NOT NULL,
    answer BYTEA NOT NULL -- sealed under the consultation key; gone at the deadline
);
CREATE INDEX voice_replay_by_consultation ON voice_replay (consultation_id);

CREATE TABLE release (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    number INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    cut_off DATE NOT NULL,
    comments INTEGER NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL, -- over the parts in order
    UNIQUE (consultation_id, number)
);

CREATE TABLE release_part (
    release_id UUID NOT NULL, -- written before its release, which comes last
    ordinal INTEGER NOT NULL,
    lines TEXT COLLATE "C" NOT NULL, -- one JSON object a line
    PRIMARY KEY (release_id, ordinal)
);
