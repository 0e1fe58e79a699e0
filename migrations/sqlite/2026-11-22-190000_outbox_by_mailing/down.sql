DROP INDEX outbox_by_mailing;
