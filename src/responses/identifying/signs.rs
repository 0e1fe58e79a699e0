//! Mail addresses, addresses and names on the web, postcodes, National Insurance numbers.

use super::{Chunk, Found, Kind, chunks};

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let chunks = chunks(text);
    for (place, chunk) in chunks.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| chunks.get(before));
        let after = chunks.get(place + 1);
        let known = found.len();
        // Addresses are often written one behind the other without a blank.
        let mut start = chunk.start;
        for part in chunk.text.split_inclusive([',', ';', '<', '>', '(', ')', '"', '|']) {
            let bare = part.trim_end_matches([',', ';', '<', '>', '(', ')', '"', '|', '.', ':', '!', '?']);
            if let Some(kind) = address(bare) {
                found.push(Found { kind, at: start..start + bare.len() });
            }
            start += part.len();
        }
        if found.len() > known {
            continue;
        }
        if let Some(at) = postcode(before, chunk, after) {
            found.push(Found { kind: Kind::Postcode, at });
        } else if let Some(at) = insurance(&chunks[place..]) {
            found.push(Found { kind: Kind::NationalInsurance, at });
        }
    }
}

fn address(chunk: &str) -> Option<Kind> {
    let plain = |part: &str| {
        !part.is_empty()
            && part.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+' | '%'))
    };
    if let Some((local, host)) = chunk.trim_start_matches("mailto:").rsplit_once('@') {
        if local.is_empty() {
            return (host.chars().count() > 1 && host.chars().any(char::is_alphabetic) && plain(host))
                .then_some(Kind::Web);
        }
        let dotted = host.split('.').filter(|label| !label.is_empty()).count() > 1;
        return (dotted && plain(host) && local.chars().any(char::is_alphanumeric)).then_some(Kind::Mail);
    }
    if chunk.split_once("://").is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty()) {
        return Some(Kind::Web);
    }
    let host = chunk.split(['/', '?', '#']).next().unwrap_or(chunk);
    let labels: Vec<&str> = host.split('.').collect();
    let is_host = labels.len() > 1
        && labels
            .iter()
            .all(|label| !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-'));
    let (first, last) = (labels.first().copied().unwrap_or_default(), labels.last().copied().unwrap_or_default());
    let is_known =
        first == "www" || (TOPS.contains(&last) && labels.iter().rev().nth(1).is_some_and(|name| name.len() > 1));
    (is_host && is_known).then_some(Kind::Web)
}

/// Endings that are hardly ever the second of two words with a missing blank between.
const TOPS: [&str; 16] =
    ["com", "org", "net", "uk", "eu", "io", "ie", "info", "social", "biz", "me", "de", "fr", "nl", "es", "scot"];

/// British in one or two chunks; Canadian and American; others where a line of an address shows.
fn postcode(
    before: Option<&Chunk<'_>>,
    chunk: &Chunk<'_>,
    after: Option<&Chunk<'_>>,
) -> Option<std::ops::Range<usize>> {
    let joined = after.filter(|_| chunk.tail.is_empty());
    if let Some(after) = joined
        && ((is_outward(chunk.text) && is_inward(after.text) && one_case(chunk.text, after.text))
            || is_canadian(chunk.text, after.text)
            || (is_state(chunk.text) && is_zip(after.text)))
    {
        return Some(chunk.start..after.at().end);
    }
    if chunk.text.is_ascii() && (5..=7).contains(&chunk.text.len()) {
        let (outward, inward) = chunk.text.split_at(chunk.text.len() - 3);
        let capitals = !chunk.text.bytes().any(|sign| sign.is_ascii_lowercase());
        if capitals && is_outward(outward) && is_inward(inward) {
            return Some(chunk.at());
        }
    }
    // A line of an address: five figures and a town behind a comma, or "in".
    let is_line = before.is_some_and(|before| before.tail.ends_with(',') || before.text == "in");
    let town = joined.is_some_and(|after| after.text.starts_with(char::is_uppercase) && after.text.len() > 2);
    (is_line && town && chunk.text.len() == 5 && chunk.text.bytes().all(|sign| sign.is_ascii_digit()))
        .then(|| chunk.at())
}

/// `SW1A`, `M1`, `EC2R`.
fn is_outward(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &text.as_bytes()[letters..];
    let figures = rest.iter().take_while(|sign| sign.is_ascii_digit()).count();
    let tail = &rest[figures..];
    (1..=2).contains(&letters)
        && ((figures == 2 && tail.is_empty())
            || (figures == 1 && (tail.is_empty() || (tail.len() == 1 && tail[0].is_ascii_alphabetic()))))
}

/// `1AA`; the letters that no such code has tell it from "5pm", and ordinals are not meant.
fn is_inward(text: &str) -> bool {
    let [figure, one, two] = text.as_bytes() else { return false };
    let fits = |sign: u8| sign.is_ascii_alphabetic() && !b"CIKMOV".contains(&sign.to_ascii_uppercase());
    figure.is_ascii_digit() && fits(*one) && fits(*two) && !matches!(&text[1..], "st" | "nd" | "rd" | "th" | "hr")
}

fn one_case(one: &str, two: &str) -> bool {
    let lower = |text: &str| text.bytes().any(|sign| sign.is_ascii_lowercase());
    let upper = |text: &str| text.bytes().any(|sign| sign.is_ascii_uppercase());
    (upper(one) && upper(two) && !lower(two)) || (!upper(one) && !upper(two))
}

/// `K1A 0B1`.
fn is_canadian(one: &str, two: &str) -> bool {
    let shape = |text: &str| -> String {
        let sort = |sign: char| {
            if sign.is_ascii_uppercase() {
                'A'
            } else if sign.is_ascii_digit() {
                '9'
            } else {
                '-'
            }
        };
        text.chars().map(sort).collect()
    };
    one.len() == 3 && two.len() == 3 && shape(one) == "A9A" && shape(two) == "9A9"
}

fn is_state(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|sign| sign.is_ascii_uppercase())
}

fn is_zip(text: &str) -> bool {
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    five.len() == 5 && four.len() == 4 && five.bytes().chain(four.bytes()).all(|sign| sign.is_ascii_digit())
}

/// Two letters, six figures, A to D; with blanks or without.
fn insurance(chunks: &[Chunk<'_>]) -> Option<std::ops::Range<usize>> {
    let first = chunks.first()?;
    let mut code = String::new();
    for chunk in chunks.iter().take(5) {
        if code.len() + chunk.text.len() > 9 || !chunk.text.is_ascii() {
            return None;
        }
        code.push_str(chunk.text);
        if let [one, two, figures @ .., last] = code.as_bytes()
            && code.len() == 9
            && one.is_ascii_alphabetic()
            && two.is_ascii_alphabetic()
            && figures.iter().all(u8::is_ascii_digit)
            && matches!(last.to_ascii_uppercase(), b'A'..=b'D')
        {
            return Some(first.start..chunk.at().end);
        }
        if !chunk.tail.is_empty() {
            return None;
        }
    }
    None
}
