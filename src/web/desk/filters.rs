//! The filters of the comments page: in the address, so that what was found can be sent to a colleague.

use serde::Deserialize;

use crate::drafts::{Change, Kind};
use crate::links;
use crate::responses::{By, Desk, DeskPlace, Filter, Permission, Position, THEIRS};
use crate::text::{self, Problem};
use crate::web::house::House;
use crate::web::member::cited;
use crate::web::view::{BlockChoice, CommentFilters, FilterInForce};
use crate::words::Language;

/// As it stands in the address; empty is not asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    block: String,
    label: String,
    position: String,
    permission: String,
    state: String,
    late: String,
    named: String,
    q: String,
    pub after: String,
    pub before: String,
}

impl Asked {
    /// The filter, and everything in it that cannot be.
    #[must_use]
    pub fn filter(&self) -> (Filter, Vec<Problem>) {
        let mut problems = Vec::new();
        let filter = Filter {
            block: line(&mut problems, "block", &self.block),
            label: line(&mut problems, "label", &self.label),
            position: choice(&mut problems, "position", &self.position, Position::from_value),
            permission: choice(&mut problems, "permission", &self.permission, Permission::from_value),
            state: choice(&mut problems, "state", &self.state, Change::from_value),
            late: choice(&mut problems, "late", &self.late, yes).is_some(),
            named: choice(&mut problems, "named", &self.named, yes).is_some(),
            text: line(&mut problems, "q", &self.q),
        };
        (filter, problems)
    }

    /// The filters in force, by the names they have in the address.
    fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("q", self.q.trim()),
            ("block", self.block.trim()),
            ("label", self.label.trim()),
            ("position", &self.position),
            ("permission", &self.permission),
            ("state", &self.state),
            ("late", &self.late),
            ("named", &self.named),
        ]
    }

    /// The same filters from another place on.
    #[must_use]
    pub fn url(&self, slug: &str, from: (&str, &str)) -> String {
        let mut pairs = self.pairs().to_vec();
        pairs.push(from);
        links::desk_comments_where(slug, &pairs)
    }

    #[must_use]
    pub fn in_force(&self, house: &House, slug: &str, desk: &Desk) -> Vec<FilterInForce> {
        let pairs = self.pairs();
        let in_force = pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(kind, value)| {
            let others: Vec<(&str, &str)> = pairs.iter().filter(|(other, _)| other != kind).copied().collect();
            FilterInForce {
                kind,
                value: if *kind == "block" { block_words(house, desk, value) } else { (*value).to_owned() },
                drop_url: links::desk_comments_where(slug, &others),
            }
        });
        in_force.collect()
    }

    #[must_use]
    pub fn form(&self, house: &House, slug: &str, desk: &Desk) -> CommentFilters {
        let blocks = desk.places().iter().zip(desk.tally(By::Block)).map(|(place, counts)| BlockChoice {
            value: place.name().to_owned(),
            number: number(house, place),
            count: counts.total(),
        });
        let mut blocks: Vec<BlockChoice> = blocks.collect();
        let theirs =
            desk.places().iter().zip(desk.tally(By::Block)).filter(|(place, _)| place.kind == Kind::Comparison);
        let count: usize = theirs.map(|(_, counts)| counts.total()).sum();
        if count > 0 {
            blocks.push(BlockChoice { value: THEIRS.to_owned(), number: all_theirs(house), count });
        }
        let labels: Vec<String> = desk.labels().iter().map(|(_, name)| name.clone()).collect();
        let block_bytes = blocks.iter().map(|block| block.value.len() + block.number.len() + OPTION).sum::<usize>();
        let label_bytes = labels.iter().map(|label| label.len() + OPTION).sum::<usize>();
        CommentFilters {
            action_url: links::desk_comments(slug),
            q: self.q.trim().to_owned(),
            block: self.block.trim().to_owned(),
            blocks: if block_bytes <= CHOICE_MAX { blocks } else { Vec::new() },
            label: self.label.trim().to_owned(),
            labels: if label_bytes <= CHOICE_MAX { labels } else { Vec::new() },
            position: self.position.clone(),
            permission: self.permission.clone(),
            state: self.state.clone(),
            late: !self.late.is_empty(),
            named: !self.named.is_empty(),
        }
    }
}

/// Bytes of a choice around its words.
const OPTION: usize = 30;
/// Most bytes of the choices of one filter; where there would be more, its name is typed.
const CHOICE_MAX: usize = 3_000;

/// A block's number, where it is one that has comments.
fn block_words(house: &House, desk: &Desk, value: &str) -> String {
    if value == THEIRS {
        return all_theirs(house);
    }
    let place = desk.places().iter().find(|place| place.name() == value);
    place.filter(|place| !place.number.is_empty()).map_or_else(|| value.to_owned(), |place| number(house, place))
}

fn all_theirs(house: &House) -> String {
    house.words.say(Language::English, "pairs-all-theirs", &[])
}

/// A place's number as people cite it, with the version where it is an earlier one's; empty for the whole draft.
pub(super) fn number(house: &House, place: &DeskPlace) -> String {
    if place.number.is_empty() {
        return String::new();
    }
    let number = cited(house, Language::English, place.kind, &place.number);
    match place.last_in {
        Some(version) => number_in(house, &number, version),
        None => number,
    }
}

/// A number that is not the current version's.
pub(super) fn number_in(house: &House, number: &str, version: i32) -> String {
    house.words.say(Language::English, "number-title", &[("number", number.into()), ("version", version.into())])
}

fn line(problems: &mut Vec<Problem>, field: &str, typed: &str) -> Option<String> {
    match text::optional_line(field, typed) {
        Ok(words) => Some(words).filter(|words| !words.is_empty()),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

fn choice<T>(problems: &mut Vec<Problem>, field: &str, typed: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    if typed.is_empty() {
        return None;
    }
    let read = read(typed);
    if read.is_none() {
        problems.push(Problem::new(field, "not-a-choice", "Choose one of the values that are offered."));
    }
    read
}

fn yes(typed: &str) -> Option<()> {
    (typed == "yes").then_some(())
}
