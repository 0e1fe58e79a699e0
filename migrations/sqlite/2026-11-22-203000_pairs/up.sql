-- Which passages of the proposal and of the employer's text answer each other.
CREATE TABLE clause_pair (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    ours TEXT NOT NULL, -- block keys joined by " "
    theirs TEXT NOT NULL,
    state TEXT NOT NULL,
    ours_figure TEXT NOT NULL,
    theirs_figure TEXT NOT NULL,
    score INTEGER NOT NULL -- per mille
) STRICT;
CREATE INDEX clause_pair_by_consultation ON clause_pair (consultation_id);

CREATE TABLE pairing (
    consultation_id BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
    revision INTEGER NOT NULL -- rises whenever a pair changes
) STRICT;
