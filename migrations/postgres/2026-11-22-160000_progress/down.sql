DROP INDEX comment_by_voice;
CREATE INDEX comment_by_voice ON comment (voice_id);
