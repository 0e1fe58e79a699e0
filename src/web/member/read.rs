//! The draft, page by page, and two texts side by side: for a signed-in member with marks where she has spoken.

use std::collections::{BTreeSet, HashMap};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::frame::{asked, deadline, see_other, session, stop_url};
use super::here::Here;
use super::kept;
use super::leaf::{Asked, Found, Leaf, LeafKind, cited};
use super::outside;
use super::preview;
use super::sheet::{Filling, plain_mark, spoken};
use super::shelf::Shelf;
use crate::consultations::{Arrival, Question, question};
use crate::links;
use crate::responses::{self, Mine};
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::quoting;
use crate::web::session::{Level, MemberSession};
use crate::web::standing::Standing;
use crate::web::view::{ChangedLine, Mark, NoticeMore, OwnStatus, QuestionsOffer, ReadTop, WaysToAnswer};

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
        match Reader::of(request, house, session, slug, &wanted).await? {
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
    /// How many of them she is to be asked about.
    changed: usize,
    finished: bool,
    questions: Vec<Question>,
    answers: usize,
    /// Where something is typed and not sent.
    unsent: BTreeSet<String>,
    /// Whether answers to the questions were typed and not sent.
    begun: bool,
}

impl Reader {
    async fn of(
        request: &HttpRequest,
        house: &Data<House>,
        session: MemberSession,
        slug: &str,
        wanted: &Asked,
    ) -> Result<Visit, Failure> {
        let (shared, slug, wanted) = (house.clone(), slug.to_owned(), wanted.clone());
        let reader = kept::reader(request, session.level);
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
            let mut changed = 0;
            for mine in &comments {
                changed += usize::from(Standing::of(tx, &shared, &mine.comment)?.is_some_and(|one| one.asks));
            }
            let questions = question::list(tx, here.consultation.id)?;
            let answers = if here.level == Level::Full { responses::my_answers(tx, &here.author)?.len() } else { 0 };
            let mut unsent = kept::places(tx, &here.author, &reader)?;
            let places = unsent.len();
            unsent.retain(|place| kept::answers(place).is_none());
            let begun = unsent.len() < places;
            Ok(Visit::Reading(Box::new(Self {
                here,
                leaf,
                comments,
                changed,
                finished,
                questions,
                answers,
                unsent,
                begun,
            })))
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
            own: (self.finished || !self.comments.is_empty() || self.answers > 0).then(|| OwnStatus {
                comments: self.comments.len(),
                answers: self.answers,
                finished: self.finished,
                mine_url: links::mine(slug),
            }),
            unsent: if open { self.unsent.len() } else { 0 },
            unsent_url: links::mine(slug),
            ways: open.then(|| WaysToAnswer {
                comment_whole_url: links::comment(slug, "whole"),
                finish_url: links::finish(slug),
            }),
            code_url: (*level == Level::Write).then(|| links::code(slug)),
            questions: (open && !self.questions.is_empty()).then(|| QuestionsOffer {
                count: self.questions.len(),
                answered: self.answers,
                begun: self.begun,
                url: links::questions(slug),
            }),
            group_url: open.then(|| links::group(slug)),
            apart: self.here.apart,
            ..ReadTop::default()
        };
        let end_html = house.renderer.render("member/read_end.html", *language, &top)?;
        // How to comment is said once, where reading begins.
        let is_further = matches!(self.leaf.kind, LeafKind::Part(_) | LeafKind::Beside { part: 1.., .. });
        let top = ReadTop {
            ways: top.ways.filter(|_| !is_further),
            questions: top.questions.filter(|_| !is_further),
            group_url: top.group_url.filter(|_| !is_further),
            ..top
        };
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
        let ours = self.leaf.edition.version.document_id;
        // The first question about each passage stands below it.
        let asked = self.questions.iter().rev().filter(|_| open);
        let asked: HashMap<&str, &Question> = asked.filter_map(|one| Some((one.block_key.as_deref()?, one))).collect();
        for key in asked.keys().copied() {
            counts.entry(key).or_insert((0, ours));
        }
        for key in self.unsent.iter().filter(|_| open) {
            let document = if self.leaf.knows(ours, key).is_some() { ours } else { self.leaf.theirs().unwrap_or(ours) };
            counts.entry(key).or_insert((0, document));
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
                unsent: open && self.unsent.contains(key),
                comment_url: plain.comment_url.filter(|_| open),
                notice: just_said.map(|mine| self.received(house, mine)),
                notice_more: just_said.filter(|_| open).map(|mine| self.more(house, mine)).unwrap_or_default(),
                question_url: asked.get(key).map(|one| links::question(slug, one.number(), one.id)),
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
        let block = comment.block_key.as_deref().and_then(|key| self.leaf.knows(comment.document_id, key));
        let text = block.map(|(_, block)| block.text.as_str());
        match comment.quote().map(|quote| quoting::field(text, &quote, false).state) {
            Some("tied") => found.push(more("answering-notice-tied", "answering-notice-choose")),
            Some("lost") => found.push(more("answering-notice-lost", "answering-notice-look-quote")),
            _ => {}
        }
        found
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
