-- Pictures of drafts: each once, under the SHA-256 of its bytes.
CREATE TABLE picture (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL, -- image/png
    bytes BYTEA NOT NULL
);

CREATE TABLE version_picture (
    version_id UUID NOT NULL REFERENCES version (id),
    hash TEXT COLLATE "C" NOT NULL REFERENCES picture (hash),
    PRIMARY KEY (version_id, hash)
);
CREATE INDEX version_picture_by_hash ON version_picture (hash);

-- Comments that stood in a file that was brought in; nobody's name is kept.
CREATE TABLE file_comment (
    version_id UUID NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL,
    block_key TEXT COLLATE "C" NOT NULL,
    quote TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (version_id, ordinal)
);

-- A file between its preview and its storing, sealed; gone after two hours.
CREATE TABLE brought_file (
    mark BYTEA NOT NULL PRIMARY KEY, -- of the token in the form
    sealed BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
