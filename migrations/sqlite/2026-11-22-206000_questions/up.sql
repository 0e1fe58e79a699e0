-- What members are asked beside the draft.
CREATE TABLE question (
    id BLOB NOT NULL PRIMARY KEY,
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    ordinal INTEGER NOT NULL,
    block_key TEXT, -- none: it stands on its own
    kind TEXT NOT NULL,
    wording TEXT NOT NULL,
    help TEXT NOT NULL,
    options TEXT NOT NULL, -- JSON list of texts
    offers_other INTEGER NOT NULL,
    offers_no_answer INTEGER NOT NULL,
    scale TEXT -- JSON {from, to, from_words, to_words}
) STRICT;
CREATE INDEX question_by_consultation ON question (consultation_id, ordinal);

-- Hangs on a voice, as a comment does.
CREATE TABLE answer (
    key INTEGER NOT NULL PRIMARY KEY, -- random; also SQLite's rowid
    id INTEGER NOT NULL, -- random; kept when the answer changes
    consultation_id BLOB NOT NULL,
    voice_id BLOB NOT NULL REFERENCES voice (id),
    question_id BLOB NOT NULL REFERENCES question (id),
    given TEXT NOT NULL, -- choices with commas between: numbers, other, no_answer
    words TEXT NOT NULL,
    permission TEXT NOT NULL,
    source TEXT NOT NULL,
    is_late INTEGER NOT NULL,
    reader_tag BLOB NOT NULL,
    receipt TEXT NOT NULL,
    batch_on TEXT, -- the date it reached the desks; never a time
    is_withdrawn INTEGER NOT NULL -- at the desks until the next batch, then gone
) STRICT;
CREATE INDEX answer_by_id ON answer (id);
CREATE INDEX answer_by_voice ON answer (voice_id, batch_on);
CREATE INDEX answer_by_batch ON answer (consultation_id, batch_on);
CREATE INDEX answer_by_question ON answer (question_id, key);
CREATE INDEX answer_by_receipt ON answer (receipt);

ALTER TABLE release ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE release_part ADD COLUMN holds TEXT NOT NULL DEFAULT 'comments';
