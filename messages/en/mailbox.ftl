## The demonstration's mailbox

mailbox-title = The demonstration’s mailbox
mailbox-what = No mail leaves this machine. What would have been sent is kept here, newest first.
mailbox-search = Search for an address or a subject
mailbox-search-do = Search
mailbox-count = { $count } of { $total } mails. Search to find another.
mailbox-none = No mail fits. Try another search.
mail-subject = Subject
mail-to = To
mail-kind = Kind
mail-when = When
mail-html = See it as a page
mail-kind-invitation = invitation
mail-kind-reminder = reminder
mail-kind-closing_soon = closing soon
mail-kind-thanks = thanks
mail-kind-update = update
mail-kind-link_again = link again
mail-kind-code = code
mail-kind-other = other
