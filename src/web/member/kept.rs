//! Words that she typed and has not sent, as her pages show them.

use std::collections::BTreeSet;

use actix_web::HttpRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::frame::asked;
use super::here::Here;
use super::passage::{Passage, WHOLE};
use super::typed::Typed;
use crate::ids::CommentId;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::kept::{self, Kept, Reader};
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

    /// What the form at `place` needs to keep words.
    #[must_use]
    pub fn view(&self, house: &House, slug: &str, place: &str, typed: &Typed) -> Keep {
        Keep {
            keep_url: links::keep(slug, place),
            revision: typed.revision.clone(),
            page: URL_SAFE_NO_PAD.encode(house.chance.bytes::<12>()),
            // Not on a form that came back with something to mend.
            began: typed.page.is_empty() && self.mine.is_some(),
            lost_url: links::LOST.to_owned(),
            others: self.others.iter().map(other).collect(),
        }
    }
}

fn other(kept: &Kept) -> OtherWords {
    let typed: Typed = form::value_of(&kept.fields).unwrap_or_default();
    OtherWords {
        revision: kept.revision.to_string(),
        position: typed.position,
        condition: typed.condition,
        body: typed.body,
        new_wording: typed.new_wording,
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
        found.push(Unsent { number, changing: about != one.place, url, words: shortened(&typed.words()) });
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

/// The page with the form of a place.
#[must_use]
pub fn form_url(slug: &str, place: &str) -> String {
    match change(place) {
        Some(id) => links::change(slug, id),
        None => links::comment(slug, place),
    }
}
