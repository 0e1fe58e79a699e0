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
