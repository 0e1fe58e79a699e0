//! Days: written in figures, with the name of the month, or as a weekday with a time.

use super::{Chunk, Found, Kind, chunks};

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let chunks = chunks(text);
    for place in 0..chunks.len() {
        let here = &chunks[place..];
        let last = if is_in_figures(here[0].text) {
            Some(0)
        } else {
            day_first(here).or_else(|| month_first(here)).or_else(|| weekday(here))
        };
        if let Some(last) = last {
            found.push(Found { kind: Kind::Date, at: here[0].start..here[last].at().end });
        }
    }
}

/// `22/11/2026`, `3/4/26`, `22-11-2026`, `22.11.2026`, `2026-11-22`. With dots or hyphens only a
/// whole year tells it from the number of a clause.
fn is_in_figures(text: &str) -> bool {
    ['/', '-', '.'].into_iter().any(|between| {
        let parts: Vec<&str> = text.split(between).collect();
        let [one, two, three] = parts[..] else { return false };
        if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|sign| sign.is_ascii_digit())) {
            return false;
        }
        let day =
            |part: &str, most: u32| part.len() <= 2 && part.parse::<u32>().is_ok_and(|day| (1..=most).contains(&day));
        let day_and_month = |one: &str, two: &str| (day(one, 31) && day(two, 12)) || (day(one, 12) && day(two, 31));
        let year = |part: &str| part.len() == 4 && matches!(&part[..2], "19" | "20");
        (year(one) && day_and_month(two, three) && between != '.')
            || (day_and_month(one, two) && (year(three) || (between == '/' && three.len() == 2)))
    })
}

/// "12 March", "12th of March 2026": the place of its last chunk.
fn day_first(here: &[Chunk<'_>]) -> Option<usize> {
    let is_ordinal = day_of_month(here.first()?.text)?;
    if !here[0].tail.is_empty() {
        return None;
    }
    let at = if here.get(1)?.text == "of" { 2 } else { 1 };
    let month = here.get(at)?;
    // "3 may": a verb, unless it is the third of May.
    let fits = is_month(month.text) && (month.text.starts_with(char::is_uppercase) || is_ordinal);
    fits.then(|| with_year(here, at))
}

/// "March 12", "March 12th, 2026".
fn month_first(here: &[Chunk<'_>]) -> Option<usize> {
    let month = here.first()?;
    if !month.text.starts_with(char::is_uppercase) || !is_month(month.text) || !matches!(month.tail, "" | ".") {
        return None;
    }
    let at = if here.get(1)?.text == "the" { 2 } else { 1 };
    let day = here.get(at)?;
    day_of_month(day.text)?;
    // "In March 3 posts": a day is not followed by what it counts.
    let counts = day.tail.is_empty()
        && here
            .get(at + 1)
            .is_some_and(|next| next.text.starts_with(char::is_lowercase) && !FOLLOW.contains(&next.text))
        && !day.text.ends_with(|sign: char| sign.is_ascii_alphabetic());
    (!counts).then(|| with_year(here, at))
}

/// What may follow a day that is not a number of things.
const FOLLOW: [&str; 12] = ["and", "at", "by", "for", "from", "in", "is", "or", "the", "to", "until", "was"];

fn with_year(here: &[Chunk<'_>], at: usize) -> usize {
    let year = here.get(at + 1).is_some_and(|next| {
        next.text.len() == 4
            && matches!(next.text.get(..2), Some("19" | "20"))
            && next.text.bytes().all(|sign| sign.is_ascii_digit())
    });
    if year && matches!(here[at].tail, "" | ",") { at + 1 } else { at }
}

/// "Tuesday at 3 pm", "Tuesday 15:30", "Tuesday the 4th".
fn weekday(here: &[Chunk<'_>]) -> Option<usize> {
    let day = here.first()?.text.to_lowercase();
    if !WEEKDAYS.contains(&day.as_str()) || !matches!(here[0].tail, "" | ",") {
        return None;
    }
    let mut at = 1;
    while here.get(at).is_some_and(|next| {
        matches!(
            next.text,
            "at" | "the" | "from" | "around" | "about" | "before" | "after" | "morning" | "afternoon" | "evening"
        )
    }) {
        at += 1;
        if at > 3 {
            return None;
        }
    }
    let next = here.get(at)?;
    if is_time(next.text) || day_of_month(next.text) == Some(true) {
        return Some(at);
    }
    let half = here.get(at + 1).map(|after| after.text.to_lowercase());
    let hour = next.text.parse::<u32>().is_ok_and(|hour| (1..=12).contains(&hour));
    (hour && matches!(half.as_deref(), Some("am" | "pm" | "a.m" | "p.m"))).then_some(at + 1)
}

/// A day's number; whether it is written as "12th".
fn day_of_month(text: &str) -> Option<bool> {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = text.split_at(figures);
    let is_ordinal = matches!(ending, "st" | "nd" | "rd" | "th");
    let fits = figures <= 2 && number.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    (fits && (is_ordinal || ending.is_empty())).then_some(is_ordinal)
}

/// `15:30`, `3pm`, `9.30am`.
fn is_time(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = lower.strip_suffix("am").or_else(|| lower.strip_suffix("pm")).unwrap_or(&lower);
    let (hour, minute) = bare.split_once([':', '.']).unwrap_or((bare, ""));
    let number = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|number| number <= most) && part.len() <= 2;
    let has_half = bare.len() < lower.len();
    number(hour, 23)
        && ((minute.is_empty() && has_half)
            || (minute.len() == 2 && number(minute, 59) && (has_half || bare.contains(':'))))
}

fn is_month(text: &str) -> bool {
    let lower = text.to_lowercase();
    MONTHS.iter().any(|month| *month == lower || (lower.len() == 3 && month.starts_with(&lower)) || lower == "sept")
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 12] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "fri"];
