## Mail. Subjects are neutral: they say nothing of what anyone thinks.

mail-invitation-subject = { $title }: please read by { $deadline }
mail-invitation-body =
    Dear colleague,

    we have written a draft and would like to know what you think of it before we decide. You can read it on your phone and comment on any part. Two minutes are enough, and there is no account to make.

    If you have nothing to add, please tell us that too. It counts as an answer.
mail-reminder-subject = { $title }: reminder to read by { $deadline }
mail-reminder-body =
    Dear colleague,

    this is a reminder to everyone in your team. If you have already answered, thank you, and there is nothing more to do.

    If not, two minutes are enough: open the draft, pick the part that touches your own work, and tell us what you think.
mail-closing_soon-subject = { $title }: open until { $deadline }
mail-closing_soon-body =
    Dear colleague,

    comments close soon. If you want to say something about the draft, or change what you said, please do it now.

    If you have already answered, thank you.
mail-thanks-subject = { $title }: thank you
mail-thanks-body =
    Dear colleague,

    comments have closed. Thank you for reading the draft. The negotiators now sort and count what members said, and you will hear what came of it.
mail-update-subject = { $title }: a new version
mail-update-body =
    Dear colleague,

    there is a new version of the draft. Comments that were already sent have moved with their paragraphs. Nothing is lost, and you can still change what you said.
mail-extended-subject = { $title }: more time to comment
mail-extended-body =
    Dear colleague,

    there is more time to comment on the draft. Comments now close: { $deadline }.

    { $reason }
mail-link = Your personal link. Please keep it to yourself:
mail-link-own = Your personal link, to see what you said:
mail-button = Read the draft and comment
mail-button-own = See what you said
mail-sees = Organisers see roughly how many in a team have answered, never who. Negotiators see words under the name of a team.
mail-share = To tell a colleague, pass on this address and not your link:
mail-contact = Questions? Ask
mail-stop = No more reminders:
mail-link_again-subject = Your link
mail-link-again-lead = Somebody asked for the links of this mail address. Here they are. Please keep them to yourself.
mail-not-asked = If it was not you, there is nothing to do.
mail-code-subject = Your code
mail-code-lead = Your code is:
mail-code-how = It works for { $minutes } minutes, on the device that asked for it. Nobody from your union will ever ask you for it. If it was not you who asked, there is nothing to do.
