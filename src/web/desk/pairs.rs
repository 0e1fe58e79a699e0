//! Which passages of the draft and of the employer's text answer each other: proposed, looked over, corrected.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use super::fitting::{beginning, fitting};
use crate::consultations::{self, Consultation};
use crate::drafts::pair::{self, Pair, Pairs, Published, Row, State};
use crate::drafts::{Block, BlockKind, Kind, document};
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{LostPair, PairCounts, PairRow, PairText, PairsPage};
use crate::web::visitor;
use crate::words::Language;

/// As it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `open`: only what is proposed or stands alone.
    show: String,
    /// The row that the page begins with, from 1.
    from: String,
}

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let slug = slug.into_inner();
    let seen = house.read(move |tx| Seen::read(tx, &slug)).await?;
    let (page, token) = super::page_of(&request, &house, &seen.of, Way::Draft);
    let view = PairsPage { page: super::saying_saved(page, &request, &house), ..seen.view() };
    let shows_open = asked.show == "open";
    let rows: Vec<&Row> = seen.rows.iter().filter(|row| !shows_open || seen.is_open(row)).collect();
    let first = asked.from.parse::<usize>().unwrap_or(1).clamp(1, rows.len().max(1)) - 1;
    let slug = &seen.of.slug;
    let show = if shows_open { "open" } else { "all" };
    let url = |from: usize| {
        links::desk_pairs_where(slug, &[("show", if shows_open { "open" } else { "" }), ("from", &from.to_string())])
    };
    let (_, html) = fitting(AT_ONCE.min(rows.len() - first.min(rows.len())), |shown| {
        let last = first + shown;
        let view = PairsPage {
            show,
            rows: rows[first..last].iter().map(|row| seen.row(row)).collect(),
            first: first + 1,
            last,
            of: rows.len(),
            previous_url: (first > 0).then(|| url((first + 1).saturating_sub(AT_ONCE).max(1))),
            next_url: (last < rows.len()).then(|| url(last + 1)),
            ..view.clone()
        };
        Ok(house.renderer.render("desk/pairs.html", Language::English, &view)?)
    })?;
    Ok(super::answer(StatusCode::OK, token, html))
}

/// What one press asks for.
#[derive(Deserialize)]
pub struct Pressed {
    /// `propose`, `confirm-all`, `confirm ID` or `part ID`.
    deed: String,
    /// Of the pairs she saw.
    revision: i32,
    #[serde(default)]
    show: String,
    #[serde(default)]
    from: String,
}

/// # Errors
/// A pair that is not there any more; pairs that somebody changed meanwhile, where all are confirmed.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let Pressed { deed: wanted, revision, show, from } = form.0;
    let named = slug.clone();
    if wanted == "propose" {
        let of = house.read(move |tx| Ok(consultations::by_slug(tx, &named)?.id)).await?;
        pair::propose(&house.store, &deed, of).await?;
        return Ok(super::see(&links::desk_pairs_where(&slug, &[("show", &show), ("from", &from)])));
    }
    let done = house.write(move |tx| {
        let of = consultations::by_slug(tx, &named)?.id;
        let id = |text: &str| text.parse().map_err(|_| Refusal::Unknown("pair"));
        match wanted.split_once(' ').unwrap_or((&wanted, "")) {
            ("confirm-all", _) if pair::revision(tx, of)? != revision => return Err(pair::stale()),
            ("confirm-all", _) => drop(pair::confirm(tx, &deed, of, None)?),
            ("confirm", one) => drop(pair::confirm(tx, &deed, of, Some(id(one)?))?),
            // Pressed twice: it is apart already.
            ("part", one) => match pair::part(tx, &deed, of, id(one)?) {
                Ok(()) | Err(Refusal::Unknown(_)) => {}
                Err(refusal) => return Err(refusal),
            },
            _ => return Err(Refusal::Unknown("deed")),
        }
        Ok(())
    });
    done.await?;
    Ok(super::see(&links::desk_pairs_where(&slug, &[("show", &show), ("from", &from)])))
}

/// Most rows of a page; long ones leave room for fewer.
const AT_ONCE: usize = 30;
/// How much of a passage is shown, in bytes.
const SHOWN: usize = 150;

/// Both texts as they are paired.
pub(super) struct Seen {
    pub of: Consultation,
    /// None until both are published.
    pub texts: Option<[Published; 2]>,
    pub pairs: Pairs,
    pub rows: Vec<Row>,
    has_comparison: bool,
}

impl Seen {
    /// # Errors
    /// No such consultation.
    pub fn read(tx: &mut Tx, slug: &str) -> Result<Self, Refusal> {
        let of = consultations::by_slug(tx, slug)?;
        let has_comparison = document::list(tx, of.id)?.iter().any(|one| one.kind == Kind::Comparison);
        let texts = match pair::texts(tx, of.id) {
            Ok(texts) => Some(texts),
            Err(Refusal::Conflict { .. }) => None,
            Err(refusal) => return Err(refusal),
        };
        let pairs = pair::read(tx, of.id)?;
        let rows = texts.as_ref().map(|[ours, theirs]| pair::rows(&ours.blocks, &theirs.blocks, &pairs.pairs));
        Ok(Self { of, texts, rows: rows.unwrap_or_default(), pairs, has_comparison })
    }

    pub fn blocks(&self) -> [&[Block]; 2] {
        self.texts.as_ref().map_or([&[], &[]], |[ours, theirs]| [&ours.blocks, &theirs.blocks])
    }

    fn pair(&self, row: &Row) -> Option<&Pair> {
        self.pairs.pairs.get(row.pair?)
    }

    /// Whether the organiser has something to decide here.
    fn is_open(&self, row: &Row) -> bool {
        let is_whole = !row.ours.is_empty() && !row.theirs.is_empty();
        self.pair(row).is_none_or(|pair| pair.state == State::Proposed || !is_whole)
    }

    fn view(&self) -> PairsPage {
        let slug = &self.of.slug;
        let counted = |is: &dyn Fn(&Row) -> bool| self.rows.iter().filter(|row| is(row)).count();
        let in_state = |state: State| counted(&|row| self.pair(row).is_some_and(|pair| pair.state == state));
        let shown: Vec<usize> = self.rows.iter().filter_map(|row| row.pair).collect();
        let lost =
            self.pairs.pairs.iter().enumerate().filter(|(place, _)| self.texts.is_some() && !shown.contains(place));
        PairsPage {
            bring_url: (!self.has_comparison).then(|| format!("{}?document=comparison", links::desk_draft(slug))),
            has_comparison: self.has_comparison,
            draft_url: links::desk_draft(slug),
            read_url: links::beside(slug),
            action_url: links::desk_pairs(slug),
            revision: self.pairs.revision,
            counts: PairCounts {
                confirmed: in_state(State::Confirmed),
                proposed: in_state(State::Proposed),
                ours_alone: counted(&|row| row.pair.is_none() && row.theirs.is_empty()),
                theirs_alone: counted(&|row| row.pair.is_none() && row.ours.is_empty()),
            },
            all_url: links::desk_pairs(slug),
            open_url: links::desk_pairs_where(slug, &[("show", "open")]),
            lost: lost
                .map(|(_, pair)| LostPair {
                    id: pair.id.to_string(),
                    ours_figure: pair.ours_figure.clone(),
                    theirs_figure: pair.theirs_figure.clone(),
                })
                .collect(),
            ..PairsPage::default()
        }
    }

    fn row(&self, row: &Row) -> PairRow {
        let [ours, theirs] = self.blocks();
        let texts = |places: &[usize], blocks: &[Block]| places.iter().map(|place| text(&blocks[*place])).collect();
        let pair = self.pair(row);
        let is_whole = !row.ours.is_empty() && !row.theirs.is_empty();
        let alone = || match (row.ours.first(), row.theirs.first()) {
            (Some(place), _) => links::desk_pair_with(&self.of.slug, "ours", &ours[*place].key),
            (None, Some(place)) => links::desk_pair_with(&self.of.slug, "theirs", &theirs[*place].key),
            (None, None) => links::desk_pairs(&self.of.slug),
        };
        PairRow {
            id: pair.map(|pair| pair.id.to_string()).unwrap_or_default(),
            state: match pair {
                None => "alone",
                Some(_) if !is_whole => "gone",
                Some(pair) => pair.state.as_str(),
            },
            likeness: pair.map_or(0, |pair| (pair.score + 5) / 10),
            ours: texts(&row.ours, ours),
            theirs: texts(&row.theirs, theirs),
            ours_figure: pair.map(|pair| pair.ours_figure.clone()).unwrap_or_default(),
            theirs_figure: pair.map(|pair| pair.theirs_figure.clone()).unwrap_or_default(),
            change_url: pair.map_or_else(alone, |pair| links::desk_pair(&self.of.slug, pair.id)),
        }
    }
}

/// A block as the desk lists it.
pub(super) fn text(block: &Block) -> PairText {
    let shown = beginning(&block.text, SHOWN);
    PairText {
        number: block.number.clone(),
        text: if shown.len() < block.text.len() { format!("{} …", shown.trim_end()) } else { block.text.clone() },
        is_heading: block.kind == BlockKind::Heading,
    }
}
