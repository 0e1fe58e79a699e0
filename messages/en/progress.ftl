## How a consultation is doing

progress-title = { $title }: progress
progress-invited-count = { $count ->
    [one] 1 member is invited.
   *[other] { $count } members are invited.
}
progress-responded = { $count } have answered, by the last count. We count once a day at most, so that no time gives anybody away.
progress-few = How many have answered is shown from 10 on.
progress-do-deadline = Give more time
progress-do-close = Close now
progress-moved = The deadline is moved.
progress-closed = Comments are closed. All words are at the negotiators’ desk.
progress-teams = Teams
progress-teams-how = The quietest come first. Small teams stand together, so that no band tells of fewer than 8 people.
progress-bars-how = In the bars, the full part has answered, the hatched part is silent, and the pale part is one or the other.
progress-headcount = Work there
progress-invited = Invited
progress-band = Have answered
progress-write = Write to them
progress-write-team = : { $team }
progress-more = More teams
progress-delivery = Mail
progress-delivery-how = Everybody is counted once.
progress-members = Members
progress-number = Number
progress-reach = See teams and names
progress-days = Answers by day
progress-days-how = How many members had answered, by the day on which their words reached the desks.
progress-days-table = The same as a table
progress-day = Day
progress-responses = New
progress-so-far = In all
progress-no-days = The days are shown from 10 answers on, so that nobody can be picked out.

next-prepare = This consultation is not open, so nobody is invited yet. Bring in the member list and the draft, then open it.
next-prepare-do = Go to your consultations
next-invite = It is open, and no mail has left yet. See whether the invitation is on its way, or write it.
next-invite-do = See the mailings
next-silent = Hardly anybody has answered so far. Pass the address on in your groups, or hang up the poster.
next-silent-do = Share it

## Whom mail reaches

reach-title = Whom mail reaches
reach-teams = Team by team
reach-reached = Reached
reach-waiting = Waiting
reach-failed = Came back
reach-no_address = No address
reach-total = Everybody
reach-several = In several teams
reach-more = More teams
reach-names = Whom mail does not reach
reach-names-how = This is about mail alone. It does not tell who has answered.
reach-all = Mail reaches everybody to whom it was sent.
reach-none-sent = No mail has left yet. See whether the invitation is on its way, or write it.
reach-why = Why
reach-do = What to do
reach-why-no_address = There is no mail address for this member.
reach-why-failed = The mail came back or was refused.
reach-do-no_address = Hand over the printed code, or add an address to the member list.
reach-do-failed = Call, ask for the right address, and correct it in the member list.
reach-further = { $count ->
    [one] 1 more name is on the call sheets.
   *[other] { $count } more names are on the call sheets.
}
reach-calls = Call sheets to print

## The call sheets

calls-title = Call sheets
calls-how = One sheet for each team, with those whom mail does not reach. Print this page and hand the sheets to people who know the team.
calls-none = Mail reaches everybody to whom it was sent, so there is nobody to call.
calls-of = { $title }. Comments close: { $deadline }.
calls-number = Membership number
calls-why = Why mail does not reach this member
calls-no_address = No mail address. Hand over the printed code.
calls-failed = Mail came back. Ask for the right address.
calls-notes = Notes
calls-careful = Please do not ask whether somebody has answered, or what they said. Destroy this sheet afterwards.
calls-codes = Printed codes for members without an address

## Printed codes

codes-title = Printed codes
codes-count = { $count ->
    [one] 1 member has no mail address.
   *[other] { $count } members have no mail address.
}
codes-what = A printed code opens the draft in that member’s name, as a personal link does. Give each slip to its own person only, and do not photograph or copy them. It is noted that you have looked at them.
codes-none = Every member who is invited has a mail address, so nobody needs a printed code.
codes-do = { $count ->
    [one] Show the code
   *[other] Show { $count } codes
}
slips-how = Print this page and cut along the lines. Close it afterwards.
slips-go = Go to
slips-code = press “I have a printed code” and type
slips-until = Comments close: { $deadline }. Please keep this code to yourself.

## More time

extend-title = Give more time
extend-now = Comments close: { $deadline }. An open deadline can only be moved later, because members rely on it.
extend-date = New day
extend-time = Time
extend-time-hint = The time in { $zone }. Leave it empty for the end of the day.
extend-reason = Why
extend-reason-hint = Members read it, if you write to them. It is kept in the record of what staff did.
extend-notify = Write to everybody invited now?
extend-notify-yes = Yes, send them a mail
extend-notify-yes-line = It says the new deadline and your reason.
extend-notify-no = No
extend-notify-no-line = They see the new deadline when they open their link.
extend-check = See what happens
extend-check-title = Move the deadline?
extend-from = The present deadline
extend-to = The new deadline
extend-reason-given = The reason
extend-told = { $count ->
    [0] No mail goes out, because no member has an address.
    [one] 1 member gets a mail now.
   *[other] { $count } members get a mail now.
}
extend-not-told = No mail goes out now.
extend-moved = { $count ->
    [0] No planned mailing moves with the deadline.
    [one] 1 planned mailing moves with the deadline:
   *[other] { $count } planned mailings move with the deadline:
}
extend-mail-from = Was due
extend-mail-to = Will be due
extend-final = It cannot be moved back to an earlier time.
extend-do = Move the deadline
extend-change = Change something
problem-deadline-missing = Choose a day.
problem-deadline-not-a-time = Choose a day, and a time such as 17:00.
problem-deadline-past = Choose a time that is still to come.
problem-deadline-not-later = Choose a time after the present deadline.
problem-reason-missing = Give a reason.
problem-notify-missing = Choose if members get a mail now.

## Closing

close-title = Close this consultation?
close-early = The deadline has not come yet: { $deadline }. Members were told that they have until then.
close-silent = { $count ->
    [one] In 1 team fewer than a quarter have answered:
   *[other] In { $count } teams fewer than a quarter have answered:
}
close-none-silent = No team is shown as under 25 %.
close-happens = What happens when you close
close-comments = Nobody can comment, change or withdraw anything from that moment on.
close-words = All words that still wait reach the negotiators’ desk at once.
close-thanks-now = { $count ->
    [one] The thanks go out now, to 1 member.
   *[other] The thanks go out now, to { $count } members.
}
close-thanks-at = { $count ->
    [one] The thanks go out to 1 member: { $time }.
   *[other] The thanks go out to { $count } members: { $time }.
}
close-no-thanks = No thanks are planned, so members hear nothing of it unless you write to them.
close-write-thanks = Write the thanks first
close-cancelled = { $count ->
    [0] No other mailing is planned.
    [one] 1 planned mailing that asks for answers is cancelled.
   *[other] { $count } planned mailings that ask for answers are cancelled.
}
close-final = This cannot be undone.
close-reason = Why before the deadline?
close-reason-hint = It is kept in the record of what staff did.
close-do = Close now
close-keep = Keep it open
