-- What an organiser corrected by hand in the matches of a version that is not published yet: enough
-- to undo it, last first. Goes with the version when another text takes its place.
CREATE TABLE match_correction (
    version_id UUID NOT NULL REFERENCES version (id),
    ordinal INTEGER NOT NULL, -- from 1, as they were made
    before TEXT COLLATE "C" NOT NULL, -- JSON: the links and keys as they were
    PRIMARY KEY (version_id, ordinal)
);
