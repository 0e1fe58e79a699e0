## People who are not on the list

# The mails. Subjects are neutral.
mail-joining-confirm-subject = Please confirm your address
mail-joining-confirm = Somebody asked with this address to take part. If it was you, please open the page below and confirm. Your request then goes to your branch. A person reads it and answers you by mail.
mail-joining-confirm-do = Confirm the address
mail-joining-at-work = This looks like an address at work. Your employer may be able to read mail there. If you have a private address, please ask again with that one and leave this mail alone.
mail-joining-member-subject = Your link
mail-joining-member = You asked to take part, and your branch has added you. This is your personal link. There is no account and no password.
mail-joining-colleague-subject = Your link
mail-joining-colleague = You asked to take part, and your branch has let you in. This is your personal link. There is no account and no password.
mail-joining-apart = You are let in as a colleague who is not a member. What you say is counted apart from what members say. It stands under “Colleagues who are not members”, not under your team. As long as fewer than eight colleagues are let in, nobody is shown what you say in confidence: if they stay fewer, it is never shown. Words that you give with your name are shown at once.
mail-joining-declined-subject = Your request
mail-joining-declined = You asked to take part. Your branch could not add you this time. Thank you for offering your view. If you think this is a mistake, please ask.
mail-joining-keep = Please keep your link to yourself: it opens your own answer.
mail-joining-union = To join the union:
mail-joining-share = To tell a colleague, pass on this address:

# The public page and the request
join-way = I am not on the list: ask to take part
join-ask-title = Ask to take part
join-ask-what = Your branch invited its members by mail. If you were not among them, for example because you joined lately or changed teams, ask here.
join-ask-step-mail = You get a mail. Confirm your address in it.
join-ask-step-read = Your rep or an organiser reads your request. Nobody is let in by a machine.
join-ask-step-link = If they say yes, you get your own link by mail.
join-ask-lost = You were invited and cannot find the mail?
join-ask-name = Your name
join-ask-email = Your mail address
join-ask-email-hint = A private one, not the one from work: your employer may be able to read mail there.
join-ask-team = Your team
join-ask-member = Are you a member of the union?
join-ask-member-hint = Colleagues who are not members may be let in too. They are counted apart.
join-ask-member-yes = Yes
join-ask-member-yes-line = What I say stands under my team’s name.
join-ask-member-no = No, or not yet
join-ask-member-no-line = What I say stands under “Colleagues who are not members”. As long as fewer than eight are let in, it is shown only if I give my name.
join-ask-number = Membership number
join-ask-number-hint = If you have it at hand.
join-ask-sees = Organisers see what you write here, and your rep sees it without your address. It is deleted once you are answered. If you are let in, your name and address go to the branch’s list.
join-ask-do = Ask to take part
join-sent-title = Look at your mail
join-sent-what = If this address can be used, a mail is on its way. It says how to go on.
join-sent-none = Nothing there after a few minutes? Look among the junk. We say the same whatever the address, so that nobody learns who is invited.
join-sent-again = Ask again
join-confirm-title = Confirm your address
join-confirm-what = One press, and your request goes to your branch.
join-confirmed-title = Your request is on its way
join-confirmed-what = Your rep or an organiser reads it and answers you by mail. There is nothing more to do.
problem-no-team-chosen = Choose your team.
problem-says-member-missing = Say if you are a member of the union.
problem-not-a-domain = Write domains such as county.example, one on each line.

# Answering
joining-title = People who ask to take part
joining-what = They are not on the list and have confirmed their addresses. You or the rep of the team answers.
joining-what-rep = They say that they are in your team, are not on the list and have confirmed their addresses. You or an organiser answers.
joining-address = They ask here:
joining-over = Comments have closed. Nobody can ask any more.
joining-none = Nobody waits for an answer.
joining-see = See who asks
joining-rep = { $count ->
        [0] Nobody waits for an answer.
        [one] One person says that she is in your team.
       *[other] { $count } people say that they are in your team.
    }
joining-answer = Answer
joining-says-member = Says: a member.
joining-says-no-member = Says: not a member.
joining-number = Number { $number }.
joining-asked = Asked on { $date }.
joining-at-work = An address of the employer. Ask by telephone who it is, and for a private address.
joining-domains = The employer’s mail domains are named in
joining-one-title = Let in { $name }?
joining-check = Are you sure who it is? If not, ask in the team first. You cannot take it back here.
joining-member-does = She becomes a member on the list and gets her own link. What she says stands under “{ $label }”.
joining-member = Let in as a member
joining-colleague-does = She gets her own link, and stands on no list of members. What she says stands under “Colleagues who are not members”. { $count ->
        [0] She would be the first.
       *[other] So far { $count } were let in.
    } Below eight, what they say in confidence waits and is not shown.
joining-colleague = Let in as a colleague who is not a member
joining-decline-does = She gets a polite mail. What she wrote is deleted.
joining-decline = Do not let in
joining-done-in = She is let in. Her link is on its way.
joining-done-declined = She gets a polite mail.
joining-colleagues-few = Colleagues who are not members: { $count } let in so far. Below eight, what they say in confidence waits and is not shown.
joining-share = People who ask to take part
joining-share-how = Whoever is not on the list can ask here:
joining-share-waiting = { $count ->
        [0] Nobody waits for an answer.
        [one] One person waits for an answer.
       *[other] { $count } people wait for an answer.
    }
settings-employer-domains = The employer’s mail domains
settings-employer-domains-hint = One on each line, such as county.example. Whoever asks to take part with such an address is asked for a private one, and you are warned.

# What she is told before she writes
read-apart-held = You take part as a colleague who is not a member. What you say in confidence waits until eight such colleagues are let in. If they stay fewer, nobody is shown it. Words with your name are shown at once, under “Colleagues who are not members”.
read-apart-shown = You take part as a colleague who is not a member. What you say stands under “Colleagues who are not members” and is counted apart from what members say.
footer-share = To tell a colleague, pass on this address and not your own link:
sees-colleagues-title = Colleagues who are not members
sees-colleagues = Organisers, and the rep of a team, see who asks to take part, until they have answered. What such colleagues say in confidence stands apart, under “Colleagues who are not members”. Nobody is shown it until eight of them take part.
