## Members, teams, and the list they come in

people-members = Members
people-name = Name
people-team = Team
people-email = Mail address
people-teams = Teams
people-no-address = no address
people-rep = rep
people-left = has left
people-save = Save

members-import-title = Bring in a member list
members-import-what = Choose the file as you have it, or paste the cells. You see what would come of it before anything is saved.
members-none = There are no members yet. Bring in the list that your membership system gives you.
members-counts = { $present ->
    [one] One member
   *[other] { $present } members
  }. { $without ->
    [0] Each has a mail address
    [one] One has no mail address and gets a printed code
   *[other] { $without } have no mail address and get a printed code
  }. { $left ->
    [0] Nobody is marked as having left.
    [one] One more has left.
   *[other] { $left } more have left.
  }
members-add = Add a member
members-search = Search for a name or an address
members-search-do = Search
members-of-team = Members of { $team } and the teams below it.
members-all = Show all members
members-next = Show more
members-not-found = Nobody is found. Try a part of the name or of the address.
members-imported = The list is in: { $created } new, { $updated } changed, { $left ->
    [0] nothing left out
    [one] one row left out
   *[other] { $left } rows left out
  }.
members-renewed = Saved. The address is another now, so the old link no longer works. The next mail brings a new one.
members-marked-left = Marked as having left. No more mail goes out to this member.
members-marked-back = No longer marked as having left.

member-title = { $name }
member-email-hint = Leave this empty for somebody who gets a printed code.
member-email-change-hint = With another address the old link stops working, and the next mail brings a new one. What was said before stays. Leave this empty for somebody who gets a printed code.
member-team-more = A further team
member-team-hint = Type the whole path, such as Social Care/Fostering, or choose from the list.
member-is-rep = Is the rep of this team
member-has-left = This member is marked as having left, and gets no mail.
member-back = Take that back
member-leave-go = Mark as having left
member-leave-title = Mark { $name } as having left?
member-leave-what = No more mail goes out to this member, and consultations that open from now on do not ask this member. Comments that were sent stay and count. You can take this back.
member-leave-do = Mark as having left

teams-how = Members are counted with those of the teams below. The head-count is how many people work there, members or not.
teams-add = Add a team
teams-none = There are no teams yet. They come with the member list, or you add one by hand.
teams-headcount = Head-count
teams-headcount-none = not known
team-title = { $name }
team-members = Show its members
team-name = Name
team-name-hint = Another name changes nothing for its members.
team-parent = Stands below
team-parent-hint = The team or service above it, or nothing. All below it moves along.
team-headcount-hint = How many people work there, members or not. Leave it empty if you do not know.

list-file = Choose the list
list-file-other = Choose another file
list-file-hint = Excel (.xlsx), LibreOffice (.ods) or CSV, up to 16 MB.
list-paste = Or paste the list
list-paste-other = The list as it was read
list-paste-hint = Copy the cells from your spreadsheet with their headings. A name, a team and a mail address are needed; an address may be empty.
list-sheet = Name of the sheet
list-sheet-hint = Only if the file has several sheets and the wrong one was read.
list-itself = Correct the list, or choose another
list-look-first = Look at the list
list-look = Look again
list-look-again = Something is different from what you last saw. Look at the numbers, then import.
list-import-leave = Import { $taken }, leave { $left }
list-counts = { $created } new, { $updated } changed, { $unchanged } as they are.
list-nothing-yet = Nothing is saved yet.
list-rejected = { $count ->
    [one] One row is left out
   *[other] { $count } rows are left out
  }
list-rejected-more = { $count ->
    [one] One more is not shown.
   *[other] { $count } more are not shown.
  }
list-line = Row
list-column = Column
list-value = What it says
list-reason = What to do
list-whole-row = the whole row
list-teams-made = { $count ->
    [one] One team will be made
   *[other] { $count } teams will be made
  }
list-doubt = “{ $typed }” ({ $rows ->
    [one] one row
   *[other] { $rows } rows
  }): is this “{ $meant }”?
list-doubt-same = Yes, { $meant }
list-doubt-same-line = { $known ->
    [true] This team is there already.
   *[other] { $rows } rows of the list are of this team.
  }
list-doubt-reason = Choose above if this is a slip or a team of its own.
list-doubt-own = No, a team of its own
list-doubt-own-line = It will be made. Until you choose, these rows are left out.
list-columns = What the columns mean
list-columns-how = We guessed this from the headings. Correct it where it is wrong, and look again.
list-heading = Heading and first values
list-means = Means
list-first = The first rows, as they are understood
list-means- = leave out
list-means-email = Mail address
list-means-name = Name
list-means-first_name = First name
list-means-surname = Surname
list-means-team = Team
list-means-service = Service (above the team)
list-means-membership_number = Membership number
list-means-rep = Rep (yes or no)
list-means-language = Language
list-means-left = Has left (yes or no)

problem-no-list = Choose a file, or paste the list.
problem-meant-twice = Two columns mean the same. Choose one of them, and leave the other out.
problem-no-email-column = Choose which column is the mail address.
problem-no-name-column = Choose which column is the name.
problem-no-team-column = Choose which column is the team.
problem-address-taken = Another member has this address.
problem-number-taken = Another member has this membership number.
problem-no-such-team = There is no such team. Choose one from the list, or add the team first.
problem-team-needed = Choose a team.
problem-no-number = Write a number in digits, or leave this empty.
