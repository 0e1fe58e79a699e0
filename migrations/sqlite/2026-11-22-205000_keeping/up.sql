-- Words that a member typed and has not sent. Nothing here names her, and there is no time: the
-- rows hang on her voices by the consultation's key alone, and go when sent, at the latest at the
-- deadline.
CREATE TABLE voice_kept (
    key_hash BLOB NOT NULL PRIMARY KEY, -- HMAC(consultation key, voice, link generation, place, page)
    shelf BLOB NOT NULL, -- HMAC(consultation key, voice, link generation)
    consultation_id BLOB NOT NULL,
    revision INTEGER NOT NULL, -- drawn anew at each change, so that whoever names it has seen it
    words BLOB NOT NULL -- sealed under the consultation key
) STRICT, WITHOUT ROWID;
CREATE INDEX voice_kept_by_shelf ON voice_kept (shelf);
CREATE INDEX voice_kept_by_consultation ON voice_kept (consultation_id);

-- The next version of a document while staff write it in the browser.
CREATE TABLE working_text (
    document_id BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    base_version_id BLOB NOT NULL, -- the version whose passages it refers to
    markdown TEXT NOT NULL,
    revision INTEGER NOT NULL,
    staff_id BLOB NOT NULL REFERENCES staff (id), -- who saved it last
    saved_at TEXT NOT NULL
) STRICT;

-- Who has a document open to write in it.
CREATE TABLE working_open (
    document_id BLOB NOT NULL REFERENCES document (id),
    staff_id BLOB NOT NULL REFERENCES staff (id),
    seen_at TEXT NOT NULL,
    PRIMARY KEY (document_id, staff_id)
) STRICT;
