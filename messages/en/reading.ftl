## What negotiators read

reading-found = { $found ->
    [one] 1 comment of { $total } found.
   *[other] { $found } comments of { $total } found.
}
reading-total = { $count ->
    [one] 1 comment.
   *[other] { $count } comments.
}
reading-shown = You see { $first } to { $last }.
reading-to-counts = See the counts
reading-nothing-found = Nothing fits all of these filters. Drop one of them, or look for fewer words.
reading-show-all = All comments
reading-whole = Read the whole comment
reading-link = Link to this comment
reading-pages = Pages
reading-previous = Earlier comments
reading-next = More comments
reading-export = Take them with you
reading-export-all = { $count ->
    [one] One file with the one comment, for use inside the union.
   *[other] One file with all { $count } comments, for use inside the union.
}
reading-xlsx = Excel or LibreOffice (XLSX)
reading-csv = Spreadsheet (CSV)
reading-json = For programs (JSON)
reading-none = No comments have arrived yet.
reading-batches = New words come once a day, next on { $when }, if at least three members have said something. All of them come when the consultation closes.
reading-not-open = This consultation is not open yet. Comments come once it is.
reading-all-in = The consultation is closed. All that was said is here.
reading-one-title = { $title }: a comment
reading-one = A comment on { $number }
reading-one-whole = A comment on the whole draft
reading-same-place = { $count ->
    [one] This is the only comment here
   *[other] Read all { $count } comments on this passage
}
reading-neighbours = Comments beside this one
reading-before = The comment before
reading-after = The comment after
reading-one-lasts = This address stays the same until the member changes or withdraws the comment and the next batch comes. Only negotiators can open it.

filter-q = Words in the comments
filter-q-hint = Small or capital letters and accents make no difference. Put words that stand together into quotation marks.
filter-do = Show
filter-more = Choose by passage, team, position and more
filter-block = Passage
filter-block-all = All passages
filter-label = Team
filter-label-all = All teams
filter-position = Position
filter-position-all = All positions
filter-permission = May be passed on
filter-permission-all = All permissions
filter-state = The passage now
filter-state-all = Whatever became of it
filter-state-unchanged = as it was
filter-state-moved = moved
filter-state-reworded = reworded
filter-state-split = split
filter-state-merged = joined with another
filter-state-gone = no longer in the draft
filter-only = Only
filter-late = late
filter-named = with a name
filter-in-force = You see only:
filter-drop = Drop
filter-drop-all = Drop all
in-force-q = words: { $words }
in-force-block = passage { $number }
in-force-label = team: { $name }
in-force-position = position: { $what }
in-force-permission = may be passed on: { $what }
in-force-state = passage now: { $what }

counts-title = { $title }: counts
counts-ways = Count by
counts-by-block = By passage
counts-by-label = By team
counts-by-permission = By permission
counts-of-block = Passages and positions
counts-of-label = Teams and positions
counts-of-permission = What may be passed on
counts-how-block = Each number is a number of comments and leads to them. The stronger the colour, the more comments.
counts-how-label = Small teams stand together, so that no row is of fewer than 8 invited people where that many were invited. For use inside the union.
counts-how-permission = How comments may leave the union. What is “count only” is never passed on in words.
counts-shown = Rows { $first } to { $last } of { $of }.
counts-block = Passage
counts-label = Team
counts-permission = Permission
counts-position-support = Support
counts-position-support_if = Support if
counts-position-oppose = Oppose
counts-position-neutral = Neutral
counts-total = All
counts-sum = All comments
counts-previous = Rows before
counts-next = Rows after

## The workbook (XLSX)

xlsx-subject = Release { $number }, for use inside the union
xlsx-cut = { " " }[… cut here: a cell holds no more. The whole text is in the CSV and JSON files of the same release.]
xlsx-comments = Comments
xlsx-blocks = Blocks
xlsx-labels = Labels
xlsx-method = Method
xlsx-document = Document
xlsx-number = Number
xlsx-text = Words of the passage
xlsx-version = Version
xlsx-label = Label
xlsx-invited = Invited
xlsx-head-what = What this is
xlsx-method-what = Every comment that had reached the desks of this consultation at the cut-off, one in each row of the sheet Comments. Blocks and Labels count the same rows.
xlsx-head-use = Who may have it
xlsx-method-use = For use inside the union. Nothing in this file is protected for the other side of the table: do not pass it on.
xlsx-head-consultation = Consultation
xlsx-method-consultation = { $title } ({ $slug })
xlsx-head-release = Release
xlsx-method-release = Number { $number }, with { $comments } comments. A release is frozen: the same number always has the same comments. References are drawn anew for each release, so two releases cannot be joined by them.
xlsx-head-cut-off = Cut-off
xlsx-method-cut-off = { $cut_off }, the day of the last batch in this release.
xlsx-head-batches = Batches
xlsx-method-batches = Words reach the desks once a day, when at least three members have said something new, and the rest when the consultation closes. No time is kept, so that nobody can tie a comment to a moment.
xlsx-head-checksum = Checksum
xlsx-method-checksum = SHA-256 over the rows of the release: { $sha256 }
xlsx-head-permission = permission
xlsx-method-permission = How the words may leave the union, as the member chose. word_for_word: they may be quoted. paraphrase: in our own words only. count_only: they may be counted, and nothing else.
xlsx-head-label = label
xlsx-method-label = The member’s team, or several small teams together, so that at least { $smallest } people were invited under each label (where a consultation has that many). Invited says how many have that label now; members of several teams count once they have chosen.
xlsx-head-status = status_in_current_version
xlsx-method-status = What became of the passage since the version the member read: unchanged, moved, reworded, split, joined, or gone. The words beside a comment are always those she read.
xlsx-head-late = late
xlsx-method-late = True for what came after the deadline, within the time of grace.
xlsx-head-name = name
xlsx-method-name = Only where the member gave her name with the comment. Everything else was said in confidence: please do not guess.

## Two wordings as one; said before the words, for whoever cannot see the marks
words-taken-out = (taken out:)
words-put-in = (put in:)
