//! The draft, page by page, and two texts side by side: for a signed-in member with marks where she has spoken.

use std::collections::HashMap;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{asked, deadline, see_other, session, stop_url};
use super::here::Here;
use super::leaf::{self, Asked, Found, Leaf, LeafKind, cited};
use super::outside;
use super::sheet::{Filling, plain_mark, spoken};
use super::shelf::Shelf;
use crate::consultations::{self, Arrival, State};
use crate::drafts;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Mine};
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::session::{Level, MemberSession};
use crate::web::view::{Mark, OwnStatus, ReadTop, WaysToAnswer};

/// The draft, or what the consultation is about.
///
/// # Errors
/// No such consultation, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    page(&request, &house, &slug, Asked::Draft).await
}

/// A part of a long draft.
///
/// # Errors
/// No such part, or it is not for the visitor.
pub async fn section(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, name) = path.into_inner();
    page(&request, &house, &slug, Asked::Section(name)).await
}

/// The draft and the employer's text side by side.
///
/// # Errors
/// There is no second text, or it is not for the visitor.
pub async fn beside(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let differing = is_differing(&request);
    page(&request, &house, &slug, Asked::Beside { part: None, differing }).await
}

/// A part of both, where they are long.
///
/// # Errors
/// As [`beside`].
pub async fn beside_part(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, name) = path.into_inner();
    let differing = is_differing(&request);
    page(&request, &house, &slug, Asked::Beside { part: Some(name), differing }).await
}

fn is_differing(request: &HttpRequest) -> bool {
    asked(request, "only").as_deref() == Some("differences")
}

async fn page(request: &HttpRequest, house: &Data<House>, slug: &str, wanted: Asked) -> Result<HttpResponse, Failure> {
    if let Some(session) = session(request) {
        match Reader::of(house, session, slug, &wanted).await? {
            Visit::Reading(reader) => {
                let open = reader.here.consultation.judge(Arrived::of(request, house)) == Arrival::OnTime;
                let html = reader.page(house, open, asked(request, "said"))?;
                return Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html));
            }
            Visit::Elsewhere(address) => return Ok(see_other(&address)),
            Visit::Outside => {}
        }
    }
    match outside::page_for_staff(request, house, slug, &wanted).await? {
        Some(draft) => Ok(draft),
        None => outside::page(request, house, slug, &wanted).await,
    }
}

/// The way from a number that people cite, or from a passage's key, to the page it is on.
///
/// # Errors
/// No such number in the version.
pub async fn number(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, number) = path.into_inner();
    let version = asked(&request, "version").and_then(|version| version.parse::<i32>().ok());
    let (shared, session) = (house.clone(), session(&request));
    let staff = outside::is_staff(&request, &house).await?;
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let here = session.map(|session| Here::load(tx, &shared.keys, session, Some(&slug))).transpose()?.flatten();
        let is_open = consultation.state != State::Preparing && (here.is_some() || consultation.public_draft);
        if !is_open && !staff {
            return Err(Refusal::Unknown("page"));
        }
        let place = match drafts::place(tx, consultation.id, Some(&number), version) {
            // What people cite is in the current text first.
            Ok(place) if version.is_none() && place.block_key.as_deref() != Some(number.as_str()) => {
                let current = drafts::place(tx, consultation.id, None, None)?.version_number;
                drafts::place(tx, consultation.id, Some(&number), Some(current)).unwrap_or(place)
            }
            place => place?,
        };
        let key = place.block_key.clone().ok_or(Refusal::Unknown("page"))?;
        let (document, number) = match drafts::version::published(tx, place.document_id)? {
            Some(current) => (current.document_id, current.number),
            None => (place.document_id, place.version_number),
        };
        let edition = shared.shelf.edition(tx, document, number)?;
        leaf::address(tx, &shared, &consultation, &edition, &key)
    });
    match found.await {
        Ok(address) => Ok(HttpResponse::build(StatusCode::FOUND).insert_header((header::LOCATION, address)).finish()),
        Err(Refusal::Fault(fault)) => Err(fault.into()),
        _ => Err(Failure::NotFound),
    }
}

/// What an address is to whoever holds a member's session.
enum Visit {
    Reading(Box<Reader>),
    Elsewhere(String),
    /// Not a member's page for her: as for anybody.
    Outside,
}

/// A member before a page, with what her device may know of her words.
struct Reader {
    here: Here,
    leaf: Leaf,
    comments: Vec<Mine>,
    finished: bool,
}

impl Reader {
    async fn of(house: &Data<House>, session: MemberSession, slug: &str, wanted: &Asked) -> Result<Visit, Failure> {
        let (shared, slug, wanted) = (house.clone(), slug.to_owned(), wanted.clone());
        let found = house.read(move |tx| {
            let Some(here) = Here::load(tx, &shared.keys, session, Some(&slug))? else { return Ok(Visit::Outside) };
            let leaf = match Leaf::find(tx, &shared, &here.consultation, &wanted)? {
                Found::Leaf(leaf) => leaf,
                Found::Elsewhere(address) => return Ok(Visit::Elsewhere(address)),
                Found::Nothing => return Ok(Visit::Outside),
            };
            let (comments, finished) = match here.level {
                Level::Full => {
                    (responses::said_by(tx, &here.author)?, responses::finished(tx, &here.author)?.is_some())
                }
                Level::Write => (Vec::new(), false),
            };
            Ok(Visit::Reading(Box::new(Self { here, leaf, comments, finished })))
        });
        Ok(found.await?)
    }

    fn page(&self, house: &House, open: bool, said: Option<String>) -> Result<String, Failure> {
        let Here { consultation, language, author, level, .. } = &self.here;
        let slug = &consultation.slug;
        let said = said.and_then(|said| self.comments.iter().find(|mine| mine.comment.id.to_string() == said));
        let marks = self.marks(house, open, said)?;
        let said_here =
            said.and_then(|mine| mine.comment.block_key.as_ref()).is_some_and(|key| marks.contains_key(key));
        let top = ReadTop {
            deadline: deadline(house, *language, consultation),
            notice: said.filter(|_| !said_here).map(|mine| self.received(house, mine)),
            own: (self.finished || !self.comments.is_empty()).then(|| OwnStatus {
                comments: self.comments.len(),
                finished: self.finished,
                mine_url: links::mine(slug),
            }),
            ways: open.then(|| WaysToAnswer {
                comment_whole_url: links::comment(slug, "whole"),
                finish_url: links::finish(slug),
            }),
            code_url: (*level == Level::Write).then(|| links::code(slug)),
            ..ReadTop::default()
        };
        let end_html = house.renderer.render("member/read_end.html", *language, &top)?;
        // How to comment is said once, where reading begins.
        let is_further = matches!(self.leaf.kind, LeafKind::Part(_) | LeafKind::Beside { part: 1.., .. });
        let top = ReadTop { ways: top.ways.filter(|_| !is_further), ..top };
        let top_html = house.renderer.render("member/read_top.html", *language, &top)?;
        let stop_url = stop_url(house, &author.invitation);
        let sheet = Shelf::sheet(house, *language, consultation, &self.leaf, true)?;
        let spoken = self.spoken(house)?;
        let filling =
            Filling { top: &top_html, end: &end_html, stop_url: &stop_url, open, marks: &marks, spoken: &spoken };
        Ok(sheet.fill(&filling))
    }

    /// The marks of passages on this page on which she has spoken.
    fn marks(&self, house: &House, open: bool, said: Option<&Mine>) -> Result<HashMap<String, String>, Failure> {
        let mut counts: HashMap<&str, (usize, crate::ids::Id)> = HashMap::new();
        for mine in &self.comments {
            if let Some(key) = &mine.comment.block_key {
                counts.entry(key).or_insert((0, mine.comment.document_id)).0 += 1;
            }
        }
        let (language, slug) = (self.here.language, &self.here.consultation.slug);
        let mut marks = HashMap::new();
        for (key, (own_comments, document)) in counts {
            let Some((edition, block, _)) = self.leaf.shows(document, key) else { continue };
            let number = cited(house, language, edition.kind, &block.number);
            let plain = plain_mark(slug, edition.version.number, key, &number, self.leaf.is_beside());
            let just_said = said.filter(|mine| mine.comment.block_key.as_deref() == Some(key));
            let mark = Mark {
                own_comments,
                comment_url: plain.comment_url.filter(|_| open),
                notice: just_said.map(|mine| self.received(house, mine)),
                ..plain
            };
            marks.insert(key.to_owned(), house.renderer.render("parts/mark.html", language, &mark)?);
        }
        Ok(marks)
    }

    /// In which sections she has spoken, where the page has contents.
    fn spoken(&self, house: &House) -> Result<HashMap<usize, String>, Failure> {
        let lines = self.leaf.contents().iter().flat_map(|part| &part.entries);
        let mut spoken = HashMap::new();
        for (place, line) in lines.enumerate() {
            let in_it = self.comments.iter().filter(|mine| {
                let key = mine.comment.block_key.as_deref();
                key.is_some_and(|key| self.leaf.is_in(&line.units, mine.comment.document_id, key))
            });
            let count = in_it.count();
            if count > 0 {
                spoken.insert(place, self::spoken(house, self.here.language, count)?);
            }
        }
        Ok(spoken)
    }

    fn received(&self, house: &House, mine: &Mine) -> String {
        let (language, receipt) = (self.here.language, mine.comment.receipt.as_str());
        let key = mine.comment.block_key.as_deref();
        let block = key.and_then(|key| self.leaf.knows(mine.comment.document_id, key));
        let mut words = match block {
            Some((edition, block)) => {
                let number = cited(house, language, edition.kind, &block.number);
                let values = [("number", number.into()), ("receipt", receipt.into())];
                house.words.say(language, "notice-received", &values)
            }
            None => house.words.say(language, "notice-received-whole", &[("receipt", receipt.into())]),
        };
        if mine.comment.is_late {
            words.push(' ');
            words.push_str(&house.words.say(language, "mine-late", &[]));
        }
        words
    }
}
