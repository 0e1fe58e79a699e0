//! What becomes of every passage of the last published version when the next comes out, and how
//! many comments each carries.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use super::fitting::fitting;
use super::version::named;
use crate::consultations::{self, Consultation};
use crate::drafts::comparison::{Row, rows};
use crate::drafts::correct::{self, ByHand};
use crate::drafts::{self, Block, Change, Document, Link, Version, change, document, version as versions};
use crate::ids::Id;
use crate::links;
use crate::people::Role;
use crate::refusal::Refusal;
use crate::responses::{self, Carried};
use crate::store::Tx;
use crate::web::changes::Sides;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{FateComments, FateFilter, FatePage, FateRow};
use crate::web::visitor::Visitor;
use crate::words::Language;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
    from: usize,
    saved: Option<String>,
}

/// # Errors
/// No such consultation, document or version; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (slug, document, number) = path.into_inner();
    let (id, number) = named(&document, &number)?;
    let asked = asked.into_inner();
    let seen = house.read(move |tx| Matched::read(tx, &slug, id, number)).await?;
    let (mut page, token) = super::page_of(&request, &house, &seen.of, Way::Draft);
    if asked.saved.is_some() {
        page.notice = Some(house.words.say(Language::English, "fate-saved", &[]));
    }
    let reads = Visitor::colleague(&request).is_ok_and(|colleague| colleague.roles.may(Role::Negotiator));
    let lines = seen.lines();
    let show = Show::named(&asked.show);
    let chosen: Vec<&Line> = lines.iter().filter(|line| show.takes(line, &seen)).collect();
    let start = asked.from.min(chosen.len().saturating_sub(1));
    let view = |count: usize| {
        let shown = &chosen[start..(start + count).min(chosen.len())];
        FatePage {
            page: page.clone(),
            rows: shown.iter().map(|line| seen.row(line, reads)).collect(),
            first: if shown.is_empty() { 0 } else { start + 1 },
            last: start + shown.len(),
            of: chosen.len(),
            previous_url: (start > 0).then(|| seen.address(show, start.saturating_sub(count))),
            next_url: (start + shown.len() < chosen.len()).then(|| seen.address(show, start + shown.len())),
            ..seen.page(show, &lines)
        }
    };
    let render = |count| Ok(house.renderer.render("desk/fate.html", Language::English, &view(count))?);
    let (_, html) = fitting(MOST, render)?;
    Ok(super::answer(StatusCode::OK, token, html))
}

/// Most passages on a page.
const MOST: usize = 40;

/// An unpublished or published version with what it makes of the one before.
pub(super) struct Matched {
    pub of: Consultation,
    pub document: Document,
    pub version: Version,
    pub earlier: Version,
    pub before: Vec<Block>,
    pub after: Vec<Block>,
    pub links: Vec<Link>,
    pub hand: ByHand,
    pub carried: Carried,
}

/// What became of passages, by their places.
pub(super) struct Line {
    change: Change,
    from: Vec<usize>,
    to: Vec<usize>,
}

impl Matched {
    /// # Errors
    /// No such consultation, document or version; a first version.
    pub fn read(tx: &mut Tx, slug: &str, document_id: Id, number: i32) -> Result<Self, Refusal> {
        let of = consultations::by_slug(tx, slug)?;
        let document = document::by_id(tx, document_id)?;
        if document.consultation_id != of.id || number < 2 {
            return Err(Refusal::Unknown("document"));
        }
        let version = versions::by_number(tx, document_id, number)?;
        let earlier = versions::by_number(tx, document_id, number - 1)?;
        let (before, after) = (versions::blocks(tx, earlier.id)?, versions::blocks(tx, version.id)?);
        let links = change::between(tx, document_id, earlier.number, number)?;
        let hand = correct::by_hand(tx, &version, &before, &after)?;
        let carried = responses::carried(tx, of.id, document_id, earlier.number)?;
        Ok(Self { of, document, version, earlier, before, after, links, hand, carried })
    }

    /// Whether matches may still be corrected.
    pub fn may_correct(&self) -> bool {
        self.version.published_at.is_none() && drafts::may_publish(&self.of).is_ok()
    }

    fn lines(&self) -> Vec<Line> {
        let of_to: HashMap<&String, &String> =
            self.links.iter().filter_map(|link| Some((link.to.first()?, link.from.first()?))).collect();
        let of_from: HashMap<&String, usize> =
            self.before.iter().enumerate().map(|(place, block)| (&block.key, place)).collect();
        let mut lines = Vec::new();
        for row in rows(&self.before, &self.after, &self.links) {
            match row {
                Row::Changed { change, from, to } => lines.push(Line { change, from, to }),
                Row::Left { .. } => {}
                Row::Same(run) => lines.extend(run.filter_map(|to| {
                    let from = *of_from.get(*of_to.get(&self.after[to].key)?)?;
                    Some(Line { change: Change::Unchanged, from: vec![from], to: vec![to] })
                })),
            }
        }
        lines
    }

    fn comments(&self, line: &Line) -> usize {
        self.carried.of(line.from.iter().map(|place| &self.before[*place].key))
    }

    fn is_by_hand(&self, line: &Line) -> bool {
        line.from.iter().any(|place| self.hand.from.contains(&self.before[*place].key))
            || line.to.iter().any(|place| self.hand.to.contains(&self.after[*place].key))
    }

    fn address(&self, show: Show, from: usize) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        let asked = [("show", show.value()), ("from", from.as_str())];
        links::desk_fate(&self.of.slug, self.document.id, self.version.number, &asked)
    }

    fn row(&self, line: &Line, reads: bool) -> FateRow {
        let (slug, id, number) = (&self.of.slug, self.document.id, self.version.number);
        let before_url = |key: &str| links::version(slug, self.earlier.number, Some(key));
        let after_url = |key: &str| format!("{}#b-{key}", links::desk_version(slug, id, number));
        let sides = Sides { before: &self.before, after: &self.after, before_url: &before_url, after_url: &after_url };
        let comments = self.comments(line);
        let told = self.carried.is_told();
        // What several became is corrected from where it is now.
        let named = match (line.from.as_slice(), line.to.as_slice()) {
            ([from], _) => Some(("from", &self.before[*from].key)),
            (_, [to, ..]) => Some(("to", &self.after[*to].key)),
            _ => None,
        };
        let key = line.from.first().map(|place| self.before[*place].key.as_str());
        FateRow {
            what: sides.change(0, line.change, &line.from, &line.to),
            by_hand: self.is_by_hand(line),
            comments: (told && !line.from.is_empty()).then_some(comments),
            comments_url: key
                .filter(|_| told && reads && comments > 0)
                .map(|key| links::desk_comments_where(slug, &[("block", key)])),
            correct_url: named
                .filter(|_| self.may_correct())
                .map(|(side, key)| links::desk_match(slug, id, number, &[(side, key)])),
        }
    }

    fn page(&self, show: Show, lines: &[Line]) -> FatePage {
        let (slug, id, number) = (&self.of.slug, self.document.id, self.version.number);
        let filters = Show::ALL.into_iter().filter_map(|kind| {
            let count = lines.iter().filter(|line| kind.takes(line, self)).count();
            let current = kind == show;
            (count > 0 || current || kind == Show::Changed).then(|| FateFilter {
                kind: kind.name(),
                count,
                url: self.address(kind, 0),
                current,
            })
        });
        FatePage {
            title: self.document.title.clone(),
            number,
            against: self.earlier.number,
            published: self.version.published_at.is_some(),
            version_url: links::desk_version(slug, id, number),
            compare_url: links::desk_compare(slug, id, self.earlier.number, number, 1),
            publish_url: self.may_correct().then(|| links::desk_publish(slug, id, number)),
            comments: self.carried.is_told().then(|| FateComments {
                total: self.carried.total(),
                whole: self.carried.whole,
                gone_before: self.carried.gone_before,
            }),
            filters: filters.collect(),
            show: show.name().to_owned(),
            unchanged: lines.iter().filter(|line| line.change == Change::Unchanged).count(),
            unchanged_url: self.address(Show::Only(Change::Unchanged), 0),
            corrections: self.hand.corrections,
            undo_url: (self.hand.corrections > 0 && self.may_correct())
                .then(|| links::desk_match_undo(slug, id, number)),
            version: self.version.id.to_string(),
            ..FatePage::default()
        }
    }
}

/// Which passages are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Changed,
    Only(Change),
    /// Changed ones that were commented on.
    Commented,
    ByHand,
}

impl Show {
    const ALL: [Self; 10] = [
        Self::Changed,
        Self::Commented,
        Self::Only(Change::Reworded),
        Self::Only(Change::Split),
        Self::Only(Change::Merged),
        Self::Only(Change::Moved),
        Self::Only(Change::Gone),
        Self::Only(Change::Added),
        Self::Only(Change::Unchanged),
        Self::ByHand,
    ];

    fn named(written: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.name() == written).unwrap_or(Self::Changed)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Only(change) => change.as_str(),
            Self::Commented => "commented",
            Self::ByHand => "by-hand",
        }
    }

    /// As an address has it.
    fn value(self) -> &'static str {
        if self == Self::Changed { "" } else { self.name() }
    }

    fn takes(self, line: &Line, of: &Matched) -> bool {
        let is_changed = line.change != Change::Unchanged;
        match self {
            Self::Changed => is_changed,
            Self::Only(change) => line.change == change,
            Self::Commented => is_changed && of.carried.is_told() && of.comments(line) > 0,
            Self::ByHand => of.is_by_hand(line),
        }
    }
}
