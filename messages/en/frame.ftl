# What Soundings says, in British English. Short sentences, plain words, no
# exclamation marks. Values in braces are set in by the page; an id once given
# keeps its meaning, because other languages will follow it.

product = Soundings
skip = Go to the main part of the page
back = Back
back-draft = Back to the draft
whole-draft = The whole draft
error-prefix = Error:
errors-title = There is a problem

## The frame of every page

nav-member = Your consultation
nav-draft = The draft
nav-mine = Your response
nav-staff = Staff
nav-desk = Consultations
nav-sign-out = Sign out
footer-contact = Questions? Ask
who-sees-link = Who can see what
stop-link = No more reminders
lost-link = I have lost my link
printed-link = I have a printed code
join-title = Not a member yet?
join-link = Join the union

## Dates and times

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
month-january = January
month-february = February
month-march = March
month-april = April
month-may = May
month-june = June
month-july = July
month-august = August
month-september = September
month-october = October
month-november = November
month-december = December
date-day = { $weekday } { $day } { $month }
date-and-time = { $date }, { $time }
date-end-of = the end of { $date }
time-am = { $clock } am
time-pm = { $clock } pm
time-noon = noon
left-days = { $count ->
    [one] 1 day left
   *[other] { $count } days left
}
left-hours = { $count ->
    [one] 1 hour left
   *[other] { $count } hours left
}
left-minutes = { $count ->
    [one] 1 minute left
   *[other] { $count } minutes left
}
left-moment = less than a minute left
left-closed = closed
deadline-closes-at = Comments close { $date } at { $time }
deadline-closes-end-of = Comments close at the end of { $date }
deadline-closed-at = Comments closed { $date } at { $time }
deadline-closed-end-of = Comments closed at the end of { $date }
deadline-progress = Time gone between opening and closing
