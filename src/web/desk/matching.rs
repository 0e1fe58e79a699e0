//! One passage: saying by hand what became of it, or what it was before.

use std::collections::{BTreeSet, HashMap, HashSet};

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::Way;
use super::fate::Matched;
use super::version::named;
use crate::drafts::correct::{self, Correction};
use crate::drafts::{self, Block, Link};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::text::Problem;
use crate::web::changes::opening;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{MatchChoice, MatchPage};
use crate::web::visitor;

/// Choices: so many that stand near, and so many that read alike.
const NEAR: usize = 4;
const ALIKE: usize = 6;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    from: String,
    to: String,
}

/// # Errors
/// No such version or passage; a version that is published.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let forward = asked.to.is_empty();
    let key = if forward { asked.from } else { asked.to };
    show(&request, &house, path.into_inner(), Typed { forward, key, ..Typed::default() }, &[]).await
}

/// What was sent.
#[derive(Default, Clone)]
struct Typed {
    forward: bool,
    key: String,
    version: String,
    /// `is` or `none`; None when the page is only looked at.
    what: Option<String>,
    picked: Vec<String>,
    numbers: String,
}

impl Typed {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self { what: Some(String::new()), ..Self::default() };
        for (name, value) in pairs {
            match name.as_str() {
                "from" => (typed.forward, typed.key) = (true, value),
                "to" => (typed.forward, typed.key) = (false, value),
                "version" => typed.version = value,
                "what" => typed.what = Some(value),
                "pick" => typed.picked.push(value),
                "numbers" => typed.numbers = value,
                _ => {}
            }
        }
        typed
    }

    /// What it says, by the blocks of the other version.
    fn correction(&self, others: &[Block]) -> Result<Correction, Problem> {
        let mut keys = self.picked.clone();
        match self.what.as_deref() {
            Some("none") => keys.clear(),
            // Whoever ticks a passage has said that it is that.
            Some(what) if what == "is" || !self.picked.is_empty() || !self.numbers.trim().is_empty() => {
                for number in self.numbers.split([',', ';', ' ', '\n']).filter(|number| !number.is_empty()) {
                    let number = number.trim_end_matches('.');
                    let found = others.iter().find(|block| block.number == number);
                    let key = found.map(|block| block.key.clone()).ok_or_else(|| {
                        Problem::new("numbers", "unknown-number", format!("There is no {number} in that version."))
                    })?;
                    keys.push(key);
                }
                if keys.is_empty() {
                    return Err(Problem::new("pick", "missing", "Tick a passage, or type its number."));
                }
            }
            _ => return Err(Problem::new("what", "missing", "Choose one.")),
        }
        Ok(if self.forward {
            Correction::Became { from: self.key.clone(), to: keys }
        } else {
            Correction::Was { to: self.key.clone(), from: keys }
        })
    }
}

/// # Errors
/// A version that is published, or was replaced; a passage corrected by somebody else meanwhile.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let address = path.into_inner();
    let (document, number) = named(&address.1, &address.2)?;
    let typed = Typed::of(form.0);
    let version: Id = typed.version.parse().map_err(|_| Failure::NotFound)?;
    let (slug, said) = (address.0.clone(), typed.clone());
    let stored = house.write(move |tx| {
        let seen = Matched::read(tx, &slug, document, number)?;
        drafts::may_publish(&seen.of)?;
        let correction = said.correction(if said.forward { &seen.after } else { &seen.before })?;
        correct::correct(tx, &deed, document, version, &correction)
    });
    match stored.await {
        Ok(()) => Ok(super::see(&links::desk_fate(&address.0, document, number, &[("saved", "yes")]))),
        Err(Refusal::Invalid(problems)) => show(&request, &house, address, typed, &problems).await,
        Err(refusal) => Err(refusal.into()),
    }
}

#[derive(Deserialize)]
pub struct Undo {
    #[serde(default)]
    version: String,
}

/// Takes the last correction back.
///
/// # Errors
/// As [`post`]; nothing to undo.
pub async fn undo(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
    form: Form<Undo>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let (slug, document, number) = path.into_inner();
    let (id, number) = named(&document, &number)?;
    let version: Id = form.0.version.parse().map_err(|_| Failure::NotFound)?;
    let read_slug = slug.clone();
    let undone = house.write(move |tx| {
        let seen = Matched::read(tx, &read_slug, id, number)?;
        drafts::may_publish(&seen.of)?;
        correct::undo(tx, &deed, id, version)
    });
    match undone.await {
        // Pressed twice: it is undone.
        Ok(()) | Err(Refusal::Conflict { code: "nothing-to-undo", .. }) => {
            Ok(super::see(&links::desk_fate(&slug, id, number, &[("saved", "yes")])))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn show(
    request: &HttpRequest,
    house: &House,
    (slug, document, number): (String, String, String),
    typed: Typed,
    problems: &[Problem],
) -> Result<HttpResponse, Failure> {
    let (id, number) = named(&document, &number)?;
    let seen = house.read(move |tx| Matched::read(tx, &slug, id, number)).await?;
    let slug = &seen.of.slug;
    if !seen.may_correct() {
        return Ok(super::see(&links::desk_fate(slug, id, number, &[])));
    }
    let (own, others) = if typed.forward { (&seen.before, &seen.after) } else { (&seen.after, &seen.before) };
    let place = own.iter().position(|block| block.key == typed.key).ok_or(Failure::NotFound)?;
    let passage = &own[place];
    let side = |link: &Link| if typed.forward { link.from.clone() } else { link.to.clone() };
    let link = seen.links.iter().find(|link| side(link).contains(&passage.key)).ok_or(Failure::NotFound)?;
    let matched: BTreeSet<String> = if typed.forward { &link.to } else { &link.from }.iter().cloned().collect();
    let chosen: BTreeSet<String> =
        if typed.what.is_some() { typed.picked.iter().cloned().collect() } else { matched.clone() };
    let what = typed.what.clone().unwrap_or_else(|| if matched.is_empty() { "" } else { "is" }.to_owned());
    let (page, token) = super::page_of(request, house, &seen.of, Way::Draft);
    let comments = (typed.forward && seen.carried.is_told()).then(|| seen.carried.of([&passage.key]));
    let view = MatchPage {
        page: super::mending(page, house, problems),
        action_url: links::desk_match(slug, id, number, &[]),
        back_url: links::desk_fate(slug, id, number, &[]),
        number,
        against: seen.earlier.number,
        forward: typed.forward,
        key: passage.key.clone(),
        version: seen.version.id.to_string(),
        passage_number: passage.number.clone(),
        passage_text: passage.text.clone(),
        change: link.change.as_str(),
        by_hand: if typed.forward { &seen.hand.from } else { &seen.hand.to }.contains(&passage.key),
        comments,
        what,
        choices: choices(&seen, &typed, own, others, place, &matched, &chosen),
        numbers: typed.numbers,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    super::shown_as(status, house, "desk/match.html", &view, token)
}

/// The passages it may belong to: those it does, those that stand where it would, those that read alike.
fn choices(
    seen: &Matched,
    typed: &Typed,
    own: &[Block],
    others: &[Block],
    place: usize,
    matched: &BTreeSet<String>,
    chosen: &BTreeSet<String>,
) -> Vec<MatchChoice> {
    let mut partners: HashMap<&str, Vec<&str>> = HashMap::new();
    for link in &seen.links {
        let (mine, theirs) = if typed.forward { (&link.from, &link.to) } else { (&link.to, &link.from) };
        for key in theirs {
            partners.entry(key.as_str()).or_default().extend(mine.iter().map(String::as_str));
        }
    }
    let numbers: HashMap<&str, &str> = own.iter().map(|block| (block.key.as_str(), block.number.as_str())).collect();
    let mut places: BTreeSet<usize> = (0..others.len())
        .filter(|place| matched.contains(&others[*place].key) || chosen.contains(&others[*place].key))
        .collect();
    let expected = expected(seen, typed.forward, own, others, place);
    places.extend(expected.saturating_sub(NEAR)..(expected + NEAR + 1).min(others.len()));
    places.extend(alike(&own[place].text, others));
    let choice = |place: usize| {
        let block = &others[place];
        let with = partners.get(block.key.as_str()).into_iter().flatten();
        let with: Vec<&str> =
            with.filter(|key| **key != typed.key).filter_map(|key| numbers.get(key).copied()).collect();
        MatchChoice {
            key: block.key.clone(),
            number: block.number.clone(),
            text: opening(&block.text),
            matched: with.join(", "),
            chosen: chosen.contains(&block.key),
        }
    };
    places.into_iter().map(choice).collect()
}

/// Where it would stand: after the passage that stands before it.
fn expected(seen: &Matched, forward: bool, own: &[Block], others: &[Block], place: usize) -> usize {
    let partner = |key: &str| {
        let link =
            seen.links.iter().find(|link| if forward { &link.from } else { &link.to }.iter().any(|one| one == key))?;
        let theirs = if forward { &link.to } else { &link.from };
        others.iter().position(|block| theirs.contains(&block.key))
    };
    own[..=place].iter().rev().find_map(|block| partner(&block.key)).unwrap_or_default()
}

/// Those with the most words in common, for their length.
fn alike(text: &str, others: &[Block]) -> Vec<usize> {
    let own = bag(text);
    let mut scored: Vec<(usize, usize)> = others
        .iter()
        .enumerate()
        .filter_map(|(place, block)| {
            let other = bag(&block.text);
            let shared = own.intersection(&other).count();
            let all = own.len() + other.len() - shared;
            (shared > 0).then(|| (shared * 1000 / all.max(1), place))
        })
        .filter(|(score, _)| *score >= 100)
        .collect();
    scored.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    scored.into_iter().take(ALIKE).map(|(_, place)| place).collect()
}

fn bag(text: &str) -> HashSet<String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words.map(str::to_lowercase).collect()
}
