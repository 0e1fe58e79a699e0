//! What she typed on a comment page, and how it is given back whatever happens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::frame::{Frame, deadline};
use super::here::Here;
use super::passage::Passage;
use crate::links;
use crate::refusal::Problems;
use crate::responses::kept::{self, Typing};
use crate::responses::{Author, Comment, NewComment, Position, Quote};
use crate::store::{Fault, Tx};
use crate::text::{self, Problem};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::quoting;
use crate::web::view::{CommentPage, HiddenField, LatePage};

/// The form as it was sent; anything may be missing or nonsense.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub version: String,
    pub nonce: String,
    pub position: String,
    pub condition: String,
    pub body: String,
    pub quote: String,
    pub quote_prefix: String,
    pub quote_suffix: String,
    pub quote_start: String,
    /// Ticked: the quotation is left out.
    pub quote_out: String,
    pub new_wording: String,
    pub permission: String,
    pub confidence: String,
    /// Which button was pressed; see [`Look`].
    pub look: String,
    /// The kept text that the page showed or saved last, and the page's own name.
    pub revision: String,
    pub page: String,
}

/// What a press of the form's other buttons asks for, before anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// See how it will look.
    Preview,
    /// Back from there to the form.
    Form,
    /// The passage's words, as the beginning of a new wording.
    Wording,
}

impl Typed {
    /// The form filled with what she sent before.
    #[must_use]
    pub fn from_comment(comment: &Comment) -> Self {
        let quote = comment.quote().unwrap_or_default();
        Self {
            version: comment.version_number.to_string(),
            position: comment.position.to_string(),
            condition: comment.condition.clone(),
            body: comment.body.clone(),
            quote: quote.exact,
            quote_prefix: quote.prefix,
            quote_suffix: quote.suffix,
            quote_start: quote.start.map(|start| start.to_string()).unwrap_or_default(),
            new_wording: comment.new_wording.clone(),
            ..Self::default()
        }
    }

    /// The version she had before her.
    #[must_use]
    pub fn version(&self) -> Option<i32> {
        self.version.parse().ok()
    }

    #[must_use]
    pub fn look(&self) -> Option<Look> {
        match self.look.as_str() {
            "preview" => Some(Look::Preview),
            "form" => Some(Look::Form),
            "wording" => Some(Look::Wording),
            _ => None,
        }
    }

    /// The words she quotes from a passage, with their place where there is one best; as typed where
    /// they are not found.
    #[must_use]
    pub fn quotation(&self, text: Option<&str>) -> Option<Quote> {
        let typed = self.typed_quote();
        if typed.exact.trim().is_empty() || !self.quote_out.is_empty() {
            return None;
        }
        Some(text.and_then(|text| quoting::placed(text, &typed)).unwrap_or(Quote { start: None, end: None, ..typed }))
    }

    fn typed_quote(&self) -> Quote {
        Quote {
            exact: self.quote.clone(),
            prefix: self.quote_prefix.clone(),
            suffix: self.quote_suffix.clone(),
            start: self.quote_start.parse().ok(),
            end: None,
        }
    }

    /// Takes the passage's words as the beginning of a new wording; one that was begun stays.
    #[must_use]
    pub fn with_wording_of(mut self, text: Option<&str>) -> Self {
        if self.new_wording.trim().is_empty() {
            self.new_wording = text.unwrap_or_default().chars().take(text::CONDITION_MAX).collect();
        }
        self
    }

    /// Every field as it was typed, for a page that sends it on.
    #[must_use]
    pub fn fields(&self) -> Vec<HiddenField> {
        let fields = [
            ("version", &self.version),
            ("nonce", &self.nonce),
            ("position", &self.position),
            ("condition", &self.condition),
            ("body", &self.body),
            ("quote", &self.quote),
            ("quote_prefix", &self.quote_prefix),
            ("quote_suffix", &self.quote_suffix),
            ("quote_start", &self.quote_start),
            ("quote_out", &self.quote_out),
            ("new_wording", &self.new_wording),
            ("permission", &self.permission),
            ("confidence", &self.confidence),
        ];
        let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| HiddenField { name, value: value.clone() }).collect()
    }

    /// The comment this asks for, with choices known from before where they were not asked. `text`
    /// are the words of the passage as she read them.
    #[must_use]
    pub fn new_comment(&self, place: Option<String>, text: Option<&str>, known: Option<(String, bool)>) -> NewComment {
        let (permission, with_name) =
            known.unwrap_or_else(|| (self.permission.clone(), self.confidence == WITH_MY_NAME));
        NewComment {
            block: place,
            version: self.version(),
            position: Some(self.position.clone()),
            condition: self.condition.clone(),
            body: self.body.clone(),
            quote: self.quotation(text),
            new_wording: self.new_wording.clone(),
            permission: Some(permission),
            with_name,
        }
    }

    /// The form's words, to be kept.
    #[must_use]
    pub fn typing(&self, place: String) -> Typing {
        let words = [
            ("version", &self.version),
            ("nonce", &self.nonce),
            ("position", &self.position),
            ("condition", &self.condition),
            ("body", &self.body),
            ("new_wording", &self.new_wording),
        ];
        let fields = words.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
        let (revision, page) = (self.revision.parse().ok(), self.page.clone());
        Typing { place, revision, page, fields, ..Typing::default() }
    }

    /// Gives up what was kept of words that were sent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sent(&self, tx: &mut Tx, author: &Author, place: &str) -> Result<(), Fault> {
        kept::let_go(tx, author, place, self.revision.parse().ok(), &self.page)
    }

    /// "Support if" must say what, in the one field or the other.
    pub fn check_condition(&self, problems: &mut Problems) {
        if self.position == "support_if" && self.condition.trim().is_empty() && self.body.trim().is_empty() {
            problems.note("condition", "missing", "Say what would have to change.");
        }
    }

    /// All her words in one piece, to copy and keep.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [&self.condition, &self.body, &self.new_wording];
        parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// A failure that gives her words back.
    #[must_use]
    pub fn kept(&self, failure: Failure) -> Failure {
        failure.giving_back(Some(self.words()).filter(|words| !words.is_empty()))
    }

    /// The part of the comment page that is hers; the rest is for the page to fill in.
    #[must_use]
    pub fn page(self, house: &House, here: &Here, passage: &Passage) -> CommentPage {
        let quote = quoting::field(passage.text.as_deref(), &self.typed_quote(), !self.quote_out.is_empty());
        CommentPage {
            has_wording: passage.text.is_some(),
            about: passage.about.clone(),
            deadline: deadline(house, here.language, &here.consultation),
            version: passage.version,
            newer_version: passage.is_newer,
            position: self.position,
            condition: self.condition,
            body: self.body,
            quote,
            new_wording: self.new_wording,
            label: here.label.clone(),
            permission: self.permission,
            with_my_name: self.confidence == WITH_MY_NAME,
            nonce: self.nonce,
            apart: here.apart,
            ..CommentPage::default()
        }
    }

    /// Too late: the true reason, and her words to keep.
    ///
    /// # Errors
    /// When the page cannot be rendered.
    pub fn late(
        self,
        request: &HttpRequest,
        house: &House,
        here: &Here,
        number: Option<String>,
        arrived: DateTime<Utc>,
    ) -> Result<HttpResponse, Failure> {
        let consultation = &here.consultation;
        let local = arrived.with_timezone(&consultation.deadline.zone).naive_local();
        let frame = Frame::of(request, house, here);
        frame.show(house, StatusCode::CONFLICT, "member/late.html", |page| LatePage {
            page,
            title: consultation.title.clone(),
            deadline: deadline(house, here.language, consultation),
            arrived_words: house.words.deadline_words(here.language, local),
            number,
            position: known_position(&self.position),
            condition: self.condition,
            body: self.body,
            new_wording: self.new_wording,
            read_url: links::consultation(&consultation.slug),
        })
    }
}

/// Whether the form has a place for each of the problems.
#[must_use]
pub fn is_mendable(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| !matches!(problem.field.as_str(), "block" | "version"))
}

/// The value that gives a name.
pub const WITH_MY_NAME: &str = "with_my_name";

fn known_position(typed: &str) -> String {
    Position::from_value(typed).map(|position| position.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refusal;

    #[test]
    fn all_her_words_are_given_back() {
        let typed = Typed { condition: "if".into(), body: " words ".into(), ..Typed::default() };
        assert_eq!(typed.words(), "if\n\nwords");
        let failure = typed.kept(Failure::Refused(Refusal::Unknown("block")));
        assert_eq!(failure.kept(), Some("if\n\nwords"));
    }

    #[test]
    fn support_if_wants_to_know_what() {
        let refused = |typed: Typed| {
            let mut problems = Problems::default();
            typed.check_condition(&mut problems);
            problems.none().is_err()
        };
        let bare = Typed { position: "support_if".into(), ..Typed::default() };
        assert!(refused(bare.clone()));
        assert!(!refused(Typed { body: "more staff".into(), ..bare }));
    }

    #[test]
    fn choices_known_from_before_are_not_taken_from_the_form() {
        let typed = Typed { permission: "word_for_word".into(), confidence: WITH_MY_NAME.into(), ..Typed::default() };
        let new = typed.new_comment(None, None, Some(("count_only".into(), false)));
        assert_eq!((new.permission.as_deref(), new.with_name), (Some("count_only"), false));
        let asked = typed.new_comment(None, None, None);
        assert_eq!((asked.permission.as_deref(), asked.with_name), (Some("word_for_word"), true));
    }
}
