## Quoting

comment-quote = About these words:
answering-comment-selected = Comment on the selected words
answering-quoted = You quote these words
answering-quoted-where = { $count ->
    [one] They stand in one place of this passage.
   *[other] They stand in { $count } places of this passage. Which do you mean?
}
answering-quote-out = Leave the quotation out
answering-quote-summary = Quote words from this passage
answering-quote-label = Which words? Paste them
answering-quote-hint = Copy them from the passage above. You can leave this empty.
answering-quote-not-found = We do not find these words in the passage. You can mend them, or leave them as you typed them.
answering-start-wording = Start from the passage’s own words

answering-mark-quoted = (quoted:)
answering-mark-mail = (a mail address:)
answering-mark-phone = (a telephone number:)
answering-mark-number = (a number:)
answering-mark-national_insurance = (a National Insurance number:)
answering-mark-postcode = (a postcode:)
answering-mark-date = (a date:)
answering-mark-web = (an address on the web:)
answering-mark-name = (a name:)

## The words it was written about

answering-in-version = in version { $version }
answering-moved = Written about version { $version }. The passage has moved. It is now
answering-reworded = Written about version { $version }. The passage was reworded. It is now
answering-reworded-here = Written about version { $version }. The passage was reworded since.
answering-split = Written about version { $version }. The passage was split. It is now
answering-merged = Written about version { $version }. The passage was joined with another. It is now
answering-gone = Written about version { $version }. The passage is no longer in the draft.
answering-stood-after = It stood after what is now { $number }.
answering-then-and-now = Then and now
answering-now = Now { $number }
answering-quote-stands = The quoted words still stand there.
answering-quote-reworded = The quoted words still stand there, a little changed.
answering-quote-lost = The quoted words are no longer there.
answering-quote-tied = The quoted words now stand in more than one place.
answering-confirmed = Its writer confirmed it for version { $version }.
answering-you-confirmed = You said that it still holds for version { $version }.
answering-then-title = You wrote about version { $version }

## After a new version

answering-changed-line = { $count ->
    [one] The draft has changed: 1 of your comments stands on a passage that was reworded or taken out.
   *[other] The draft has changed: { $count } of your comments stand on passages that were reworded or taken out.
}
answering-changed-look = Look at what you said
answering-changed-title = What you said about passages that changed
answering-changed-what = { $count ->
    [one] You wrote this about other words than the draft has now. One press is enough.
   *[other] You wrote these { $count } comments about other words than the draft has now. One press each is enough.
}
answering-changed-until = You can do this until { $deadline }.
answering-changed-leave = If you leave a comment as it is, it still counts. Negotiators then see that it was written about the earlier words.
answering-changed-none = There is nothing left to look at. All your other comments stand on the words you wrote them about, or you have said that they still hold.
answering-yours-on = Your comment on { $number }
answering-as-you-read = As you read it, in version { $version }
answering-holds = It still holds
answering-change = Change it
answering-to-mine = Your response
answering-confirmed-notice = Noted. Negotiators learn with the next batch that your comment still holds.
answering-withdrawn = Your comment on { $number } is withdrawn.
answering-put-back = Put it back
answering-back-notice = Your comment is back, with a new receipt.

## Check your response

answering-check-title = Check your response
answering-check-who = Who sees what
answering-check-comments = Your comments, as negotiators see them
answering-check-points = Some words below could point to you. They are marked. You decide if they stay.
answering-preview = See how it will look
answering-preview-title = How it will look
answering-seen-on = Comment on { $number }
answering-not-sent = It is not sent yet.
answering-not-saved = The change is not saved yet.
answering-back-to-form = Change it
answering-points-title = Could these words point to you?
answering-points = You write in confidence. The marked words could still tell who you are:
answering-points-short = Could point to you:
answering-points-yours = That may be fine. It is your choice: leave them, or say it in another way.
answering-points-nothing = We found no mail address, number, date or listed name in it. How you write can still point to you.
answering-points-mail = a mail address
answering-points-phone = a telephone number
answering-points-number = a staff or membership number
answering-points-national_insurance = a National Insurance number
answering-points-postcode = a postcode
answering-points-date = a date
answering-points-web = an address or a name on the web
answering-points-name = a name
answering-notice-points = Some of its words could point to you.
answering-notice-look = Look at them
answering-notice-tied = The words you quoted stand in more than one place there.
answering-notice-choose = Say which you mean
answering-notice-lost = We did not find the words you quoted there. They are kept as you typed them.
answering-notice-look-quote = Look at the quotation

## The receipt

answering-receipt-ask = If you have a question

## Settings

answering-settings = To keep members safe
answering-settings-words = Names that could point to a member
answering-settings-words-hint = One on a line: people, clients, nicknames, rooms. Somebody whose comment holds one is told gently before she sends it. Nothing is blocked, and you do not learn of it.

xlsx-head-confirmed = confirmed_in
xlsx-method-confirmed = The newest version for which its writer said that the comment still holds, after the passage had changed. Empty where she has not said so.
