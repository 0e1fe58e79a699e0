-- What meetings and paper slips said, and people who ask to take part.

-- Names no member and hangs on no voice: its recorder is a role and a tag that only her own link,
-- with the consultation's key, can make again.
CREATE TABLE group_response (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    source TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    label_id UUID REFERENCES label (id), -- of one team: its label
    team_id UUID REFERENCES team (id), -- of a whole service; with neither: of several teams
    place TEXT COLLATE "C" NOT NULL,
    held_on DATE NOT NULL,
    present INTEGER NOT NULL, -- of paper slips nothing: they are counted
    in_favour INTEGER,
    against INTEGER,
    unsure INTEGER,
    dissent TEXT COLLATE "C" NOT NULL,
    told_by TEXT COLLATE "C" NOT NULL, -- who may be asked, given openly
    recorded_by TEXT COLLATE "C" NOT NULL,
    recorder_tag BYTEA
);
CREATE INDEX group_response_by_consultation ON group_response (consultation_id);

CREATE TABLE group_point (
    key BIGINT NOT NULL PRIMARY KEY, -- random: says nothing about order
    group_response_id UUID NOT NULL REFERENCES group_response (id),
    slip BIGINT, -- random, shared by the points of one slip
    document_id UUID NOT NULL REFERENCES document (id),
    version_number INTEGER NOT NULL,
    block_key TEXT COLLATE "C",
    position TEXT COLLATE "C",
    words TEXT COLLATE "C" NOT NULL,
    permission TEXT COLLATE "C" NOT NULL
);
CREATE INDEX group_point_by_group ON group_point (group_response_id);

-- Somebody who is not on the list and asks to take part. Gone once she is answered.
CREATE TABLE join_request (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    name TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL,
    team_id UUID NOT NULL REFERENCES team (id),
    says_member TEXT COLLATE "C" NOT NULL,
    membership_number TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    asked_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    invitation_id UUID REFERENCES invitation (id) -- once she is let in
);
CREATE INDEX join_request_by_consultation ON join_request (consultation_id);

-- The employer's mail domains, one a line: for a warning beside a request.
CREATE TABLE joining (
    consultation_id UUID NOT NULL PRIMARY KEY REFERENCES consultation (id),
    employer_domains TEXT COLLATE "C" NOT NULL
);
