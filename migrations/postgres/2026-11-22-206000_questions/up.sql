-- What members are asked beside the draft.
CREATE TABLE question (
    id UUID NOT NULL PRIMARY KEY,
    consultation_id UUID NOT NULL REFERENCES consultation (id),
    ordinal INTEGER NOT NULL,
    block_key TEXT COLLATE "C", -- none: it stands on its own
    kind TEXT COLLATE "C" NOT NULL,
    wording TEXT COLLATE "C" NOT NULL,
    help TEXT COLLATE "C" NOT NULL,
    options TEXT COLLATE "C" NOT NULL, -- JSON list of texts
    offers_other BOOLEAN NOT NULL,
    offers_no_answer BOOLEAN NOT NULL,
    scale TEXT COLLATE "C" -- JSON {from, to, from_words, to_words}
);
CREATE INDEX question_by_consultation ON question (consultation_id, ordinal);

-- Hangs on a voice, as a comment does.
CREATE TABLE answer (
    key BIGINT NOT NULL PRIMARY KEY, -- random; also SQLite's rowid
    id BIGINT NOT NULL, -- random; kept when the answer changes
    consultation_id UUID NOT NULL,
    voice_id UUID NOT NULL REFERENCES voice (id),
    question_id UUID NOT NULL REFERENCES question (id),
    given TEXT COLLATE "C" NOT NULL, -- choices with commas between: numbers, other, no_answer
    words TEXT COLLATE "C" NOT NULL,
    permission TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    is_late BOOLEAN NOT NULL,
    reader_tag BYTEA NOT NULL,
    receipt TEXT COLLATE "C" NOT NULL,
    batch_on DATE, -- the date it reached the desks; never a time
    is_withdrawn BOOLEAN NOT NULL -- at the desks until the next batch, then gone
);
CREATE INDEX answer_by_id ON answer (id);
CREATE INDEX answer_by_voice ON answer (voice_id, batch_on);
CREATE INDEX answer_by_batch ON answer (consultation_id, batch_on);
CREATE INDEX answer_by_question ON answer (question_id, key);
CREATE INDEX answer_by_receipt ON answer (receipt);

ALTER TABLE release ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE release_part ADD COLUMN holds TEXT COLLATE "C" NOT NULL DEFAULT 'comments';
