-- Whether a voice has reached the desks, and on which day first, is answered by the index alone.
DROP INDEX comment_by_voice;
CREATE INDEX comment_by_voice ON comment (voice_id, batch_on);
