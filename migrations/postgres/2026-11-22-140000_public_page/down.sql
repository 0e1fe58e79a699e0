ALTER TABLE consultation DROP COLUMN public_page;
