## Meetings and paper slips

way-groups = Meetings
groups-title = { $title }: meetings and paper
groups-what = What teams said together, and what came in on paper. It stands beside what members say by themselves and is never added to it: somebody may have done both.
groups-none = Nothing is recorded yet. Record what a meeting said, or type in paper slips.
groups-new = Record a meeting
groups-slips = Type in paper slips
groups-waiting = Waiting for you
groups-waiting-how = A member recorded this. It counts once you confirm it.
groups-declined-title = Not taken
groups-who = Who
groups-when = When
groups-kind = Kind
groups-kind-meeting = meeting
groups-kind-paper = paper slips
groups-people = People
groups-for = For
groups-against = Against
groups-unsure = Unsure
groups-points = Points
groups-not-counted = not counted
groups-heard = { $least } to { $most } people were heard.
groups-heard-exact = { $count } people were heard.
groups-heard-how = { $alone } members answered by themselves. The range runs from everybody counted twice to nobody: names are not compared.
groups-heard-few = How many people were heard is said once ten members have answered by themselves.
groups-colleagues = { $count } colleagues who are not members were let in. They are counted apart from members.
groups-colleagues-few = Fewer than eight colleagues who are not members were let in. What they say in confidence is not shown.
groups-facts-meeting = { $name }, { $date }, { $place }: { $count ->
        [one] 1 person was there.
       *[other] { $count } people were there.
    }
groups-facts-paper = { $name }, collected { $date }: { $count ->
        [one] 1 slip.
       *[other] { $count } slips.
    }
groups-facts-votes = For { $for }, against { $against }, unsure { $unsure }.
groups-by-organiser = Recorded by an organiser.
groups-by-rep = Recorded by a rep of the team.
groups-by-member = Recorded by a member.
groups-told-by = Ask: { $name }.
groups-waits = A member who is not the team’s rep recorded this. It does not count yet.
groups-is-declined = This was not taken. It counts nowhere.
groups-confirm = Confirm it
groups-decline = Do not take it
groups-points-title = { $count ->
        [one] One point
       *[other] { $count } points
    }
groups-no-points = No points were noted.
groups-slips-hidden = { $count ->
        [one] One slip. Its words are for negotiators.
       *[other] { $count } slips. Their words are for negotiators.
    }
groups-slip-number = slip { $number }
groups-dissent = Who saw it differently
groups-edit = Change it
groups-edit-title = Change the record
groups-withdraw = Take it away
groups-back-record = Back to the record
groups-recorded = The meeting is recorded.
groups-recorded-own = The meeting is recorded. Thank you.
groups-confirmed = Confirmed. It counts now.
groups-declined = It is not taken.
groups-withdrawn = The record is gone.
groups-ask-confirm = Confirm this record?
groups-ask-decline = Not take this record?
groups-ask-withdraw = Take this record away?
groups-does-confirm = Negotiators will see it and its { $points ->
        [one] one point
       *[other] { $points } points
    } at once.
groups-does-decline = Negotiators will not see it. The member who recorded it sees that it was not taken. You can still confirm it later.
groups-does-withdraw = The record and its { $points ->
        [one] one point
       *[other] { $points } points
    } are deleted. This cannot be undone.
groups-range = People heard now: { $least } to { $most }. Afterwards: { $then_least } to { $then_most }.
groups-do-confirm = Confirm it
groups-do-decline = Do not take it
groups-do-withdraw = Take it away
groups-leave = Leave it as it is

# The forms
groups-team = Whose meeting or slips
groups-team-hint = A team of fewer than eight stands together with others, as it does everywhere.
groups-team-choose = Choose a team
groups-several = Several teams together
groups-place = Where
groups-date = On which day
groups-present = How many people were there
groups-present-hint = With whoever led the meeting, if she is a member.
groups-votes = How they were divided
groups-votes-hint = Only if you counted, and only from eight people on. Fewer would show who voted how.
groups-points-form = What was said
groups-points-hint = Give the number of the passage, such as 4.2. Leave it empty for the whole draft. No names, please.
groups-version = Numbers are from
groups-version-one = version { $number }
groups-point = Point { $number }
groups-point-block = Number
groups-point-position = Position
groups-point-words = What was said
groups-position-none = none
groups-position-support = Support
groups-position-support_if = Support if
groups-position-oppose = Oppose
groups-position-neutral = Neutral, or a question
groups-more = More rows
groups-dissent-hint = What the others said. It goes into every file beside the rest.
groups-told = Who can be asked about it
groups-told-hint = If you like. This name is shown to organisers and negotiators.
groups-sees = Negotiators see all of this under the name of the team, and use it in our words, never as quotes.
groups-kept = We keep that a member or a rep recorded it, not which one. Your own link lets you change it or take it away.
groups-kept-desk = We keep that an organiser recorded it. The list of what staff did says who.
groups-counts-rep = For the team that you are the rep of, it counts at once. For another team it waits until an organiser confirms it.
groups-counts-member = It waits until an organiser confirms it. Until then negotiators do not see it.
groups-record = Record the meeting
groups-save = Save
groups-twice = There is a record of these people on this day already.
groups-twice-how = The same meeting must not count twice. If it is the same, leave this page.
groups-another = It is another meeting. Record both.
groups-slips-what = One pile for each team and day. You type in one slip after another.
groups-slips-date = Collected on
groups-slips-sees = A slip is one person’s words. Negotiators see them under the name of the team with the day of the pile, in no order and without a time. Leave out names and anything that points at somebody.
groups-slips-begin = Begin with the first slip
groups-slip-title = { $name }: a paper slip
groups-slip-pile = Collected { $date }. { $count ->
        [0] No slip is in yet.
        [one] 1 slip is in.
       *[other] { $count } slips are in.
    }
groups-slip-permission = How these words may leave the union
groups-slip-permission-hint = As it is ticked on the slip. Nothing ticked is “count only”.
groups-slip-next = Keep it and enter another
groups-slip-done = That was the last one
groups-slip-more = Type in slips
groups-slip-kept = The slip is kept. Here is the next one.
groups-slip-out = The slip is out of the pile again.
groups-slip-twice = A slip of this team with the same words is in already.
groups-slip-there = Already entered
groups-slip-yours = What you typed
groups-slip-same = It is the same one. Leave it out
groups-slip-another = It is another one. Keep both
groups-slip-entered = { $count ->
        [one] The slip in this pile
       *[other] The { $count } slips in this pile
    }
groups-slip-order = In no order.
groups-slip-take-out = Take this one out

# A member's way in
groups-way = Did your team talk about the draft, or fill in slips on paper?
groups-way-link = Record a meeting or paper slips
groups-own-title = Meetings and paper slips
groups-own-what = A meeting says something too. Record where and when it was, how many were there and what was said. You can also type in slips that colleagues filled in on paper. Neither takes the place of your own answer.
groups-own-rep = You are a rep. What you record for your own team counts at once.
groups-own-member = You need not be a rep. An organiser looks at what you record and confirms it; until then it does not count.
groups-own-until = You can change it until { $deadline }.
groups-own-closed = Comments have closed. Nothing can be recorded or changed any more.
groups-own-code = To see and change what you recorded from another device, type a code first.
groups-own-records = What you recorded
groups-state-recorded = Waits for an organiser.
groups-state-confirmed = It counts.
groups-state-declined = An organiser did not take it.

# Beside the comments on a passage
groups-said = Said in meetings and on paper
groups-said-who = { $source ->
        [paper] { $name }, on paper
       *[meeting] { $name }, a meeting of { $count }
    }
groups-to-list = { $count ->
        [one] One meeting or pile of slips stands beside these comments.
       *[other] { $count } meetings and piles of slips stand beside these comments.
    }
groups-see = See what they said
groups-beside = Meetings and paper, beside the comments
groups-progress = { $count ->
        [one] One meeting or pile of slips was recorded.
       *[other] { $count } meetings and piles of slips were recorded.
    } The bands above are of members who answered by themselves.
groups-progress-waiting = { $count ->
        [one] One record waits for you.
       *[other] { $count } records wait for you.
    }

# The team pack
pack-title = Team pack
pack-what = To print: the draft with its numbers and slips to tear off. The code leads to the public page. No personal link is in it.
pack-large = In large print
pack-ordinary = In ordinary print
pack-for-team = For one team
pack-everybody = For every team
pack-how = Read it together, say what you think, and hand in the slip.
pack-version = Version { $number }, { $date }. Give its numbers when you comment.
pack-no-draft = No draft is published yet. Publish one, then print this pack.
pack-questions = Questions
pack-slip = Tell us what you think
pack-slip-version = version { $number }
pack-slip-team = Team:
pack-slip-block = Number of the passage:
pack-slip-words = What I think, or what should be different:
pack-slip-permission = These words may leave the union:
pack-slip-sees = No name, please. Somebody of the union types this in. Negotiators see it under the name of the team, or of several teams if it is small.
pack-slip-back = Give it to your rep or organiser by { $deadline }.
pack-slip-contact = Or to
pack-slip-online = Online:
share-pack = A team pack
share-pack-how = The draft with its numbers and slips to tear off, for a meeting or a team without computers.
share-pack-do = Open the team pack

# In files
sees-groups-title = Meetings and paper slips
sees-groups = A meeting’s record shows the team, place and date, how many were there, what was said, and whoever let herself be named as the person to ask. It never names who else was there. Organisers and negotiators see it. Who recorded it is kept as an office alone: organiser, rep or member. How a meeting was divided is recorded only from eight people on.
sees-slips = Whoever types in a paper slip has read it. On Soundings negotiators see it with the name of the team, as a comment given in confidence, and the organiser who typed it in sees it while she does.
xlsx-groups = Meetings and paper
xlsx-head-meetings = Meetings and paper
xlsx-method-meetings = The sheet is there when a meeting or paper slips were recorded and confirmed. Each row is one point. People says how many were at the meeting, or how many slips there are: it stands in every row of the same record and must not be added up. Nobody can tell who of them commented too, so these people are never added to the comments.
xlsx-group-who = Who
xlsx-group-source = Source
xlsx-group-date = Date
xlsx-group-place = Place
xlsx-group-people = People
xlsx-group-for = For
xlsx-group-against = Against
xlsx-group-unsure = Unsure
xlsx-group-number = Number
xlsx-group-passage = Passage
xlsx-group-version = Version
xlsx-group-position = Position
xlsx-group-words = Said
xlsx-group-permission = Permission
xlsx-group-dissent = Dissent

# Mistakes
problem-out-of-range = That number cannot be right.
problem-not-a-day-past = Choose a day of the last twelve months, not one to come.
problem-date-missing = Choose the day.
problem-place-missing = Say where it was.
problem-present-missing = Write how many people were there.
problem-team-not-asked = Choose one of the teams.
problem-too-few-to-vote = Fewer than eight were there. Leave these three empty: they would show who voted how.
problem-more-votes-than-heads = For, against and unsure are more than the people who were there.
problem-too-many-points = Too many points for one record.
problem-point-missing = Write what was said, or choose a position.
problem-no-such-number = There is no such number in this version of the draft.
problem-slip-empty = Type in what the slip says.
