//! What was said, in the order of the document, and the files made of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Days, NaiveTime, Timelike};
use serde::Deserialize;

use super::file_comments::FileComments;
use super::filters::Asked;
use super::fitting::fitting;
use super::said::{Room, passage, said};
use crate::collation::export::{self, Format};
use crate::collation::{self, Audience};
use crate::consultations::{self, Consultation, State};
use crate::drafts::{self, Kind};
use crate::ids::{CommentId, Id};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{self, By, Cursor, Desk, Filter, Found, Search, group_response};
use crate::store::Tx;
use crate::text::Problem;
use crate::web::download;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::groups::{SaidByPlace, said_in_groups};
use crate::web::house::House;
use crate::web::member::Edition;
use crate::web::standing::Standing;
use crate::web::view::{DeskComments, DeskSection};
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let from = cursor(&asked)?;
    let (filter, problems) = asked.filter();
    let search = Search::parse(filter.text.as_deref().unwrap_or_default());
    let reading = house.clone();
    let seen = house.read(move |tx| Seen::of(tx, &reading, &slug, &filter, problems, from)).await?;
    let (page, token) = super::page_of(&request, &house, &seen.consultation, super::Way::Comments);
    let page = super::mending(page, &house, &seen.problems);
    let slug = &seen.consultation.slug;
    let view = DeskComments {
        page,
        version: seen.version,
        total: seen.desk.total().total(),
        found: seen.found.len(),
        filters: asked.form(&house, slug, &seen.desk),
        in_force: asked.in_force(&house, slug, &seen.desk),
        all_url: links::desk_comments(slug),
        export_url: links::desk_export(slug),
        counts_url: links::desk_counts(slug, &[]),
        groups: seen.group_count,
        groups_url: links::desk_groups(slug),
        file_comments: seen.from_file.count(),
        file_comments_url: links::desk_file_comments(slug),
        batch_words: batch_words(&house, &seen.consultation),
        ..DeskComments::default()
    };
    let (_, html) = fitting(seen.page.comments.len(), |shown| {
        let view = seen.beginning_with(&house, view.clone(), &asked, &search, from, shown);
        Ok(house.renderer.render("desk/comments.html", Language::English, &view)?)
    })?;
    let status = if seen.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(super::answer(status, token, html))
}

#[derive(Deserialize)]
pub struct ExportForm {
    format: String,
}

/// Makes or re-uses the current release and hands over the file.
///
/// # Errors
/// Nothing at the desks yet; the database fails.
pub async fn export(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<ExportForm>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let format: Format = export::asked(&form.0.format, Audience::Negotiator.as_str())?;
    let asked = slug.clone();
    let consultation = house.read(move |tx| consultations::by_slug(tx, &asked)).await?;
    let release = collation::current(&house.store, &house.keys, &deed, &slug).await?;
    download::release(&house, &deed, consultation, release, format, Audience::Negotiator).await
}

/// When the next words come to the desks, said as the deadline is; none when all are there.
pub(super) fn batch_words(house: &House, consultation: &Consultation) -> Option<String> {
    if consultation.state != State::Open {
        return None;
    }
    let local = house.clock.now().with_timezone(&consultation.deadline.zone);
    let today = local.date_naive();
    let hour = house.settings.batch_hour;
    let is_over = local.hour() >= hour || consultation.last_batch_on.is_some_and(|last| last >= today);
    let day = if is_over { today.checked_add_days(Days::new(1))? } else { today };
    let at = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?);
    Some(house.words.deadline_words(Language::English, at))
}

/// Most comments on a page; long ones leave room for fewer.
const AT_ONCE: usize = 40;

/// What one reading of the database gave.
struct Seen {
    consultation: Consultation,
    desk: Arc<Desk>,
    found: Found,
    page: responses::Page,
    version: i32,
    passages: HashMap<(Id, i32), Arc<Edition>>,
    /// Of each comment on the page, in its order.
    standings: Vec<Option<Standing>>,
    problems: Vec<Problem>,
    /// What meetings and slips said, where nothing is filtered.
    groups: SaidByPlace,
    group_count: usize,
    from_file: FileComments,
}

impl Seen {
    fn of(
        tx: &mut Tx,
        house: &House,
        slug: &str,
        filter: &Filter,
        mut problems: Vec<Problem>,
        from: Cursor,
    ) -> Result<Self, Refusal> {
        let consultation = consultations::by_slug(tx, slug)?;
        let desk = house.desks.of(tx, &house.keys, &consultation)?;
        let found = match desk.find(tx, filter) {
            Err(Refusal::Unknown("label")) => {
                problems.push(Problem::new("label", "not-a-choice", "Choose one of the values that are offered."));
                Found::default()
            }
            _ if !problems.is_empty() => Found::default(),
            other => other?,
        };
        // A comment that left the desks is no place to go on from.
        let page = match desk.page(tx, &found, from, AT_ONCE) {
            Err(Refusal::Unknown(_)) => desk.page(tx, &found, Cursor::Start, AT_ONCE)?,
            other => other?,
        };
        let mut passages = HashMap::new();
        let mut standings = Vec::with_capacity(page.comments.len());
        for one in &page.comments {
            standings.push(Standing::of(tx, house, &one.comment)?);
            let place = (one.comment.document_id, one.comment.version_number);
            if one.comment.block_key.is_some() && !passages.contains_key(&place) {
                passages.insert(place, house.shelf.edition(tx, place.0, place.1)?);
            }
        }
        let version = match drafts::proposal(tx, consultation.id)? {
            Some(document) => drafts::version::published(tx, document.id)?.map_or(0, |version| version.number),
            None => 0,
        };
        let group_count = group_response::groups(tx, consultation.id)?.iter().filter(|one| one.counts()).count();
        let groups = if *filter == Filter::default() && group_count > 0 {
            said_in_groups(tx, house, &consultation)?
        } else {
            SaidByPlace::new()
        };
        let from_file = FileComments::read(tx, &consultation)?;
        Ok(Self {
            consultation,
            desk,
            found,
            page,
            version,
            passages,
            standings,
            problems,
            groups,
            group_count,
            from_file,
        })
    }

    /// The page with so many of the comments: the first, or when going back the last.
    fn beginning_with(
        &self,
        house: &House,
        view: DeskComments,
        asked: &Asked,
        search: &Search,
        from: Cursor,
        shown: usize,
    ) -> DeskComments {
        let all = &self.page.comments;
        let start = if matches!(from, Cursor::Before(_)) { all.len() - shown } else { 0 };
        let comments = &all[start..start + shown];
        let (slug, first) = (&self.consultation.slug, self.page.before + start);
        let more = first + shown < self.found.len();
        let url = |name, one: Option<&responses::DeskComment>| Some(asked.url(slug, (name, &one?.id.to_string())));
        DeskComments {
            first: if shown == 0 { 0 } else { first + 1 },
            last: first + shown,
            previous_url: if first > 0 { url("before", comments.first()) } else { None },
            next_url: if more { url("after", comments.last()) } else { None },
            sections: self.sections(house, start..start + shown, search),
            ..view
        }
    }

    fn sections(&self, house: &House, shown: Range<usize>, search: &Search) -> Vec<DeskSection> {
        let slug = &self.consultation.slug;
        let mut sections: Vec<DeskSection> = Vec::new();
        let mut last = None;
        for (one, standing) in self.page.comments[shown.clone()].iter().zip(&self.standings[shown]) {
            let (document, version) = (one.comment.document_id, one.comment.version_number);
            let place = Some((document, one.comment.block_key.as_deref()));
            if last != place {
                let key = one.comment.block_key.clone();
                let about = one.comment.block_key.as_deref().map(|key| {
                    // Comments of several versions stand here: the passage as it is now, where it is.
                    let now = standing.as_ref().and_then(|one| one.today.now.iter().find(|block| block.key == key));
                    let edition = self.passages.get(&(document, version));
                    let then = edition.and_then(|edition| edition.block(key));
                    let kind = edition.map_or(Kind::Proposal, |edition| edition.kind);
                    passage(house, slug, key, now.or(then).map(|block| (kind, block)), Room::LIST)
                });
                let is_now = standing
                    .as_ref()
                    .is_none_or(|one| one.today.now.iter().any(|block| Some(&block.key) == key.as_ref()));
                let heading = about.as_ref().map_or_else(String::new, |about| match &about.quoted.number {
                    number if is_now => number.clone(),
                    number => super::filters::number_in(house, number, version),
                });
                let from_file = self.from_file.on(document, one.comment.block_key.as_deref());
                let groups = self.groups.get(&(document, key)).cloned().unwrap_or_default();
                sections.push(DeskSection { heading, about, from_file, comments: Vec::new(), groups });
                last = place;
            }
            if let Some(section) = sections.last_mut() {
                section.comments.push(said(slug, one.clone(), standing.as_ref(), search, Room::LIST));
            }
        }
        sections
    }
}

fn cursor(asked: &Asked) -> Result<Cursor, Failure> {
    let id = |written: &str| written.parse::<CommentId>().map_err(|_| Failure::NotFound);
    match (asked.after.as_str(), asked.before.as_str()) {
        ("", "") => Ok(Cursor::Start),
        (after, "") => Ok(Cursor::After(id(after)?)),
        (_, before) => Ok(Cursor::Before(id(before)?)),
    }
}

/// How many comments stand where this one does.
pub(super) fn count_at(desk: &Desk, document: Id, block: Option<&str>) -> usize {
    let places = desk.places().iter().zip(desk.tally(By::Block));
    let mut here = places.filter(|(place, _)| place.document == document && place.block.as_deref() == block);
    here.next().map_or(0, |(_, counts)| counts.total())
}
