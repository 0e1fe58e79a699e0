-- Words that a member typed and has not sent. Nothing here names her, and there is no time: the
-- rows hang on her voices by the consultation's key alone, and go when sent, at the latest at the
-- deadline.
CREATE TABLE voice_kept (
    key_hash BYTEA NOT NULL PRIMARY KEY, -- HMAC(consultation key, voice, link generation, place, page)
    shelf BYTEA NOT NULL, -- HMAC(consultation key, voice, link generation)
    consultation_id UUID NOT NULL,
    revision BIGINT NOT NULL, -- drawn anew at each change, so that whoever names it has seen it
    words BYTEA NOT NULL -- sealed under the consultation key
);
CREATE INDEX voice_kept_by_shelf ON voice_kept (shelf);
CREATE INDEX voice_kept_by_consultation ON voice_kept (consultation_id);

-- The next version of a document while staff write it in the browser.
CREATE TABLE working_text (
    document_id UUID NOT NULL PRIMARY KEY REFERENCES document (id),
    base_version_id UUID NOT NULL, -- the version whose passages it refers to
    markdown TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    staff_id UUID NOT NULL REFERENCES staff (id), -- who saved it last
    saved_at TIMESTAMPTZ NOT NULL
);

-- Who has a document open to write in it.
CREATE TABLE working_open (
    document_id UUID NOT NULL REFERENCES document (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (document_id, staff_id)
);
