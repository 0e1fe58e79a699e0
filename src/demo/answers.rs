//! What the example asks beside its draft, and what its people answered: choices spread by a steady
//! rule over those who also commented, and a few answers in words.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::SLUG;
use super::Stage;
use crate::audit::Deed;
use crate::consultations::{self, NewQuestion, Question, QuestionKind, Scale, question};
use crate::drafts;
use crate::refusal::Refusal;
use crate::responses::{self, Author, NewAnswer, NewAnswers};
use crate::store::{Side, Tx};

/// Four questions: one on a passage, one of each other kind that a branch would ask.
pub(super) fn ask(tx: &mut Tx, deed: &Deed) -> Result<(), Refusal> {
    let of = consultations::by_slug(tx, SLUG)?;
    let proposal = drafts::proposal(tx, of.id)?.ok_or(Refusal::Unknown("document"))?;
    let current = drafts::version::published(tx, proposal.id)?.ok_or(Refusal::Unknown("version"))?;
    let blocks = drafts::version::blocks(tx, current.id)?;
    let tied = blocks.iter().find(|block| block.text.starts_with(TIED)).map(|block| block.key.clone());
    let options = |options: &[&str]| options.iter().map(|&option| option.to_owned()).collect();
    let questions = [
        NewQuestion {
            kind: QuestionKind::OneChoice.to_string(),
            wording: "All in all, should the branch take this draft to the director?".to_owned(),
            options: options(&["Yes, as it stands", "Yes, with changes", "No", "I am not sure yet"]),
            offers_no_answer: true,
            ..NewQuestion::default()
        },
        NewQuestion {
            kind: QuestionKind::Scale.to_string(),
            wording: "Could your team keep to this ceiling within a year?".to_owned(),
            help: "Think of your own team, not of the whole department.".to_owned(),
            scale: Some(Scale { from: 1, to: 5, from_words: "not at all".to_owned(), to_words: "easily".to_owned() }),
            offers_no_answer: true,
            block_key: tied,
            ..NewQuestion::default()
        },
        NewQuestion {
            kind: QuestionKind::Several.to_string(),
            wording: "Which of these would make your week better?".to_owned(),
            options: options(&[
                "Fewer cases at one time",
                "Supervision that is not cancelled",
                "Two people on nights and weekends",
                "Permanent colleagues instead of agency cover",
                "One place for forms and placements",
            ]),
            offers_other: true,
            ..NewQuestion::default()
        },
        NewQuestion {
            kind: QuestionKind::LongText.to_string(),
            wording: "What is missing from the draft?".to_owned(),
            help: "Leave out names and details that point to one person.".to_owned(),
            ..NewQuestion::default()
        },
    ];
    for one in &questions {
        question::add(tx, deed, SLUG, one)?;
    }
    Ok(())
}

/// The passage on caseloads.
const TIED: &str = "Assessment and safeguarding: no more than 16";

/// Answers of those who commented, two in three of them.
pub(super) async fn answer(
    stage: &Stage,
    authors: &HashMap<(String, usize), Author>,
    at: DateTime<Utc>,
) -> Result<(), Refusal> {
    let questions = stage.store.read(|tx| {
        let of = consultations::by_slug(tx, SLUG)?;
        Ok::<_, Refusal>(question::list(tx, of.id)?)
    });
    let questions = questions.await?;
    let mut people: Vec<(&(String, usize), &Author)> = authors.iter().collect();
    people.sort_by_key(|(name, _)| *name);
    let answering = people.into_iter().enumerate().filter(|(place, _)| place % 3 != 1);
    for (place, (_, (_, author))) in answering.enumerate() {
        let (author, chance, questions, new) =
            (author.clone(), stage.chance.clone(), questions.clone(), answers_of(place, &questions));
        stage
            .store
            .write(Side::Voices, move |tx| {
                let consultation = consultations::by_slug(tx, SLUG)?;
                let checked = responses::check_answers(&questions, &new)?;
                responses::answer(tx, &author, &consultation, &chance, at, &checked, true, None).map(|_| ())
            })
            .await?;
    }
    Ok(())
}

/// What the n-th of them answers; some skip a question.
fn answers_of(place: usize, questions: &[Question]) -> NewAnswers {
    let choice = |words: &[&str], place: usize| words.get(place % words.len()).map(|&word| word.to_owned());
    let mut answers = Vec::new();
    let mut permission = None;
    for one in questions {
        let (mut chosen, mut words) = (Vec::new(), String::new());
        match one.kind {
            QuestionKind::OneChoice => {
                chosen.extend(choice(&["2", "1", "2", "1", "2", "4", "2", "1", "3", "2", "no_answer"], place));
            }
            QuestionKind::Scale if place % 5 != 4 => {
                chosen.extend(choice(&["2", "3", "1", "4", "2", "3", "2", "5", "no_answer"], place));
            }
            QuestionKind::Several if place % 7 != 3 => {
                chosen.extend(choice(&["1", "2", "1", "4", "3", "1"], place));
                chosen.extend(choice(&["4", "5", "3"], place));
                if place % 16 == 2 {
                    words = choice(&OTHERS, place / 16).unwrap_or_default();
                }
            }
            QuestionKind::LongText if place % 4 == 1 => {
                words = WORDS.get(place / 4).map(|&words| words.to_owned()).unwrap_or_default();
            }
            _ => {}
        }
        if !words.is_empty() {
            permission = choice(&["paraphrase", "word_for_word", "word_for_word", "count_only"], place / 4);
        }
        chosen.dedup();
        answers.push(NewAnswer { question: one.id, chosen, words });
    }
    NewAnswers { answers, permission, with_name: false }
}

const OTHERS: [&str; 3] =
    ["A desk that is mine on Tuesdays", "Parking near the office after dark", "A duty rota known a month ahead"];

const WORDS: [&str; 12] = [
    "Travel. We cover a county the size of a small country, and the draft never says where people will sit.",
    "What happens to the trainees. Nobody counts them as posts, and everybody leans on them.",
    "Business support. Four times we are told that forms take too long, and the people who know the forms are not in it.",
    "A sentence on what the branch would give up. The director will ask.",
    "Interpreters. Half of our visits wait for one.",
    "How the eighteen months would feel for a team that changes twice.",
    "School holidays: the plan works in term time.",
    "Who answers the telephone between five and six.",
    "Say plainly that nobody is to be moved more than ten miles without being asked.",
    "Part-time staff. A ceiling of sixteen means nothing if you work two days and hold twelve.",
    "Foster carers should be asked as well, they will carry half of this.",
    "Something on sickness cover. It is always the same three people.",
];
