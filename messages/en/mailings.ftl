## Mailings: what is planned, writing one, trying it out, sending it

mailings-title = { $title }: mailings
mailings-what = Mailing
mailings-to = To
mailings-when = When
mailings-state = State
mailings-counts = Messages
mailings-none = No mail is planned yet.
mailings-standard-what = The usual mailings are an invitation, reminders 7, 3 and 1 days before the deadline at half past nine, and thanks after closing. What is already past is left out. You can change or cancel each of them.
mailings-standard-do = Plan the usual mailings

mailing-kind-invitation = Invitation
mailing-kind-reminder = Reminder
mailing-kind-closing_soon = Last reminder
mailing-kind-thanks = Thanks
mailing-kind-update = Update
mailing-kinds = Kinds of mailing
mailing-kind-means-invitation = Asks members to read the draft and say what they think.
mailing-kind-means-reminder = Goes to everybody you choose, whether they have answered or not, except to those who said no more reminders.
mailing-kind-means-closing_soon = A last reminder shortly before the deadline. Those who said no more reminders do not get it.
mailing-kind-means-thanks = Thanks everybody, also those who said no more reminders.
mailing-kind-means-update = Tells everybody some news, also those who said no more reminders.
mailing-write-invitation = Write an invitation
mailing-write-reminder = Write a reminder
mailing-write-closing_soon = Write a last reminder
mailing-write-thanks = Write thanks
mailing-write-update = Write an update

mailing-to-everybody = Everybody invited
mailing-to-some = Some teams
mailing-to-more = { $teams } and { $more } more
mailing-when-days = { $days ->
    [one] 1 day before the deadline
   *[other] { $days } days before the deadline
}
mailing-when-days-follows = { $days ->
    [one] 1 day before the deadline, and moves with it
   *[other] { $days } days before the deadline, and moves with it
}
mailing-when-follows = moves with the deadline

mailing-state-planned = planned
mailing-state-sending = being sent
mailing-state-paused = paused
mailing-state-held = held
mailing-state-sent = sent
mailing-state-cancelled = cancelled
mailing-state-left_out = left out
mailing-means-sending = The messages are going out now. You can leave this page.
mailing-means-paused = Nothing more of this goes out until you say so.
mailing-means-held = This should have gone out while the server was not running, or before the consultation opened. It waits until you look at it: send it, change it or cancel it.
mailing-means-cancelled = What had not gone when it was cancelled will not go.
mailing-means-left_out = Its time came before the consultation opened, so it was left out.

# One state of the messages, and what it means.
mailing-count-queued = waiting
mailing-count-claimed = being sent
mailing-count-in_data = being sent
mailing-count-retry = will be tried again
mailing-count-sent = handed over
mailing-count-failed = failed
mailing-count-uncertain = uncertain
mailing-count-not_sent = not sent
mailing-count-cancelled = cancelled
mailing-count-joined = waiting, handed over or left out
mailing-count-means-queued = Their turn has not come yet.
mailing-count-means-claimed = A worker has them in hand at this moment.
mailing-count-means-in_data = They are on the wire at this moment.
mailing-count-means-retry = The mail server said not now. We try again by ourselves, up to eight times.
mailing-count-means-sent = The mail server has taken them. It cannot tell us if they were read.
mailing-count-means-failed = The mail server refused them, or we gave up after eight tries.
mailing-count-means-uncertain = The connection broke at the last moment. They may have arrived or not, so we do not send them again unasked.
mailing-count-means-not_sent = Left out at the last moment, for instance because somebody wants no more reminders. We do not tell the reasons apart.
mailing-count-means-cancelled = They had not gone when the mailing was cancelled.
mailing-count-means-joined = One number on purpose: who wants no more reminders has often finished, and a number for a team would tell how many.
mailing-delivery = What became of the messages
mailing-messages = Messages
mailing-means = What that means
mailing-missed = Whom it has not reached
mailing-missed-more = Further names
mailing-trouble = What the mail server said

mailing-who = Who gets it
mailing-recipients = { $count ->
    [one] 1 member gets it.
   *[other] { $count } members get it.
}
mailing-recipients-most = { $count ->
    [one] 1 member gets it at most.
   *[other] { $count } members get it at most.
}
mailing-no-address = { $count ->
    [one] 1 member has no mail address and does not get it.
   *[other] { $count } members have no mail address and do not get it.
}
mailing-left = { $count ->
    [one] 1 member has left the union and does not get it.
   *[other] { $count } members have left the union and do not get it.
}
mailing-no-more = Whoever said no more reminders is left out. We show no number for that, because it would tell how many have finished.
mailing-unfinished-only = It goes only where at least 8 in a team are still wanted. Who they are is worked out when it is sent, and shown to nobody.

mailing-preview = What it says
mailing-preview-team = As a member of
mailing-preview-show = Show
mailing-made-up-name = a member
mailing-test = Send a test to me
mailing-test-what = It goes to your own account’s address and to nobody else. Its link leads to the public page.
mailing-test-subject = [Test] { $subject }

mailing-send = Send now
mailing-edit = Change
mailing-pause = Pause
mailing-resume = Go on
mailing-cancel = Cancel this mailing
mailing-send-title = Send this now?
mailing-send-what = It goes out at once. What has gone cannot be called back.
mailing-send-do = Send it now
mailing-send-keep = Not now
mailing-cancel-title = Cancel this mailing?
mailing-cancel-whole = { $count ->
    [one] It will not go to the 1 member who would get it. You can plan another.
   *[other] It will not go to the { $count } members who would get it. You can plan another.
}
mailing-cancel-begun = Part of it may have gone already. That cannot be called back. The rest will not go.
mailing-cancel-do = Cancel the mailing
mailing-cancel-keep = Keep it
mailing-last = The last mail to members went out { $when }.
mailing-last-never = No mail has left yet.
mailing-soon = That was less than two days ago. People switch off reminders that come too often.

mailing-edit-title = Change a mailing
mailing-body = Message
mailing-body-hint = Write as you would in a mail. **Two stars** make words bold, a line that begins with a dash makes a list.
mailing-fields = Fields
mailing-field-name = The member’s name
mailing-field-team = Her team, or teams
mailing-field-title = The consultation’s title
mailing-field-deadline = When comments close
mailing-field-link = Her personal link
mailing-fields-shell = The deadline, the button with the personal link, the contact and “no more reminders” are added to every mail by themselves.
mailing-to-whom = To whom
mailing-choose-teams = Choose the teams
mailing-teams-hint = A team stands for all teams under it too. Whoever is in two of them gets one copy.
mailing-audience = Who in these teams
mailing-audience-everyone = Everyone
mailing-audience-everyone-line = Except those who said no more reminders, where it is a reminder.
mailing-audience-not_finished = Only those who have not finished
mailing-audience-not_finished-line = Only where at least 8 in a team are wanted, and with rough counts. People may then feel watched.
mailing-audience-not_finished-short = only those who have not finished
mailing-timing-now = Now, after one more look
mailing-timing-at = At a date and time
mailing-timing-before_deadline = So many days before the deadline
mailing-timing-at_opening = When the consultation opens
mailing-timing-after_closing = After closing, when the last words are in
mailing-date = Date
mailing-time = Time
mailing-days = Days before
mailing-follows-hint = The deadline is { $deadline }. If you move it, this mailing moves too.
mailing-notes = Other words for a team
mailing-notes-hint = They stand under the message, for this team and the teams under it, and nobody else sees them.
mailing-note-for = For { $team }
mailing-note-team = Add other words for
mailing-note-add = Add
mailing-save = Save as planned
mailing-preview-do = Preview

mailing-done-saved = Saved. It goes out when its time comes.
mailing-done-standard = Planned. Look at each of them and change what you like.
mailing-done-test = A test is on its way to you. If it does not come in a few minutes, look for trouble with the mail server.
mailing-done-sending = It is going out now.
mailing-done-paused = Paused. Nothing more goes out.
mailing-done-resumed = It goes on.
mailing-done-cancelled = Cancelled. What has not gone will not go.

mail-kind-trial = test

problem-send_at-not-a-time = Give a date and a time.
problem-send_at-past = That time has passed. Choose a later one.
problem-before_deadline-not-a-duration = Give a number of days, such as 3.
problem-before_deadline-past = That many days before the deadline is already past.
problem-at_time-not-a-time-of-day = Give a time of day, such as 09:30.
problem-teams-missing = Choose at least one team, or everybody.
mailing-done-again = They are going out again.
mailing-again = Send the uncertain ones again
mailing-again-what = Nobody knows whether the uncertain messages arrived. If you send them again, some members may get a second copy; most mail programs show it once.
mail-trouble-title = No mail leaves at present
mail-trouble-how = This is nobody’s fault among the members, and nothing is lost: all mail waits. It has been so since { $since }. The next try is on { $next }.
