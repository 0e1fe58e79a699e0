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
nav-sign-out = Sign out { $name }
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

## The front door

front-title = Say what you think before your union decides
front-what = Your branch has written a draft and wants to know what its members make of it.
front-how = Read it on your phone, comment on the parts that matter to you, or say that you have nothing to add.
front-safe = Your words go to your negotiators under the name of your team, not under yours.
front-open = Open now
front-none = No consultation has a public page at the moment. If you were sent a link, it still works.
front-enter = Take part
front-enter-link = Open the link in the mail that your branch sent you. There is no account and no password.

## A consultation's public page

public-read = Read the draft
public-part = How to take part
public-how = Members of the teams concerned got a mail with a personal link. It opens the draft, and you can comment in two minutes.
public-contact = No mail and no code? Ask
public-join = Only members can comment. You can join today.

## The personal link

letter-title = Letter from your branch
letter-team = Which team are you answering for?
letter-team-hint = You are in more than one. You answer once, and your choice holds for this consultation.
letter-closed = You can no longer comment. You can still read the draft and what you said.
letter-read = Read the draft
letter-read-comment = Read the draft and comment

## The promise, in two lines

panel-negotiators = Negotiators see your words under “{ $label }”. In confidence means that nobody using Soundings can see who wrote them.
panel-named = Negotiators see your words under “{ $label }” with your name beside them, as you chose.
panel-negotiators-unnamed = Negotiators see your words under the name of your team. In confidence means that nobody using Soundings can see who wrote them.
panel-limits = This is confidential, not anonymous: how you write, or a detail you give, can point to you.
panel-organisers = Organisers see roughly how many in a team have answered, never who.

## The draft

read-version = Version { $number }, { $date }.
read-note = { $note }
read-letter = Letter from your branch
read-draft = The draft
read-how = Press “Comment” beside any part. One tap is already an answer.
read-own = { $count ->
    [one] You have sent 1 comment.
   *[other] You have sent { $count } comments.
}
read-finished = { $count ->
    [0] You said that you have nothing to add.
    [one] You have finished, with 1 comment.
   *[other] You have finished, with { $count } comments.
}
read-own-link = See your response
read-closed = You can still read the draft.
read-public = To comment, open the link in the mail from your branch.
read-ways = Two more things you can do
read-whole = Comment on the whole draft
read-nothing = I have read it and have nothing to add
read-finish = I have finished
table-number = Table { $number }
mark-comment = Comment on { $number }
mark-more = Say more on { $number }
mark-own = { $count ->
    [one] { $number }: your comment
   *[other] { $number }: your { $count } comments
}
passage-show = See { $number } in the draft

## Writing a comment

comment-title = Comment on { $number }
comment-whole-title = Comment on the whole draft
comment-change-title = Change your comment on { $number }
comment-change-whole-title = Change your comment on the whole draft
comment-newer = This part has a newer text, shown here. Your words are still below. Please check that they still fit.
comment-quote = About these words:
position-question = What do you think?
position-support = I support this
position-support_if = I would support it if…
position-oppose = I am against it
position-neutral = Neither, or I have a question
condition-label = I would support it if
body-label = In your words (you can leave this empty)
body-hint = Say why, or what it would mean for your work. Leave out names and details that point to one person.
new-wording-summary = Suggest other wording
new-wording-label = How should it read?
said-condition = Support if
said-new-wording = Other wording
permission-question = How may your words leave the union?
permission-hint = This holds for all that you say here. You can change it until comments close.
permission-word_for_word = Word for word
permission-word_for_word-line = Negotiators may quote me, without my name.
permission-paraphrase = In our words
permission-paraphrase-line = Negotiators may make my point, but not quote me.
permission-count_only = Just count me
permission-count_only-line = Only my position is counted. My words stay in the union.
confidence-question = Do you want to give your name?
confidence-in_confidence = In confidence
confidence-in_confidence-line = Negotiators see “{ $label }” beside my words.
confidence-with_my_name = With my name
confidence-with_my_name-line = Negotiators see my name as well.
comment-send = Send comment
comment-save = Save the change
comment-until = You can change it until { $deadline }.
comment-grace = Comments have closed. It can still go in, marked as late.

## Your response

mine-title = Your response
mine-code = You wrote on another device. To keep your words safe, this one does not show them yet.
mine-code-link = Show them, with a code by mail
mine-finished = You have finished. Your reference:
mine-comments = { $count ->
    [one] Your comment
   *[other] Your { $count } comments
}
mine-late = It came after the deadline and is marked as late.
mine-receipt = Receipt
mine-change = Change
mine-withdraw = Withdraw
mine-show = Show in the draft
mine-on = your comment on { $number }
mine-none = You have not said anything yet. Open the draft and press “Comment” beside a part that touches your work.
mine-nothing = You said that you have nothing to add. You can still comment until the deadline.
mine-start = Read the draft and comment
mine-choices = Your permission and your name
mine-choices-save = Save for all my comments
mine-finish = I have finished
mine-closed = Comments have closed, so this can no longer be changed.
state-moved = Written about version { $version }. The passage has moved since then.
state-reworded = Written about version { $version }. The passage was reworded since then.
state-split = Written about version { $version }. The passage was split since then.
state-merged = Written about version { $version }. The passage was joined with another since then.
state-gone = Written about version { $version }. The passage is no longer in the draft.
withdraw-title = Withdraw this comment?
withdraw-what = It is then deleted, and negotiators no longer see it. This cannot be undone.
withdraw-do = Withdraw the comment
withdraw-keep = Keep it

## Finishing

finish-title = Have you finished?
finish-what = { $count ->
    [0] What you sent is already with us. This only tells us that you are done.
    [one] Your comment is already with us. This only tells us that you are done.
   *[other] Your { $count } comments are already with us. This only tells us that you are done.
}
nothing-title = Nothing to add?
nothing-what = That counts as an answer too. It tells us that you have read the draft and want to leave it there.
finish-until = You can still comment or change your mind until { $deadline }.
finish-no-more-line = We will not remind you of this consultation again.
finish-do = I have finished
nothing-do = I have nothing to add

## The receipt

receipt-comment = We have your comment
receipt-changed = Your change is saved
receipt-finished = Thank you, you have finished
receipt-nothing = Thank you for reading it
receipt-reference = Your reference
receipt-keep = Only you know it. Keep it if you want to ask about this later.
receipt-read-on = Back to the draft
receipt-next = What happens next
receipt-next-batch = Your words reach the negotiators with those of other members, at most once a day, so that no time gives you away.
receipt-next-close = Then the negotiators sort and count what members said.
receipt-next-hear = Your branch then tells all members what was said and what came of it.
receipt-no-more = You will get no more reminders.
receipt-change = If you change your mind
receipt-change-how = You can change or withdraw what you said until { $deadline }.
receipt-join = A colleague who is not a member yet can join here:

## A further device, a lost link, a printed code

code-title = See all you have said
code-why = You wrote on another device. To show it here, we send a short code to your mail address.
code-ask = Send me a code
code-no-address = You can read and comment without a code.
code-none = We have no mail address for you, so we cannot send you a code. You can read and comment without one. If you want to change what you said, ask
code-sent = We have sent you a code. It works for { $minutes } minutes, on this device only.
code-label = The code from the mail
code-enter = Show my response
code-again = Send another code
lost-title = I have lost my link
lost-what = Type your mail address. If we know it, we send your link again.
lost-label = Mail address
lost-hint = The one where your union writes to you.
lost-do = Send my link
lost-sent-title = Look in your mail
lost-sent-what = If this address belongs to a member who was invited, the link is on its way. It should be there within a few minutes.
lost-sent-none = Nothing there? Look in the spam folder, then try another address of yours.
lost-again = Try another address
printed-title = I have a printed code
printed-label = Your code
printed-hint = It is on the letter or slip that you were given. Capitals and spaces do not matter.
printed-do = Go on

## After the deadline

late-title = This came too late
late-arrived = Your comment reached us on { $arrived }, so we could not take it.
late-kept = Your words are below, to copy and keep.
late-contact = If they must be heard, ask
late-words = What you wrote on { $number }
late-words-whole = What you wrote on the whole draft
late-body = In your words

## No more reminders

stop-title = No more reminders?
stop-what = We then send you no more reminders of this consultation. Your link keeps working, and you can still comment.
stop-do = No more reminders
stop-done-title = No more reminders
stop-done = We will not remind you again. Your link keeps working, and you can still comment.

## Who can see what

sees-lead = We promise that what you say is confidential. We do not call it anonymous, because no one can promise that. Here is what each person can see.
sees-you-title = You
sees-you = You see your own words, through your own link alone. On another device you need a code from your mail to see them.
sees-negotiators-title = Negotiators
sees-negotiators = They see your words with the name of your team, and your own name only if you gave it. A team with fewer than 8 members invited is joined with another, so the name is never that of a very small group. No page, list or search shows who wrote words given in confidence.
sees-label = Your words stand under “{ $label }”.
sees-negotiators-batch = Words reach them once a day, when at least three members have said something new. The rest follow at closing. They see the day, never the time.
sees-organisers-title = Organisers
sees-organisers = They see roughly what share of a team has answered, never who. They do see by name who has no mail address, whose mail came back and who asked for no more mail.
sees-employer-title = The employer
sees-employer = The employer gets no list of comments. Your negotiators may use counts, and quotes that were checked first.
sees-permission = You decide how your words may be used: word for word, in our words, or just counted.
sees-reminders-title = Reminders
sees-reminders = Reminders go to everyone in a team, unless you press “No more reminders”. In some consultations they go only to those who have not finished. Nobody sees who that is.
sees-limits-title = What we cannot promise
sees-limits = Some things can still point to you.
sees-limit-style = People who know you may know your style of writing.
sees-limit-details = A detail that only you know, such as a date or a job title, can give you away.
sees-limit-mail = The mail system that carried your link or your reply can see that it did. At work, that may be your employer’s.
sees-limit-server = Whoever runs the server, if they meant harm, could change it to watch what you send.
sees-limit-name = If you give your name, negotiators see it.
sees-keys-title = How this is kept
sees-keys = The tie between you and your words needs a secret key. The key is kept outside the database and is in no backup. It is destroyed when your branch no longer needs the comments. Where key and data are on one disk, they protect against a stolen copy, not against whoever holds the machine.

## When something goes wrong

fault-not-found = This page does not exist
fault-do-not-found = Check the address, or start again from the mail that your branch sent you.
fault-link-unknown = This link does not work
fault-do-link-unknown = Part of it may be missing, or you have a newer one. Open the newest mail from your branch, or ask for your link again.
fault-forbidden = You cannot open this page
fault-do-forbidden = It needs a different link or account. Open your own link again.
fault-expired = You were away for a while
fault-do-expired = To keep you safe, we closed the page. Open your link again and go on. If you were writing, copy your words first.
fault-conflict = Something has changed meanwhile
fault-do-conflict = Nothing was saved by this. Open your link again, look at the draft as it is now, and try once more.
fault-late = Comments have closed
fault-do-late = This can no longer be done. What you sent before the deadline counts.
fault-unreadable = We could not read what was sent
fault-do-unreadable = Go back, check what you typed and send it again.
fault-too-large = This is too long
fault-do-too-large = The limit is { $limit }. Make it shorter and send it again.
fault-too-many = Too many tries
fault-do-too-many = Wait a few minutes and try again.
fault-broken = Something broke on our side
fault-do-broken = Nothing was saved by this. Try again in a few minutes. If it happens again, tell your branch.
fault-busy = Too many people at once
fault-do-busy = Nothing was saved by this. Wait a minute and send it again.
fault-kept = What you typed, to copy and keep
fault-again = Try again
fault-home = Go to the first page

# Beside a field: problem-FIELD-CODE, or problem-CODE where the field does not matter.
problem-missing = Fill this in.
problem-too-long = Make this shorter.
problem-body-too-long = Make your comment shorter. It can have up to 10,000 characters.
problem-condition-too-long = Make the condition shorter. It can have up to 4,000 characters.
problem-new_wording-too-long = Make the new wording shorter. It can have up to 4,000 characters.
problem-control-character = Take out the hidden control characters. Typing the words again does it.
problem-nothing-said = Choose what you think, or write a comment.
problem-not-a-choice = Choose one of the answers that are offered.
problem-one-line = Write this on one line.
problem-direction-mark = Take out the invisible text-direction character. Typing the words again does it.
problem-not-an-address = Type a whole mail address, such as name@example.org.
problem-not-a-web-address = Type a web address that starts with https://.
problem-unknown = We do not know this one. Check it and try again.
problem-condition-missing = Say what would have to change for you to support it.
problem-permission-missing = Choose how your words may leave the union.
problem-confidence-missing = Choose if you want to give your name.
problem-team-missing = Choose the team that you answer for.
problem-team-unknown = Choose one of your teams.
problem-email-missing = Type your mail address.
problem-code-missing = Type the code.
problem-code-wrong = That code does not fit. Check it and type it again, or ask for another.
problem-code-expired = That code is too old. Ask for another.
problem-code-unknown = We do not know this code. Check each letter and type it again.

# Said once, after a deed.
notice-received = Your comment on { $number } was received. Receipt { $receipt }.
notice-received-whole = Your comment on the whole draft was received. Receipt { $receipt }.
limit-kilobytes = { $count } kB
notice-withdrawn = Your comment is withdrawn.
notice-choices = Saved for all your comments.
notice-saved = Saved.
notice-signed-out = You have signed out.

## The desks

sign-in-title = Sign in
sign-in-as = This link signs you in as { $name }. It works once.
sign-in-do = Sign in
sign-in-used = This link was used or is too old. Ask for a new one.
desk-title = Consultations
desk-consultation = Consultation
desk-state = State
desk-deadline = Comments close
desk-go = Open
desk-progress = Progress
desk-comments = Comments
desk-none = There is no consultation yet.
consultation-preparing = preparing
consultation-open = open
consultation-closed = closed
consultation-reported = reported
progress-title = { $title }: progress
progress-teams = Teams
progress-teams-how = The quietest come first. Small teams stand together, so that no band tells of fewer than 8 people.
progress-team = Team
progress-invited = Invited
progress-band = Have answered
progress-none = No one is invited yet. Bring in the member list, then choose the teams.
band-under_25 = under 25 %
band-25_to_49 = 25–49 %
band-50_to_74 = 50–74 %
band-75_and_over = 75 % and over
band-too_few_invited = too few to show
progress-delivery = Mail
progress-mails = Mails
progress-count = Number
progress-no-mail = No mail was sent yet.
delivery-queued = Waiting
delivery-claimed = Being sent
delivery-in_data = Being sent
delivery-sent = Sent
delivery-retry = Will be tried again
delivery-failed = Came back or refused
delivery-uncertain = Uncertain: sent, but not confirmed
delivery-not_sent = Not sent
delivery-cancelled = Cancelled
delivery-no_address = Members without an address
delivery-opted_out = Members who want no mail
progress-days = Responses by day
progress-day = Day
progress-responses = Responses
progress-no-days = The days are shown from 10 responses on, so that nobody can be picked out.
comments-title = { $title }: comments
comments-count = { $count ->
    [one] 1 comment, shown beside version { $version }.
   *[other] { $count } comments, shown beside version { $version }.
}
comments-batches = New words appear once a day, when at least three members have said something, and all of them at closing.
comments-export = For use inside the union:
comments-csv = Spreadsheet (CSV)
comments-json = For programs (JSON)
comments-next = More comments
comments-none = No comments have arrived yet. The first ones appear after the next daily batch.
desk-late = late
desk-position-support = Support
desk-position-support_if = Support if
desk-position-oppose = Oppose
desk-position-neutral = Neutral, or a question
desk-permission-word_for_word = word for word
desk-permission-paraphrase = in our words
desk-permission-count_only = count only
desk-state-moved = moved since version { $version }
desk-state-reworded = reworded since version { $version }
desk-state-split = split since version { $version }
desk-state-merged = joined with another since version { $version }
desk-state-gone = no longer in the draft, from version { $version }

## The demonstration's mailbox

mailbox-title = The demonstration’s mailbox
mailbox-what = No mail leaves this machine. What would have been sent is kept here, newest first.
mailbox-search = Search for an address or a subject
mailbox-search-do = Search
mailbox-count = { $count } of { $total } mails
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

## Mail. Subjects are neutral: they say nothing of what anyone thinks.

mail-invitation-subject = { $title }: please read by { $deadline }
mail-invitation-body =
    Dear colleague,

    we have written a draft and would like to know what you think of it before we decide. You can read it on your phone and comment on any part. Two minutes are enough, and there is no account to make.

    If you have nothing to add, please tell us that too. It counts as an answer.
mail-reminder-subject = { $title }: reminder to read by { $deadline }
mail-reminder-body =
    Dear colleague,

    this is a reminder to everyone in your team. If you have already answered, thank you, and there is nothing more to do.

    If not, two minutes are enough: open the draft, pick the part that touches your own work, and tell us what you think.
mail-closing_soon-subject = { $title }: open until { $deadline }
mail-closing_soon-body =
    Dear colleague,

    comments close soon. If you want to say something about the draft, or change what you said, please do it now.

    If you have already answered, thank you.
mail-thanks-subject = { $title }: thank you
mail-thanks-body =
    Dear colleague,

    comments have closed. Thank you for reading the draft. The negotiators now sort and count what members said, and you will hear what came of it.
mail-update-subject = { $title }: a new version
mail-update-body =
    Dear colleague,

    there is a new version of the draft. Comments that were already sent have moved with their paragraphs. Nothing is lost, and you can still change what you said.
mail-extended-subject = { $title }: more time to comment
mail-extended-body =
    Dear colleague,

    there is more time to comment on the draft. Comments now close: { $deadline }.

    { $reason }
mail-link = Your personal link. Please keep it to yourself:
mail-link-own = Your personal link, to see what you said:
mail-button = Read the draft and comment
mail-button-own = See what you said
mail-sees = Organisers see roughly how many in a team have answered, never who. Negotiators see words under the name of a team.
mail-share = To tell a colleague, pass on this address and not your link:
mail-contact = Questions? Ask
mail-stop = No more reminders:
mail-link_again-subject = Your link
mail-link-again-lead = Somebody asked for the links of this mail address. Here they are. Please keep them to yourself.
mail-not-asked = If it was not you, there is nothing to do.
mail-code-subject = Your code
mail-code-lead = Your code is:
mail-code-how = It works for { $minutes } minutes, on the device that asked for it. Nobody from your union will ever ask you for it. If it was not you who asked, there is nothing to do.
