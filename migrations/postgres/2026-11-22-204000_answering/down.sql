ALTER TABLE consultation DROP COLUMN identifying_words;
ALTER TABLE comment DROP COLUMN confirmed_in;
