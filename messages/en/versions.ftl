## Versions beside each other, matches corrected by hand, numbers on paper

# The reading page
read-compare = What changed since version { $number }
read-paper = This is version { $number }. To find a passage again or comment on it, open this address with its number in place of { $example }:

# What became of a passage
became-unchanged = { $to } reads as before
became-unchanged-renumbered = { $to } reads as before; it was { $from }
became-moved = Moved: was { $from }, now { $to }
became-reworded = { $to } is reworded
became-reworded-renumbered = { $to } is reworded; it was { $from }
became-split = { $from } is split into { $to }
became-merged = { $from } are joined in { $to }
became-added = { $to } is new
became-gone = { $from } is gone
wording-before = Before
wording-now = Now

# Two versions beside each other
compare-title = What changed from version { $from } to version { $to }
compare-note = Version { $number }: { $note }
compare-from = From
compare-to = To
compare-do = Compare
compare-count = { $count ->
    [0] Nothing changed.
    [one] One change.
   *[other] { $count } changes.
}
compare-how = Words taken out are struck through, words put in are underlined.
compare-part = Changes { $first } to { $last } of { $count }.
compare-start = At the beginning
compare-left = { $from } stood here. It moved and is { $to } now.
compare-same = { $count ->
    [one] 1 passage unchanged
   *[other] { $count } passages unchanged
}
compare-read = { $number } in version { $version }
compare-where-it-stood = Where it stood
compare-previous = Previous change
compare-next = Next change
compare-earlier = Earlier changes
compare-later = Further changes

# A version that is no longer the current one
old-not-current = This is version { $number }. It is kept because comments and paper refer to it. Members now read version { $current }.
old-current = Read version { $current }
old-compare = What changed since version { $number }
old-other = Version { $number }
old-part = Part { $part } of { $parts }.
old-text = The draft, version { $number }
old-previous = The part before
old-next = The next part

# Numbers on paper
passage-became = See what became of { $number }
number-title = { $number } in version { $version }
number-older = Version { $current } has no { $number }. Version { $version } had one:
number-unchanged = It is { $to } now, in version { $current }. Its words are the same.
number-moved = It moved. It is { $to } now, in version { $current }. Its words are the same.
number-reworded = It has other words now, in version { $current }.
number-reworded-renumbered = It is { $to } now, in version { $current }, and has other words.
number-split = It was split. In version { $current } it is { $to }.
number-merged = It was joined with { $with }. Together they are { $to } now, in version { $current }.
number-gone = It is gone: version { $current } does not have this passage.
number-added = It is { $to } now, in version { $current }.
number-both = Its words in version { $version } and now
number-then = Its words in version { $version }
number-words = Its words
number-stood-after = It stood after what is now
number-stood-first = It stood at the beginning.
number-read = Read { $number } as it is now
number-read-then = Read { $number } as it was in version { $version }
number-comment-after = Comment on { $number }, after which it stood
number-none-title = There is no { $number }
number-none = Version { $version } of this draft has no passage with the number { $number }. Check the number and the version on your paper.
number-near = Numbers near it, in version { $version }
number-whole = Read the draft

# What becomes of every passage
version-fate = What becomes of every passage of version { $number }
version-compare = Compare with version { $number }, word by word
draft-beside = Compare with
publish-fate = See what becomes of every passage
fate-title = What becomes of every passage in version { $number }
fate-lead = Look it over before you publish version { $number }: each passage of version { $against }, and what it is now. Where a match is wrong, correct it. Comments go with the match.
fate-lead-out = Each passage of version { $against }, and what it is in version { $number }. It is published, so it stays as it is.
fate-comments = { $count ->
    [one] The desks have 1 comment on this text.
   *[other] The desks have { $count } comments on this text.
}
fate-comments-whole = { $count ->
    [one] 1 is about the whole and stays there.
   *[other] { $count } are about the whole and stay there.
}
fate-comments-gone = { $count ->
    [one] 1 is about a passage that was gone before.
   *[other] { $count } are about passages that were gone before.
}
fate-few = Every comment is kept. How many each passage carries is shown from 10 comments on.
fate-filters = Which passages are shown
fate-show-changed = All changes
fate-show-commented = With comments
fate-show-reworded = Reworded
fate-show-split = Split
fate-show-merged = Joined
fate-show-moved = Moved
fate-show-gone = Gone
fate-show-added = New
fate-show-unchanged = Unchanged
fate-show-by-hand = By hand
fate-corrected = { $count ->
    [one] You or a colleague corrected one match by hand. It holds until another text takes this version’s place.
   *[other] You or a colleague corrected { $count } matches by hand. They hold until another text takes this version’s place.
}
fate-undo = Undo the last
fate-saved = The match is corrected.
fate-part = Passages { $first } to { $last } of { $count }.
fate-carries = { $count ->
    [0] No comments
    [one] 1 comment
   *[other] { $count } comments
}
fate-by-hand = matched by hand
fate-correct = Correct the match
fate-none = None.
fate-earlier = Passages before these
fate-later = Further passages

# Correcting a match
match-title = What became of { $number }?
match-title-back = What was { $number } before?
match-passage = { $number } in version { $version }
match-now = At present:
match-question = What is it in version { $version }?
match-question-back = What was it in version { $version }?
match-is = It is in version { $version }
match-is-line = Tick it below. Tick several if it was split.
match-gone = It is gone
match-gone-line = Nothing in the new version says this. Its comments stay with the old words.
match-was = It was in version { $version }
match-was-line = Tick it below. Tick several if they were joined.
match-new = It is new
match-new-line = Nothing in the old version said this.
match-which = Which passage of version { $version }?
match-which-hint = The ones that stand near or read alike. Another passage that loses its match is then gone, or new.
match-taken = matched with { $numbers }
match-numbers = Or type numbers
match-numbers-hint = For example 4.2, or 4.2, 4.3
match-lasts = You can undo this. It holds until another text takes this version’s place.
match-do = Correct the match
match-keep = Leave it as it is
problem-what-missing = Say what became of it.
problem-pick-missing = Tick a passage, or type its number.
problem-numbers-unknown-number = There is no passage with that number. Check it.
