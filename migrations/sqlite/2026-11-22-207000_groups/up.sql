-- What meetings and paper slips said, and people who ask to take part.

-- Names no member and hangs on no voice: its recorder is a role and a tag that only her own link,
-- with the consultation's key, can make again.
CREATE TABLE group_response (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    label_id BLOB REFERENCES label (id), -- of one team: its label
    team_id BLOB REFERENCES team (id), -- of a whole service; with neither: of several teams
    place TEXT NOT NULL,
    held_on TEXT NOT NULL,
    present INTEGER NOT NULL, -- of paper slips nothing: they are counted
    in_favour INTEGER,
    against INTEGER,
    unsure INTEGER,
    dissent TEXT NOT NULL,
    told_by TEXT NOT NULL, -- who may be asked, given openly
    recorded_by TEXT NOT NULL,
    recorder_tag BLOB
) STRICT;
CREATE INDEX group_response_by_consultation ON group_response (consultation_id);

CREATE TABLE group_point (
    key INTEGER NOT NULL PRIMARY KEY, -- random: says nothing about order
    group_response_id BLOB NOT NULL REFERENCES group_response (id),
    slip INTEGER, -- random, shared by the points of one slip
    document_id BLOB NOT NULL REFERENCES document (id),
    version_number INTEGER NOT NULL,
    block_key TEXT,
    position TEXT,
    words TEXT NOT NULL,
    permission TEXT NOT NULL
) STRICT;
CREATE INDEX group_point_by_group ON group_point (group_response_id);

-- Somebody who is not on the list and asks to take part. Gone once she is answered.
CREATE TABLE join_request (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    team_id BLOB NOT NULL REFERENCES team (id),
    says_member TEXT NOT NULL,
    membership_number TEXT NOT NULL,
    state TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    asked_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    invitation_id BLOB REFERENCES invitation (id) -- once she is let in
) STRICT;
CREATE INDEX join_request_by_consultation ON join_request (consultation_id);

-- The employer's mail domains, one a line: for a warning beside a request.
CREATE TABLE joining (
    consultation_id BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
    employer_domains TEXT NOT NULL
) STRICT;
