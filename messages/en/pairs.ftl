## Long drafts, part by part

long-contents = Contents
long-start = Start reading
long-before-first = The beginning
long-sections = { $first } to { $last }
long-part = { $of }, part { $part }
long-continued = continued, part { $part }
long-spoke = { $count ->
    [one] your comment
   *[other] your { $count } comments
}
long-here = Part { $here } of { $count }
long-turn = Other parts of the draft
long-previous = Before this:
long-next = Next:
long-title = { $name }, { $title }

## Two texts side by side

pairs-theirs-number = the employer’s { $number }
pairs-beside = Read it beside the employer’s text
pairs-title = Side by side: { $title }
pairs-heading = Side by side
pairs-lead = Our draft and the employer’s text, passage by passage. You can comment on either.
pairs-versions = Ours: version { $ours }. Theirs: “{ $title }”, version { $theirs }.
pairs-back = Our draft alone
pairs-choice = What to show
pairs-all = Everything
pairs-differences = Only where they differ
pairs-ours = Ours
pairs-theirs = Theirs
pairs-both = Our draft and the employer’s text
pairs-row = Ours { $ours }, theirs { $theirs }
pairs-row-ours = Ours { $ours }, without an answer
pairs-row-theirs = Theirs { $theirs }, without an answer from us
pairs-no-theirs = Nothing in the employer’s text answers this.
pairs-no-ours = Nothing in our draft answers this.
pairs-gone-theirs = The passage that stood here is no longer in the employer’s text.
pairs-gone-ours = The passage that stood here is no longer in our draft.
pairs-no-figure = no figure
pairs-nothing-differs = The two texts say the same in every passage.
