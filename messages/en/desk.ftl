## The desks

nav-desk-of = Pages of { $title }
way-progress = Progress
way-share = Share
way-mailings = Mailings
way-draft = Draft
way-settings = Settings
way-comments = Comments
way-counts = Counts

desk-title = Consultations
desk-consultation = Consultation
desk-state = State
desk-deadline = Comments close
desk-go = Open
desk-progress = Progress
desk-comments = Comments
desk-none = There is no consultation yet.
consultation-preparing = preparing
consultation-open = open
consultation-closed = closed
consultation-reported = reported
band-under_25 = under 25 %
band-25_to_49 = 25–49 %
band-50_to_74 = 50–74 %
band-75_and_over = 75 % and over
band-too_few_invited = too few to show
delivery-queued = Waiting
delivery-claimed = Being sent
delivery-in_data = Being sent
delivery-sent = Sent
delivery-retry = Will be tried again
delivery-failed = Came back or refused
delivery-uncertain = Uncertain: sent, but not confirmed
delivery-not_sent = Not sent
delivery-cancelled = Cancelled
comments-title = { $title }: comments
comments-count = { $count ->
    [one] 1 comment, shown beside version { $version }.
   *[other] { $count } comments, shown beside version { $version }.
}
comments-batches = New words appear once a day, when at least three members have said something, and all of them at closing.
comments-export = For use inside the union:
comments-csv = Spreadsheet (CSV)
comments-json = For programs (JSON)
comments-next = More comments
comments-none = No comments have arrived yet. The first ones appear after the next daily batch.
desk-late = late
desk-position-support = Support
desk-position-support_if = Support if
desk-position-oppose = Oppose
desk-position-neutral = Neutral, or a question
desk-permission-word_for_word = word for word
desk-permission-paraphrase = in our words
desk-permission-count_only = count only
desk-state-moved = moved since version { $version }
desk-state-reworded = reworded since version { $version }
desk-state-split = split since version { $version }
desk-state-merged = joined with another since version { $version }
desk-state-gone = no longer in the draft, from version { $version }
