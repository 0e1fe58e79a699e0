-- Who finds the public page: by_link (whoever has the address), listed (on the front page too),
-- indexed (search engines may list it as well).
ALTER TABLE consultation ADD COLUMN public_page TEXT NOT NULL DEFAULT 'by_link';
