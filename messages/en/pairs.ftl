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

## The desk where two texts are paired

pairing-title = { $title }: side by side
pairing-back = The texts
pairing-back-pairs = All pairs
pairing-lead = Members read the two texts side by side, pair by pair. Pairs that are only proposed are shown too, so look them over.
pairing-see = See what members see
pairing-no-comparison = There is no text of the employer’s in this consultation yet. Bring it in, and members can read it beside your draft and comment on either.
pairing-bring = Add the employer’s text
pairing-not-published = Both texts must be published before they can be paired.
pairing-publish = See the texts
pairing-confirmed = { $count ->
    [one] 1 pair looked over
   *[other] { $count } pairs looked over
}
pairing-proposed = { $count ->
    [one] 1 pair proposed
   *[other] { $count } pairs proposed
}
pairing-ours-alone = { $count ->
    [one] 1 passage of ours alone
   *[other] { $count } passages of ours alone
}
pairing-theirs-alone = { $count ->
    [one] 1 of theirs alone
   *[other] { $count } of theirs alone
}
pairing-confirm-all = { $count ->
    [one] Confirm the proposed pair
   *[other] Confirm all { $count } proposed pairs
}
pairing-propose = Propose pairs for what stands alone
pairing-all = Everything
pairing-open = What is open
pairing-shown = Rows { $first } to { $last } of { $of }
pairing-state = State
pairing-state-proposed = Proposed, { $likeness } % alike
pairing-state-confirmed = Looked over
pairing-state-alone = Stands alone
pairing-state-gone = One side is gone
pairing-gone = No longer in the text
pairing-nothing = No answer
pairing-confirm = Confirm
pairing-change = Change
pairing-part = Unpair
pairing-with = Pair with…
pairing-nothing-open = Nothing is open: every passage has its pair.
pairing-lost = Pairs that are in neither text any more
pairing-lost-why = Their passages were taken out of both texts. Unpair them, or leave them: no page shows them.
pairing-lost-one = { $ours } | { $theirs }
pairing-previous = Rows before
pairing-next = More rows
pairing-new = A new pair
pairing-one = A pair of passages
pairing-none-yet = None yet
pairing-nearest-theirs = Which of the employer’s passages answer it?
pairing-nearest-ours = Which of our passages does it answer?
pairing-nearest-hint = These come nearest. You can choose several, or type other numbers below.
pairing-is-paired = In another pair now; it leaves that one.
pairing-our-numbers = Our passages
pairing-their-numbers = The employer’s passages
pairing-numbers-hint = Numbers with a space between, such as 2.1 2.2
pairing-figures = Key figures
pairing-figures-hint = A few words that stand out above the pair, such as “3 senior posts” and “5 senior posts”. Leave them empty for none.
pairing-save = Save the pair
pairing-draft-beside = Two texts side by side
pairing-draft-pair = Pair the passages of the two texts
pairing-draft-add = Add the employer’s text
pairing-draft-new = The employer’s text (new)
pairing-draft-default = The employer’s text
pairs-all-theirs = in the employer’s text
