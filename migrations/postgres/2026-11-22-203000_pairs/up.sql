-- Which passages of the proposal and of the employer's text answer each other.
CREATE TABLE clause_pair (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    ours TEXT COLLATE "C" NOT NULL, -- block keys joined by " "
    theirs TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    ours_figure TEXT COLLATE "C" NOT NULL,
    theirs_figure TEXT COLLATE "C" NOT NULL,
    score INTEGER NOT NULL -- per mille
);
CREATE INDEX clause_pair_by_consultation ON clause_pair (consultation_id);

CREATE TABLE pairing (
    consultation_id UUID NOT NULL PRIMARY KEY REFERENCES consultation (id),
    revision INTEGER NOT NULL -- rises whenever a pair changes
);
