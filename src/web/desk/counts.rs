//! How many said what: blocks, labels or permissions against the four positions.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::comments::batch_words;
use super::fitting::{beginning, fitting};
use crate::consultations;
use crate::links;
use crate::refusal::Refusal;
use crate::responses::{By, Counts, Desk, Permission, Position};
use crate::web::error::Failure;
use crate::web::groups::beside;
use crate::web::house::House;
use crate::web::view::{CountsCell, CountsRow, CountsWay, DeskCounts};
use crate::words::Language;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    by: String,
    /// Rows that come before this page.
    after: usize,
    /// Where the page ends, when going back.
    before: usize,
}

/// # Errors
/// No such consultation, nothing it is counted by; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let by = match asked.by.as_str() {
        "" => By::Block,
        written => By::from_value(written).ok_or(Failure::NotFound)?,
    };
    let reading = house.clone();
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let desk = reading.desks.of(tx, &reading.keys, &consultation)?;
        let beside = beside(tx, &reading, &consultation)?;
        Ok::<_, Refusal>((consultation, desk, beside))
    });
    let (consultation, desk, beside) = found.await?;
    let (page, token) = super::page_of(&request, &house, &consultation, super::Way::Counts);
    let slug = &consultation.slug;
    let rows = rows(&house, &desk, by);
    let way = |one: By| CountsWay {
        by: one.as_str(),
        url: links::desk_counts(slug, &[("by", one.as_str())]),
        current: one == by,
    };
    let view = DeskCounts {
        page,
        total: desk.total().total(),
        by: by.as_str(),
        ways: By::ALL.iter().map(|one| way(*one)).collect(),
        sum: row(String::new(), String::new(), desk.total(), 0, &[]),
        of: rows.len(),
        comments_url: links::desk_comments(slug),
        beside,
        batch_words: batch_words(&house, &consultation),
        ..DeskCounts::default()
    };
    let goes_back = asked.before > 0;
    let (from, to) =
        if goes_back { (0, asked.before.min(rows.len())) } else { (asked.after.min(rows.len()), rows.len()) };
    let at = |name, row: usize| Some(links::desk_counts(slug, &[("by", by.as_str()), (name, &row.to_string())]));
    let (_, html) = fitting((to - from).min(AT_ONCE), |shown| {
        let first = if goes_back { to - shown } else { from };
        let last = first + shown;
        let view = DeskCounts {
            rows: rows[first..last].to_vec(),
            first: first + 1,
            last,
            previous_url: if first > 0 { at("before", first) } else { None },
            next_url: if last < rows.len() { at("after", last) } else { None },
            ..view.clone()
        };
        Ok(house.renderer.render("desk/counts.html", Language::English, &view)?)
    })?;
    Ok(super::answer(StatusCode::OK, token, html))
}

/// Most rows on a page.
const AT_ONCE: usize = 60;
/// Bytes of a passage beside its number.
const TEXT: usize = 60;

fn rows(house: &House, desk: &Desk, by: By) -> Vec<CountsRow> {
    let counts = desk.tally(by);
    let most = counts.iter().flat_map(|counts| Position::ALL.iter().map(|position| counts.of(*position))).max();
    let most = most.unwrap_or_default();
    let counts = counts.into_iter();
    match by {
        By::Block => desk
            .places()
            .iter()
            .zip(counts)
            .map(|(place, counts)| {
                let text = beginning(&place.text, TEXT);
                let text = if text.len() < place.text.len() { format!("{text} …") } else { text.to_owned() };
                row(super::filters::number(house, place), text, counts, most, &[("block", place.name())])
            })
            .collect(),
        By::Label => desk
            .labels()
            .iter()
            .zip(counts)
            .map(|((_, name), counts)| row(name.clone(), String::new(), counts, most, &[("label", name)]))
            .collect(),
        By::Permission => Permission::ALL
            .iter()
            .zip(counts)
            .map(|(one, counts)| row(one.to_string(), String::new(), counts, most, &[("permission", one.as_str())]))
            .collect(),
    }
}

/// A row whose numbers lead to the comments behind them; `most` is the largest number of the table.
fn row(name: String, text: String, counts: Counts, most: usize, filter: &[(&str, &str)]) -> CountsRow {
    let cell = |position: Option<Position>, count: usize| {
        let mut filter = filter.to_vec();
        filter.extend(position.map(|position| ("position", position.as_str())));
        CountsCell {
            count,
            url: if count > 0 { links::comments_from_beside(&filter) } else { String::new() },
            step: if position.is_some() { step(count, most) } else { 0 },
        }
    };
    let cells = Position::ALL.iter().map(|position| cell(Some(*position), counts.of(*position))).collect();
    CountsRow { name, text, cells, total: cell(None, counts.total()) }
}

/// 0 for nothing, 1 for anything, up to 5 for the most.
fn step(count: usize, most: usize) -> usize {
    if count == 0 || most == 0 { 0 } else { 1 + (count * 4 / most).min(4) }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn the_steps_begin_above_nothing_and_end_with_the_most() {
        assert_eq!([0, 1, 24, 25, 99, 100].map(|count| step(count, 100)), [0, 1, 1, 2, 4, 5]);
        assert_eq!(step(0, 0), 0);
    }
}
