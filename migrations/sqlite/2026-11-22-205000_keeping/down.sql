DROP TABLE working_open;
DROP TABLE working_text;
DROP TABLE voice_kept;
