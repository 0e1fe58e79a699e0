## Words that are kept while a member types

keep-began = You began this earlier. It has not been sent.
keep-saving = Saving…
keep-saved = Saved { $time }. Not sent yet.
keep-unsaved = Not saved yet: the connection does not work at the moment. Your words are still on this page. We keep trying, so please leave it open.
keep-signed-out = Not saved yet: you have been signed out. Your words are still on this page.
keep-sign-in = Open the link in your mail in another tab and press its button. Then come back here: we save your words as soon as you are signed in.
keep-late = Comments have closed, so this can no longer be saved. Your words are still on this page, to copy and keep.
keep-too-long = This is too long to be saved. Please shorten it.
keep-too-many = You have begun too many comments to save another. Send or discard some of them first.
keep-beside = Saved { $time }, beside other words that you typed on another device or in another window. Look at both.
keep-back = These words were still on this device. They were put back.
keep-later = Save for later
keep-discard = Discard what I typed
keep-what = What you type here is saved as you go, locked so that nobody else can read it, and deleted when you send it or when comments close.
keep-own-device = This device is mine.
keep-own-device-what = Then a copy stays on it until it is saved, in case the connection fails. Do not tick this on a shared computer.
keep-others-title = You also typed this
keep-others-what = It comes from another device or window and has not been sent. Nothing is lost: the form below holds your other words. Take from here what you need, then choose.
keep-take = Use these words instead
keep-drop = Discard these words
keep-done = Saved for later. It has not been sent.
keep-done-beside = Saved. There are other words of yours for the same place, and neither has been sent.
keep-done-gone = Discarded.
sees-kept = What you have typed and not sent is kept locked, for you alone. It is deleted when you send or discard it, at the latest when comments close. Another device shows it only after a code from your mail.
unsent-count = { $count ->
    [one] 1 comment is not sent yet
   *[other] { $count } comments are not sent yet
}
unsent-answers = Your answers are not sent yet
unsent-questions = Your answers to the questions
unsent-link = See what is not sent
unsent-on = On { $number }
unsent-whole = On the whole draft
unsent-change = A change to your comment on { $number }
unsent-change-whole = A change to your comment on the whole draft
mark-unsent = { $number }: begun, not sent
finish-unsent = What is not sent does not count. Send it first, or leave it.
fault-resend = Nothing is lost. Open the link in your mail in another tab, press its button, and then come back to this page.
fault-resend-do = I am signed in: go on with my words

## Writing the next version in the browser

editor-link = Write the next version here
editor-title = Write version { $number }: { $title }
editor-head = Write version { $number }
editor-text = The text
editor-hint = ## before a heading, - before an item, **bold**, *italic*, an empty line between paragraphs. A line such as {"{"}keep …{"}"} stands for a table or picture that stays as it is. What you write is saved as you go.
editor-save = Save
editor-preview = Preview
editor-version = Make this version { $number }
editor-version-hint = Members see nothing yet: you look at what became of each passage, and then publish.
editor-preview-title = As it will be
editor-discard = Throw this text away
editor-back = Back to the text
editor-by = Saved by { $name }, { $time }.
editor-others = { $count ->
    [one] { $names } has this text open too. You can both write: nobody’s words are overwritten, and you are told when there is something newer.
   *[other] { $names } have this text open too. You can all write: nobody’s words are overwritten, and you are told when there is something newer.
}
editor-unsaved = Not saved: the connection does not work at the moment. Your text is still on this page, and we keep trying.
editor-signed-out = Not saved: you have been signed out. Sign in in another tab, then press “Save” here. Your text is still on this page.
editor-newer = That is newer than what you started from. Yours is on this page and not saved yet.
editor-both = Look at both
editor-newer-title = There is a newer text
editor-newer-what = { $by } That is newer than what you started from, so yours was not saved over it. Here are both.
editor-both-caption = { $count ->
    [0] Where the two texts differ
    [one] Where the two texts differ; 1 paragraph is the same
   *[other] Where the two texts differ; { $count } paragraphs are the same
}
editor-theirs = { $by }
editor-mine = Yours, not saved yet
editor-merge = Take over here what you need from the other text. Saving then replaces it.
editor-keep-mine = Save this text
editor-take-theirs = Go on with the other text and drop mine
editor-discard-title = Throw this text away?
editor-discard-words = { $count ->
    [one] It has 1 word.
   *[other] It has { $count } words.
}
editor-discard-by = { $by }
editor-discard-what = It is deleted for everybody and cannot be brought back. Versions that were made already stay.
editor-discard-do = Throw it away
editor-discard-keep = Keep it

# Beside her words, when the comment was changed on another device after this form was opened.
problem-changed-meanwhile = You changed this comment on another device meanwhile. "Your response" shows what it says now. Save again to put these words in its place.
