ALTER TABLE release_part DROP COLUMN holds;
ALTER TABLE release DROP COLUMN answers;
DROP TABLE answer;
DROP TABLE question;
