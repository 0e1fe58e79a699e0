-- Pages count a mailing's messages by state, and look whether one member got one, without reading them.
CREATE INDEX outbox_by_mailing ON outbox (mailing_id, state, member_id);
