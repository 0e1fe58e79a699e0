//! The draft: for a signed-in member with marks where she has spoken.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{asked, deadline, session, stop_url};
use super::here::Here;
use super::outside::{self, current};
use super::preview;
use super::sheet::{Filling, plain_mark};
use super::shelf::{Edition, Shelf};
use crate::consultations::{self, Arrival, State};
use crate::drafts;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, Mine};
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::quoting;
use crate::web::session::{Level, MemberSession};
use crate::web::standing::Standing;
use crate::web::view::{ChangedLine, Mark, NoticeMore, OwnStatus, ReadTop, WaysToAnswer};

/// The draft, or what the consultation is about.
///
/// # Errors
/// No such consultation, or the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    if let Some(session) = session(&request)
        && let Some(reader) = Reader::of(&house, session, &slug).await?
    {
        let open = reader.here.consultation.judge(Arrived::of(&request, &house)) == Arrival::OnTime;
        let html = reader.page(&house, open, asked(&request, "said"))?;
        return Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html));
    }
    match outside::page_for_staff(&request, &house, &slug).await? {
        Some(draft) => Ok(draft),
        None => outside::page(&request, &house, &slug).await,
    }
}

/// The way from a number that people cite to its passage.
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
    let (keys, session) = (house.keys.clone(), session(&request));
    let read_slug = slug.clone();
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &read_slug)?;
        let here = session.map(|session| Here::load(tx, &keys, session, Some(&read_slug))).transpose()?.flatten();
        if consultation.state == State::Preparing || (here.is_none() && !consultation.public_draft) {
            return Err(Refusal::Unknown("page"));
        }
        let version = match version {
            Some(version) => version,
            None => drafts::place(tx, consultation.id, None, None)?.version_number,
        };
        drafts::place(tx, consultation.id, Some(&number), Some(version))
    });
    match found.await {
        Ok(drafts::Place { block_key: Some(key), .. }) => {
            let address = links::block(&slug, &key);
            Ok(HttpResponse::build(StatusCode::FOUND).insert_header((header::LOCATION, address)).finish())
        }
        Err(Refusal::Fault(fault)) => Err(fault.into()),
        _ => Err(Failure::NotFound),
    }
}

/// A member before the draft, with what her device may know of her words.
struct Reader {
    here: Here,
    edition: Arc<Edition>,
    comments: Vec<Mine>,
    /// How many of them she is to be asked about.
    changed: usize,
    finished: bool,
}

impl Reader {
    async fn of(house: &Data<House>, session: MemberSession, slug: &str) -> Result<Option<Self>, Failure> {
        let (shared, slug) = (house.clone(), slug.to_owned());
        let found = house.read(move |tx| {
            let Some(here) = Here::load(tx, &shared.keys, session, Some(&slug))? else { return Ok(None) };
            let Some(edition) = current(tx, &shared, &here.consultation)? else { return Ok(None) };
            let (comments, finished) = match here.level {
                Level::Full => (responses::mine(tx, &here.author)?, responses::finished(tx, &here.author)?.is_some()),
                Level::Write => (Vec::new(), false),
            };
            let mut changed = 0;
            for mine in &comments {
                changed += usize::from(Standing::of(tx, &shared, &mine.comment)?.is_some_and(|one| one.asks));
            }
            Ok(Some(Self { here, edition, comments, changed, finished }))
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
            notice_more: said.filter(|_| !said_here && open).map(|mine| self.more(house, mine)).unwrap_or_default(),
            changed: (open && self.changed > 0).then(|| ChangedLine { count: self.changed, url: links::changed(slug) }),
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
        let top_html = house.renderer.render("member/read_top.html", *language, &top)?;
        let end_html = house.renderer.render("member/read_end.html", *language, &top)?;
        let stop_url = stop_url(house, &author.invitation);
        let sheet = Shelf::sheet(house, *language, consultation, &self.edition, true)?;
        let filling = Filling { top: &top_html, end: &end_html, stop_url: &stop_url, open, marks: &marks };
        Ok(sheet.fill(&filling))
    }

    /// The marks of passages on which she has spoken.
    fn marks(&self, house: &House, open: bool, said: Option<&Mine>) -> Result<HashMap<String, String>, Failure> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for mine in self.comments.iter().filter(|mine| mine.comment.document_id == self.edition.version.document_id) {
            if let Some(key) = &mine.comment.block_key {
                *counts.entry(key).or_default() += 1;
            }
        }
        let mut marks = HashMap::new();
        for (key, own_comments) in counts {
            let Some(block) = self.edition.block(key) else { continue };
            let plain = plain_mark(&self.here.consultation.slug, self.edition.version.number, key, &block.number);
            let just_said = said.filter(|mine| mine.comment.block_key.as_deref() == Some(key));
            let mark = Mark {
                own_comments,
                comment_url: plain.comment_url.filter(|_| open),
                notice: just_said.map(|mine| self.received(house, mine)),
                notice_more: just_said.filter(|_| open).map(|mine| self.more(house, mine)).unwrap_or_default(),
                ..plain
            };
            marks.insert(key.to_owned(), house.renderer.render("parts/mark.html", self.here.language, &mark)?);
        }
        Ok(marks)
    }

    /// What she may want to look at again, now that it is sent.
    fn more(&self, house: &House, mine: &Mine) -> Vec<NoticeMore> {
        let (language, comment) = (self.here.language, &mine.comment);
        let url = links::change(&self.here.consultation.slug, comment.id);
        let more = |words: &str, link: &str| NoticeMore {
            words: house.words.say(language, words, &[]),
            url: url.clone(),
            link_words: house.words.say(language, link, &[]),
        };
        let mut found = Vec::new();
        if !preview::points(&self.here, mine).is_empty() {
            found.push(more("answering-notice-points", "answering-notice-look"));
        }
        let text =
            comment.block_key.as_deref().and_then(|key| self.edition.block(key)).map(|block| block.text.as_str());
        match comment.quote().map(|quote| quoting::field(text, &quote, false).state) {
            Some("tied") => found.push(more("answering-notice-tied", "answering-notice-choose")),
            Some("lost") => found.push(more("answering-notice-lost", "answering-notice-look-quote")),
            _ => {}
        }
        found
    }

    fn received(&self, house: &House, mine: &Mine) -> String {
        let (language, receipt) = (self.here.language, mine.comment.receipt.as_str());
        let block = mine.comment.block_key.as_deref().and_then(|key| self.edition.block(key));
        let mut words = match block {
            Some(block) => {
                let values = [("number", (&block.number).into()), ("receipt", receipt.into())];
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
