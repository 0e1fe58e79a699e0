## The two-minute route

questions-route = Answer in two minutes
questions-letter = { $count ->
    [one] Or answer just one question. You can read the draft afterwards.
   *[other] Or answer just { $count } questions. You can read the draft afterwards.
}
questions-offer = { $count ->
    [one] There is also one question, with an answer to press.
   *[other] There are also { $count } short questions.
}
questions-public = { $count ->
    [one] Short of time? Invited members can answer just one question, in two minutes.
   *[other] Short of time? Invited members can answer just { $count } questions, in two minutes.
}
questions-own = { $count ->
    [one] You have answered 1 question.
   *[other] You have answered { $count } questions.
}
questions-finished = { $count ->
    [one] You have finished, with 1 question answered.
   *[other] You have finished, with { $count } questions answered.
}
questions-change = See or change your answers
questions-about = A question about { $number }
questions-title = Answer in two minutes
questions-title-of = Question { $number } of { $of }
questions-how = Answer what you like and skip the rest. Each answer counts, even a single one.
questions-code = You wrote on another device. To keep your answers safe, this one does not show them.
questions-choices = Only needed where you answer in your own words:
questions-panel = Negotiators see your answers under “{ $label }”. In confidence means that nobody using Soundings can see who gave them.
questions-send = Send my answers
questions-next = Next question
questions-skip = Skip this one
questions-previous = Question before
questions-to-draft = Go on to the draft instead
questions-mine = { $of ->
    [one] Your answer
   *[other] Your answers to { $count } of { $of } questions
}
question-several = Choose as many as you like.
question-other = Other
question-other-words = If something else, in your words (you can leave this empty)
question-no-answer = Prefer not to say
question-take-back = Take my answer back
answered-title = We have your answers
answered-what = That is all you need to do. If you have a little longer, the draft says where these questions come from, and you can comment on any part of it.
answered-read = Read the draft
answered-done = I am done
answered-next-batch = Your answers reach the negotiators with those of other members, at most once a day, so that no time gives you away.
answered-kept = { $count ->
    [one] You answered this question on another device. That answer stays as it was. To change it:
   *[other] You answered these questions on another device. Those answers stay as they were. To change them:
}
answers-late-arrived = Your answers reached us on { $arrived }, so we could not take them.

problem-nothing-answered = Answer at least one question, or go on to the draft.
problem-other-not-chosen = Choose “Other”, or take out what you wrote beside it.
problem-one-choice = Choose one answer only.
problem-answer-or-not = Choose answers, or “Prefer not to say”, but not both.
problem-no-words = This question has no place for words.

## Preparing them

way-questions = Questions
way-answers = Answers
questions-desk-title = { $title }: questions
questions-desk-what = Members who have no time for the draft can answer just these, in two minutes. Three to five are enough. None has to be answered, and each answer counts as a response.
questions-desk-fixed = The consultation is open, so these questions stay as they are: whoever reads an answer must know what was asked. You can still add one at the end.
questions-desk-closed = The consultation is closed, so the questions stay as they are.
questions-desk-none = You ask no questions yet.
questions-desk-none-asked = This consultation asks no questions.
questions-preset-what = To begin with, we can put in three that work for most drafts: do you support it, what matters most, and what did we miss. You can change each of them.
questions-preset-do = Put in three questions
questions-add = Add a question
questions-preview = See them as members do
questions-preview-note = This is what members see. Nothing can be sent from here.
questions-edit = Change
questions-up = Move up
questions-down = Move down
questions-remove = Remove
questions-of = question { $number }
questions-tied = About passage { $number }
questions-tied-gone = About a passage that is no longer in the draft
question-kind = How is it answered?
question-kind-one_choice = One choice
question-kind-one_choice-line = One of the answers you list.
question-kind-several = Several choices
question-kind-several-line = As many as members like of the answers you list.
question-kind-scale = A scale
question-kind-scale-line = A number, such as 1 to 5.
question-kind-short_text = A short text
question-kind-short_text-line = One line in their own words.
question-kind-long_text = A longer text
question-kind-long_text-line = Up to 4,000 characters in their own words.
question-scale-words = { $from } to { $to }
question-new-title = A new question
question-edit-title = Change question
question-final = The consultation is open: once this question is added, it can never be changed or removed.
question-wording = The question
question-wording-hint = One question at a time, in words that favour no answer. Up to 300 characters.
question-help = A line of help (you can leave this empty)
question-help-hint = What a member must know to answer.
question-options-legend = For choices
question-options = The answers, one on each line
question-options-hint = Two to twelve.
question-offer-other = Also offer “Other”, with room for a few words
question-offer-none = Also offer “Prefer not to say”
question-scale-legend = For a scale
question-scale-from = First number
question-scale-from-hint = 0 or 1.
question-scale-to = Last number
question-scale-to-hint = Up to 10.
question-from-words = What the first number means
question-to-words = What the last number means
question-block = Passage it is about (you can leave this empty)
question-block-hint = Its number in the draft, such as 4.2. Members then see the passage above the question.
question-save = Save the question
question-preset-support = All in all, do you support the draft?
question-preset-support-yes = Yes
question-preset-support-mostly = Yes, with changes
question-preset-support-no = No
question-preset-support-unsure = I am not sure yet
question-preset-matters = What matters most to you and your team?
question-preset-matters-jobs = That no front-line posts go
question-preset-matters-workload = Workload and caseloads
question-preset-matters-managers = Who we report to, and how many managers there are
question-preset-matters-place = Where we work, and when
question-preset-matters-pay = Pay and grading
question-preset-missed = What did we miss, or get wrong?
question-preset-missed-help = Leave out names and details that point to one person.
check-questions = { $count ->
    [0] Members are asked no questions beside the draft.
    [one] Members can answer 1 question in two minutes.
   *[other] Members can answer { $count } questions in two minutes.
}
check-questions-link = Prepare the questions

problem-wording-missing = Write the question.
problem-wording-too-long = Make the question shorter. It can have up to 300 characters.
problem-kind-not-a-choice = Choose how it is answered.
problem-options-too-few = Give at least two answers to choose from, one on each line.
problem-options-too-many = Give at most twelve answers to choose from.
problem-options-twice = Give each answer once.
problem-scale-missing = Give the first and the last number.
problem-scale-out-of-range = Begin at 0 or 1, and end between two more and 10.
problem-block-unknown = The draft has no passage of this number.
problem-questions-too-many = Twenty questions are the most. Take one out first.

## How they were answered

answers-title = { $title }: answers
answers-what = Exact counts, for use inside the union. Small teams stand together.
answers-none-asked = No questions were asked beside the draft.
answers-none = No answers have arrived yet.
answers-label = Show the answers of
answers-label-all = All teams
answers-label-do = Show
answers-only = Only { $label }.
answers-all = Show all teams
answers-count = { $count ->
    [0] Nobody has answered this yet.
    [one] 1 person answered.
   *[other] { $count } people answered.
}
answers-choice = Answer
answers-people = People
answers-share = Share
answers-several = Each could choose several, so the shares add up to more than 100%.
answers-percent = { $percent }%
answers-by-label = By team
answers-team = Team
answers-answered = Answered
answers-words = In their words
answers-words-all = { $count ->
    [one] Read the one answer in words
   *[other] Read all { $count } answers in words
}
answers-words-title = { $title }: answers in words
answers-words-count = { $count ->
    [0] No answers in words.
    [one] 1 answer in words.
   *[other] { $count } answers in words, in no particular order.
}
answers-words-next = More answers
answers-about = About { $number }

xlsx-questions = Questions
xlsx-answers = Answers
xlsx-answered = (answered this question)
xlsx-head-questions = Questions
xlsx-method-questions = The sheet is there when questions were answered. Each row says how many people chose one answer under one label; the row “(answered this question)” says how many answered at all. Where several answers may be chosen, the choices add up to more than that. Who chose what is in no row.
xlsx-head-answers = Answers
xlsx-method-answers = The sheet is there when questions were answered. Each row is one answer in words, with the permission its writer gave. Its rows are in no count of comments.
sees-answers = Answers to questions reach them in the same way: as counts by team, and what you write in words with the name of your team.
