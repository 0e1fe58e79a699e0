## The front door

front-title = Say what you think before your union decides
front-what = Your branch has written a draft and wants to know what its members make of it.
front-how = Read it on your phone, comment on the parts that matter to you, or say that you have nothing to add.
front-safe = Your words go to your negotiators under the name of your team, not under yours.
front-open = Open now
front-none = No consultation is listed here at the moment. If you were sent a link, it still works.
front-enter = Take part
front-enter-link = Open the link in the mail that your branch sent you. There is no account and no password.

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
read-ways = What else you can do
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
