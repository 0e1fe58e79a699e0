-- Pictures of drafts: each once, under the SHA-256 of its bytes.
CREATE TABLE picture (
    hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL, -- image/png
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE version_picture (
    version_id BLOB NOT NULL REFERENCES version (id),
    hash TEXT NOT NULL REFERENCES picture (hash),
    PRIMARY KEY (version_id, hash)
) STRICT;
CREATE INDEX version_picture_by_hash ON version_picture (hash);

-- Comments that stood in a file that was brought in; nobody's name is kept.
CREATE TABLE file_comment (
    version_id BLOB NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL,
    block_key TEXT NOT NULL,
    quote TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (version_id, ordinal)
) STRICT;

-- A file between its preview and its storing, sealed; gone after two hours.
CREATE TABLE brought_file (
    mark BLOB NOT NULL PRIMARY KEY, -- of the token in the form
    sealed BLOB NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
