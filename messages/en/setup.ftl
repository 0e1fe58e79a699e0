## Setting up, checking, opening, and a consultation's own pages

way-check = Check and open

# The front of the desks
desk-new = New consultation
desk-next = Next
desk-next-setup = Go on setting up
desk-next-progress = See how it is going
desk-next-comments = Read the comments
desk-first = Put a question to your members: bring the member list, the draft and a letter, and choose the Friday. It takes about ten minutes, and nothing goes out before you have checked it.

# Fields that several pages share
setup-title = Title
setup-letter = The letter
setup-letter-hint = Members read it above the draft. Blank lines make paragraphs.
setup-contact = Whom members ask
setup-contact-name = Name
setup-contact-hint = Members see this on every page and mail.
setup-contact-phone = Phone
setup-contact-email = Mail address, not the employer’s
setup-join = Address to join the union
setup-join-hint = Leave it empty if there is none.
setup-whom = Which teams
setup-whom-all = All teams
setup-whom-some = Only some teams
setup-whom-choose = { $count ->
    [one] Choose from 1 team
   *[other] Choose from { $count } teams
}
setup-day = Day
setup-time = Time
setup-time-hint = Left empty: until the end of the day.
setup-zone = Time zone
setup-file = Choose a file
setup-draft-file-hint = Word (.docx), LibreOffice (.odt), a web page (.html), .md or .txt, up to 16 MB.
setup-draft-paste = Or paste the draft
setup-markdown-hint = “# ” before a line makes a title, “## ” a heading, “- ” a list item.

# Settings
settings-title = { $title }: settings
settings-words = What members read
settings-summary = In one or two sentences
settings-summary-hint = Shown on the public page.
settings-public = The public page
settings-address = Its address:
settings-public-draft = Show the draft there, to anybody who opens it
settings-public-page = Who finds the page
settings-public-by_link = Only who has the address
settings-public-listed = It stands on the front page too
settings-public-indexed = Search engines may list it as well
settings-when = When and who
settings-grace = Minutes of grace
settings-grace-hint = Comments that come this late are taken and marked late.
settings-fixed = Teams and labels are fixed since the consultation opened. Comments close: { $deadline }.
settings-extend = Give more time on the progress page
settings-save = Save

# Draft
draft-title = { $title }: draft
draft-kind-proposal = The draft that members comment on
draft-kind-comparison = The employer’s text
draft-kind-supporting = A supporting text
draft-version = Version
draft-state = State
draft-note = What changed
draft-number = Version { $number }
draft-published = published { $date }
draft-unpublished = not published
draft-publish = Publish
draft-none = There is no draft yet.
draft-no-version = There is no text yet.
draft-bring = Bring in a new version
draft-bring-first = Bring in the draft
draft-which = Of which text
draft-look = Look it over
draft-look-hint = Members see nothing of it until you publish.
draft-closed = Comments have closed, so the texts stay as they are.
version-title = Version { $number } of { $title }
version-back = All versions
version-against = Against version { $number }:
version-publish = Go on to publish it
version-dropped = { $count ->
    [one] 1 thing in your text could not be kept
   *[other] { $count } things in your text could not be kept
}
version-gone = No longer there, from version { $number }
change-unchanged = unchanged
change-moved = moved
change-reworded = reworded
change-split = split
change-merged = joined
change-added = new
change-gone = gone
publish-title = Publish version { $number }?
publish-document = It belongs to “{ $title }”.
publish-blocks-unchanged = { $count ->
    [one] 1 passage stays as it is.
   *[other] { $count } passages stay as they are.
}
publish-blocks-moved = { $count ->
    [one] 1 passage stands elsewhere.
   *[other] { $count } passages stand elsewhere.
}
publish-blocks-reworded = { $count ->
    [one] 1 passage is reworded.
   *[other] { $count } passages are reworded.
}
publish-blocks-split = { $count ->
    [one] 1 passage is split.
   *[other] { $count } passages are split.
}
publish-blocks-merged = { $count ->
    [one] 1 passage is made of several.
   *[other] { $count } passages are made of several.
}
publish-blocks-added = { $count ->
    [one] 1 passage is new.
   *[other] { $count } passages are new.
}
publish-blocks-gone = { $count ->
    [one] 1 passage is gone.
   *[other] { $count } passages are gone.
}
publish-stays = { $count ->
    [one] 1 comment stays with its passage.
   *[other] { $count } comments stay with their passages.
}
publish-moved = { $count ->
    [one] 1 comment moves with its passage.
   *[other] { $count } comments move with their passages.
}
publish-reworded = { $count ->
    [one] 1 comment will stand at other words than it was about.
   *[other] { $count } comments will stand at other words than they were about.
}
publish-gone = { $count ->
    [one] 1 comment is kept, but its passage is gone.
   *[other] { $count } comments are kept, but their passages are gone.
}
publish-few = Every comment is kept. What becomes of them is counted here from 10 comments on.
publish-forever = A published version cannot be changed or taken back. Only a further version can follow it.
publish-note = What changed, in a sentence
publish-note-hint = Members read it above the draft.
publish-note-first = A note for members (it can stay empty)
publish-do = Publish version { $number }
publish-keep = Not now

# Check and open
check-title = { $title }: check and open
check-h1 = Check and open
check-missing = Before you can open
check-missing-contact = Name somebody whom members can ask
check-missing-deadline = Choose a deadline that is still to come
check-missing-members = Bring in the member list: nobody is in these teams
check-missing-draft = Bring in the draft
check-who = Who is asked, and what
check-invited = { $count ->
    [one] 1 member is invited,
   *[other] { $count } members are invited,
}
check-teams = { $count ->
    [one] in 1 team.
   *[other] in { $count } teams.
}
check-with-address = { $count ->
    [one] 1 of them gets mail.
   *[other] { $count } of them get mail.
}
check-without-address = { $count ->
    [one] 1 has no mail address and gets a printed code.
   *[other] { $count } have no mail address and get printed codes.
}
check-in-several = { $count ->
    [one] 1 is in several teams and chooses one when she comes.
   *[other] { $count } are in several teams and choose one when they come.
}
check-blocks = { $count ->
    [one] The draft has 1 passage.
   *[other] The draft has { $count } passages.
}
check-draft = Read the draft as members will
check-no-draft = There is no draft yet.
check-change = Change title, letter, contact, deadline or teams
check-labels = Labels
check-labels-why = Beside a comment stands a label, never a name. A team of 8 or more has its own. Smaller teams stand together, as long as there are others to stand with.
check-label = Label
check-label-teams = Teams behind it
check-joined = { $teams }: too small to stand alone
check-alone = this team alone
check-plan = What goes out when
check-when-opening = when you open
check-when-closing = after comments have closed
check-left-out = Too late for these, so they are left out:
check-left-out-one = { $kind }, { $when }
check-no-invitation = No invitation is planned. Without one, members hear nothing.
check-mail-to = The invitation to { $team }
check-undo = What cannot be undone
check-undo-teams = Teams and labels are fixed: who joins later is not asked this time.
check-undo-draft = The draft is published. Only a further version can change it.
check-undo-mails = { $count ->
    [one] 1 message leaves at once.
   *[other] { $count } messages leave at once.
}
check-open = { $count ->
    [one] Open and send 1 invitation
   *[other] Open and send { $count } invitations
}
check-open-quietly = Open, and send nothing now
check-not-yet = The button to open stands here as soon as nothing is missing above.
check-changed = Something has changed since you looked. These are the numbers now. Look again, then press once more.
check-first-version = First version

# One sitting
new-lead = Five things, and nothing goes out yet. The next page shows you everything in numbers before you send it.
new-members = Your members
new-members-there = { $count ->
    [one] You have 1 member
   *[other] You have { $count } members
}
new-members-more = Add a list only if it has changed.
new-draft = The draft
new-title-hint = Left empty, the draft’s first heading is the title.
new-letter = Write or paste it
new-letter-file = Or choose a .md or .txt file
new-friday = The Friday
new-friday-which = Comments close at the end of
new-friday-hint = Invitations go out when you open. Reminders follow 7, 3 and 1 days before.
new-other-day = another day, named below
new-other-summary = Another day, or a time of day
new-address = Name in the web address
new-address-hint = It follows { $address }. Left empty, it is made from the title.
new-look = Look it over
new-look-hint = Nobody gets mail before you press once more, on the next page.
new-asks = Nothing is stored yet. Read what is marked below, then press “Look it over” again.
problem-slug-taken = Another consultation has this name. Choose another.
problem-slug-not-a-slug = Use 1 to 60 small letters, digits and hyphens.
problem-time_zone-not-a-zone = Type a time zone such as Europe/London.
problem-letter-missing = Write a few lines. Members read them first.
problem-draft-missing = Paste the draft, or choose a file. Members need something to read.
problem-title-missing = Give it a title.
problem-list-missing = Bring in the member list. There are no members yet.
problem-slug-reserved = This word is taken by a page of ours. Choose another.
problem-teams-none-ticked = Tick at least one team, or choose all of them.
check-words = Change its words
problem-note-missing = Say in a sentence what changed.
