-- The version up to which its writer has said that a comment still holds.
ALTER TABLE comment ADD COLUMN confirmed_in INTEGER;
-- Names that could point to a writer, one on a line, for the note she gets before sending.
ALTER TABLE consultation ADD COLUMN identifying_words TEXT COLLATE "C" NOT NULL DEFAULT '';
