//! Words that she typed and has not sent, as her pages show them.

use std::collections::BTreeSet;

use actix_web::HttpRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::asked::TypedAnswers;
use super::frame::asked;
use super::here::Here;
use super::passage::{Passage, WHOLE};
use super::typed::Typed;
use crate::ids::CommentId;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::kept::{self, Fields, Kept, Reader};
use crate::responses::{self, Author};
use crate::store::{Fault, Tx};
use crate::web::csrf;
use crate::web::form;
use crate::web::house::House;
use crate::web::session::Level;
use crate::web::view::{Keep, OtherWords, Unsent, shortened};

/// What this browser and this session may be shown.
#[must_use]
pub fn reader(request: &HttpRequest, level: Level) -> Reader {
    Reader { browser: csrf::browser(request), sees_all: level == Level::Full }
}

/// What is kept for one form.
#[derive(Default)]
pub struct KeptHere {
    mine: Option<Kept>,
    others: Vec<Kept>,
}

impl KeptHere {
    /// # Errors
    /// When the database fails.
    pub fn load(tx: &mut Tx, author: &Author, reader: &Reader, place: &str) -> Result<Self, Fault> {
        let mut here = kept::kept(tx, author, reader)?.into_iter().filter(|kept| kept.place == place);
        Ok(Self { mine: here.next(), others: here.collect() })
    }

    /// The form as she left it.
    #[must_use]
    pub fn typed(&self) -> Option<Typed> {
        let mine = self.mine.as_ref()?;
        let typed: Typed = form::value_of(&mine.fields).ok()?;
        Some(Typed { revision: mine.revision.to_string(), page: String::new(), ..typed })
    }

    /// The fields as she left them.
    #[must_use]
    pub fn fields(&self) -> Option<Fields> {
        self.mine.as_ref().map(|mine| mine.fields.clone())
    }

    /// What the form of a comment at `place` needs to keep words.
    #[must_use]
    pub fn view(&self, house: &House, slug: &str, place: &str, typed: &Typed) -> Keep {
        let was_sent = !typed.page.is_empty();
        let keep =
            self.keep(house, slug, place, was_sent.then_some(typed.revision.as_str()), |kept| other(&kept.fields));
        Keep { revision: typed.revision.clone(), ..keep }
    }

    /// What a form at `place` needs to keep words; `sent` is the revision in a form that came back
    /// with something to mend.
    #[must_use]
    pub fn keep(
        &self,
        house: &House,
        slug: &str,
        place: &str,
        sent: Option<&str>,
        other: impl Fn(&Kept) -> OtherWords,
    ) -> Keep {
        let mine = || self.mine.as_ref().map(|mine| mine.revision.to_string()).unwrap_or_default();
        Keep {
            keep_url: links::keep(slug, place),
            revision: sent.map_or_else(mine, str::to_owned),
            page: URL_SAFE_NO_PAD.encode(house.chance.bytes::<12>()),
            began: sent.is_none() && self.mine.is_some(),
            lost_url: links::LOST.to_owned(),
            others: self
                .others
                .iter()
                .map(|kept| OtherWords { revision: kept.revision.to_string(), ..other(kept) })
                .collect(),
        }
    }
}

fn other(fields: &Fields) -> OtherWords {
    let typed: Typed = form::value_of(fields).unwrap_or_default();
    OtherWords {
        position: typed.position,
        condition: typed.condition,
        body: typed.body,
        new_wording: typed.new_wording,
        ..OtherWords::default()
    }
}

/// The places where something waits to be sent.
///
/// # Errors
/// When the database fails.
pub fn places(tx: &mut Tx, author: &Author, reader: &Reader) -> Result<BTreeSet<String>, Fault> {
    kept::places(tx, author, reader)
}

/// All that waits to be sent, each with the way back to it.
///
/// # Errors
/// When the database fails.
pub fn unsent(tx: &mut Tx, house: &House, here: &Here, reader: &Reader) -> Result<Vec<Unsent>, Refusal> {
    let mut found: Vec<Unsent> = Vec::new();
    for one in kept::kept(tx, &here.author, reader)? {
        let url = form_url(&here.consultation.slug, &one.place);
        if found.last().is_some_and(|last| last.url == url) {
            continue;
        }
        if answers(&one.place).is_some() {
            let words = TypedAnswers(one.fields).all_words();
            found.push(Unsent { questions: true, url, words: shortened(&words), ..Unsent::default() });
            continue;
        }
        let typed: Typed = form::value_of(&one.fields).unwrap_or_default();
        let about = match change(&one.place) {
            Some(id) => match responses::mine_one(tx, &here.author, id) {
                Ok(mine) => mine.comment.block_key.unwrap_or_else(|| WHOLE.to_owned()),
                Err(Refusal::Fault(fault)) => return Err(fault.into()),
                Err(_) => continue,
            },
            None => one.place.clone(),
        };
        let number = match Passage::find(tx, house, &here.consultation, here.language, &about, None) {
            Ok(passage) => passage.number(),
            Err(Refusal::Fault(fault)) => return Err(fault.into()),
            Err(_) => None,
        };
        let changing = about != one.place;
        found.push(Unsent { number, changing, url, words: shortened(&typed.words()), ..Unsent::default() });
    }
    Ok(found)
}

/// What became of her words when she pressed "Save for later".
#[must_use]
pub fn notice(request: &HttpRequest, house: &House, here: &Here) -> Option<String> {
    let say = |id| Some(house.words.say(here.language, id, &[]));
    match asked(request, "kept")?.as_str() {
        "yes" => say("keep-done"),
        "beside" => say("keep-done-beside"),
        "gone" => say("keep-done-gone"),
        _ => None,
    }
}

/// The comment that is changed at a place.
#[must_use]
pub fn change(place: &str) -> Option<CommentId> {
    place.strip_prefix("change-")?.parse().ok()
}

/// The place of answers to all questions, or to one of many by its number.
#[must_use]
pub fn answers_at(number: Option<usize>) -> String {
    number.map_or_else(|| ANSWERS.to_owned(), |number| format!("{ANSWERS}-{number}"))
}

/// Which questions are answered at a place: one, by its number, or all; none where it is another.
#[must_use]
#[expect(clippy::option_option, reason = "no place of answers, the place of all, or that of one")]
pub fn answers(place: &str) -> Option<Option<usize>> {
    match place.strip_prefix(ANSWERS)? {
        "" => Some(None),
        number => Some(Some(number.strip_prefix('-')?.parse().ok()?)),
    }
}

const ANSWERS: &str = "answers";

/// The page with the form of a place.
#[must_use]
pub fn form_url(slug: &str, place: &str) -> String {
    match (change(place), answers(place)) {
        (Some(id), _) => links::change(slug, id),
        (None, Some(Some(number))) => links::question_at(slug, number),
        (None, Some(None)) => links::questions(slug),
        (None, None) => links::comment(slug, place),
    }
}
