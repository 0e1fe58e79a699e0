//! Questions as a page asks them, and what was typed into their fields.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::consultations::question::{NO_ANSWER, OTHER};
use crate::consultations::{Consultation, Question, QuestionKind};
use crate::drafts;
use crate::ids::Id;
use crate::keys::sha256;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{Author, MyAnswer, NewAnswer, kept};
use crate::store::{Fault, Tx};
use crate::web::house::House;
use crate::web::view::{AskedAbout, AskedView, ChoiceView, ScaleEnd, shortened};
use crate::words::Language;

/// A form of questions as it was sent; anything may be missing or nonsense.
#[derive(Debug, Clone, Default)]
pub struct TypedAnswers(pub Vec<(String, String)>);

/// The card that takes an answer back.
const TAKE_BACK: &str = "take_back";

impl TypedAnswers {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, typed)| typed)
    }

    /// Tells what the page had of this question.
    fn had(&self, question: Id) -> Option<&str> {
        let name = format!("had-{question}");
        self.0.iter().find(|(field, _)| *field == name).map(|(_, had)| had.as_str())
    }

    /// What stands in the fields of this question now.
    pub fn answer(&self, question: &Question) -> NewAnswer {
        let field = field(question.id);
        let none = NewAnswer { question: question.id, chosen: Vec::new(), words: String::new() };
        if question.kind.is_text() {
            return NewAnswer { words: self.get(&field).replace("\r\n", "\n").trim().to_owned(), ..none };
        }
        let chosen = self.0.iter().filter(|(name, _)| *name == field).map(|(_, value)| value.clone());
        let chosen: Vec<String> = chosen.filter(|value| !value.is_empty()).collect();
        if chosen.iter().any(|value| value == TAKE_BACK) {
            return none;
        }
        NewAnswer { chosen, words: self.get(&format!("{field}-other")).trim().to_owned(), ..none }
    }

    /// All that was typed into any question, choices left out.
    pub fn all_words(&self) -> String {
        let is_choice =
            |typed: &str| typed == OTHER || typed == NO_ANSWER || typed == TAKE_BACK || typed.parse::<i32>().is_ok();
        let words = self.0.iter().filter(|(name, typed)| name.starts_with("q-") && !is_choice(typed));
        words.map(|(_, typed)| typed.trim()).filter(|typed| !typed.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// Gives up what was kept of answers that were sent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn let_go(&self, tx: &mut Tx, author: &Author, place: &str) -> Result<(), Fault> {
        kept::let_go(tx, author, place, self.get("revision").parse().ok(), self.get("page"))
    }

    /// The answers that differ from what the page had: an answer that came from another device
    /// meanwhile is not overwritten by a page that merely showed the old one.
    pub fn changed(&self, questions: &[Question]) -> Vec<NewAnswer> {
        let answers = questions.iter().map(|question| self.answer(question));
        answers.filter(|answer| fingerprint(answer) != self.had(answer.question).unwrap_or_default()).collect()
    }

    /// All her words in one piece, to copy and keep.
    pub fn words(&self, questions: &[Question]) -> String {
        let words = questions.iter().map(|question| self.answer(question).words);
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

/// The form field of a question.
pub fn field(question: Id) -> String {
    format!("q-{question}")
}

/// The question as the page asks it, filled with what she `typed`, or else with what she `said`.
pub fn asked_view(
    question: &Question,
    said: Option<&MyAnswer>,
    typed: Option<&TypedAnswers>,
    about: Option<AskedAbout>,
) -> AskedView {
    let known = said.map(|mine| NewAnswer {
        question: question.id,
        chosen: mine.answer.given.clone(),
        words: mine.answer.words.clone(),
    });
    let now = known.as_ref().map(fingerprint).unwrap_or_default();
    let typed = typed.map(|typed| (typed.answer(question), typed.had(question.id)));
    let (shown, had) = match typed {
        None => (known, now),
        // She left it as it was: it is shown as it is now.
        Some((answer, Some(had))) if fingerprint(&answer) == had => (known, now),
        Some((answer, had)) => (Some(answer), had.map_or(now, str::to_owned)),
    };
    let chosen = shown.as_ref().map(|answer| answer.chosen.as_slice()).unwrap_or_default();
    let end = |point: i32, words: &str| (!words.is_empty()).then(|| ScaleEnd { point, words: words.to_owned() });
    let ends =
        question.scale.as_ref().map(|scale| [end(scale.from, &scale.from_words), end(scale.to, &scale.to_words)]);
    AskedView {
        id: question.id.to_string(),
        field: field(question.id),
        number: question.number(),
        kind: question.kind.as_str(),
        wording: question.wording.clone(),
        help: question.help.clone(),
        about,
        choices: question.choices().iter().map(|choice| choice_view(question, choice, chosen)).collect(),
        ends: ends.into_iter().flatten().flatten().collect(),
        offers_other: question.offers_other,
        words: shown.as_ref().map(|answer| answer.words.clone()).unwrap_or_default(),
        answered: said.is_some(),
        had,
    }
}

/// A choice as it is shown; `chosen` are those taken.
pub fn choice_view(question: &Question, choice: &str, chosen: &[String]) -> ChoiceView {
    let (kind, words) = match (choice, question.kind) {
        (OTHER, _) => ("other", String::new()),
        (NO_ANSWER, _) => ("no_answer", String::new()),
        (point, QuestionKind::Scale) => ("point", point.to_owned()),
        (option, _) => ("option", question.option(option).unwrap_or_default().to_owned()),
    };
    ChoiceView { value: choice.to_owned(), kind, words, checked: chosen.iter().any(|one| one == choice) }
}

/// A choice in words alone.
pub fn choice_words(house: &House, language: Language, question: &Question, choice: &str) -> String {
    match choice {
        OTHER => house.words.say(language, "question-other", &[]),
        NO_ANSWER => house.words.say(language, "question-no-answer", &[]),
        other => question.option(other).unwrap_or(other).to_owned(),
    }
}

/// The passages that questions are about, where they stand now.
///
/// # Errors
/// When the database fails.
pub fn passages(
    tx: &mut Tx,
    house: &House,
    consultation: &Consultation,
    questions: &[Question],
) -> Result<Vec<Option<AskedAbout>>, Refusal> {
    let about = |tx: &mut Tx, key: &str| {
        let place = match drafts::place(tx, consultation.id, Some(key), None) {
            Ok(place) => place,
            Err(Refusal::Fault(fault)) => return Err(Refusal::Fault(fault)),
            // No longer in the draft, or none is out yet: the question stands on its own.
            Err(_) => return Ok(None),
        };
        let edition = house.shelf.edition_of(tx, &place)?;
        Ok(edition.block(key).map(|block| AskedAbout {
            number: block.number.clone(),
            text: shortened(&block.text),
            read_url: links::block(&consultation.slug, key),
        }))
    };
    questions.iter().map(|one| one.block_key.as_deref().map_or(Ok(None), |key| about(tx, key))).collect()
}

/// Tells two answers apart; empty for none.
fn fingerprint(answer: &NewAnswer) -> String {
    if answer.chosen.is_empty() && answer.words.is_empty() {
        return String::new();
    }
    let digest = sha256(format!("{:?}{:?}", answer.chosen, answer.words).as_bytes());
    URL_SAFE_NO_PAD.encode(&digest[..9])
}
