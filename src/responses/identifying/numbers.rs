//! Telephone numbers, and numbers of staff, pay and membership.

use super::{Chunk, Found, Kind, chunks};

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut from = 0;
    while let Some(end) = next_phone(text, &mut from, found) {
        from = end;
    }
    let chunks = chunks(text);
    for (place, chunk) in chunks.iter().enumerate() {
        if is_named_number(&chunks[..place], chunk)
            || is_bare_number(text, &chunks[..place], chunk, chunks.get(place + 1))
        {
            found.push(Found { kind: Kind::Number, at: chunk.at() });
        } else if is_extension(&chunks[..place], chunk) {
            found.push(Found { kind: Kind::Phone, at: chunk.at() });
        }
    }
}

/// Looks at the next place where a telephone number could begin; where to go on.
fn next_phone(text: &str, from: &mut usize, found: &mut Vec<Found>) -> Option<usize> {
    let begins = |sign: char| sign == '+' || sign == '(' || sign.is_ascii_digit();
    let start = *from + text[*from..].find(begins)?;
    let before = text[..start].chars().next_back();
    let stands_free = before.is_none_or(|sign| {
        !sign.is_alphanumeric() && !matches!(sign, '.' | ',' | '-' | '/' | '+' | '£' | '$' | '€' | '@' | '_')
    });
    let (end, groups) = run(&text[start..]);
    if stands_free && is_phone(&groups) {
        found.push(Found { kind: Kind::Phone, at: start..start + end });
    }
    Some(start + end.max(1))
}

/// Figures with what may stand between them in a telephone number: how long in bytes, and the groups,
/// with a plus sign or an opening bracket before their figures.
fn run(text: &str) -> (usize, Vec<String>) {
    let mut groups: Vec<String> = Vec::new();
    let (mut end, mut gap) = (0, usize::MAX);
    for (at, sign) in text.char_indices() {
        if sign.is_ascii_digit() {
            if gap > 0 {
                groups.push(String::new());
            }
            if let Some(group) = groups.last_mut() {
                group.push(sign);
            }
            (end, gap) = (at + 1, 0);
        } else if sign == '+' && at == 0 {
            groups.push("+".to_owned());
            (end, gap) = (1, 0);
        } else if sign == '(' && (gap > 0 || groups.last().is_some_and(|group| group.starts_with('+'))) {
            groups.push("(".to_owned());
            gap = 0;
        } else if matches!(
            sign,
            ' ' | '-' | '.' | ')' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2010}' | '\u{2011}' | '\u{2013}'
        ) && at > 0
            && (gap == 0 || (gap == 1 && text[..at].ends_with(')')) || sign == ')')
        {
            gap += 1;
        } else {
            if sign.is_alphabetic() && gap == 0 {
                // Part of a word or code.
                return (at, Vec::new());
            }
            break;
        }
    }
    (end, groups)
}

fn is_phone(groups: &[String]) -> bool {
    let figures: Vec<String> = groups.iter().map(|group| group.trim_start_matches(['+', '(']).to_owned()).collect();
    let figures: Vec<&str> = figures.iter().map(String::as_str).filter(|group| !group.is_empty()).collect();
    let Some(first) = figures.first() else { return false };
    let count: usize = figures.iter().map(|group| group.len()).sum();
    // Single figures in a row are a list.
    if figures.len() > 7 || (figures.len() > 2 && count < figures.len() * 2) {
        return false;
    }
    if groups.first().is_some_and(|group| group.starts_with('+')) {
        return (8..=15).contains(&count);
    }
    if first.starts_with("00") {
        return (10..=17).contains(&count);
    }
    if first.starts_with('0') {
        return first.len() >= 3 && (10..=11).contains(&count);
    }
    let lengths: Vec<usize> = figures.iter().map(|group| group.len()).collect();
    lengths == [3, 3, 4] || (lengths == [1, 3, 3, 4] && *first == "1")
}

/// "staff number 4821", "membership no. UN-20451", "ID: 88123".
fn is_named_number(before: &[Chunk<'_>], chunk: &Chunk<'_>) -> bool {
    let figures = chunk.text.chars().filter(char::is_ascii_digit).count();
    let is_code = chunk.text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '/' | '#'));
    if figures < 4 || !is_code {
        return false;
    }
    let mut words = before.iter().rev().map(|chunk| chunk.text.to_lowercase()).filter(|word| word != "is").take(2);
    let (last, one_before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let of_somebody = [
        "staff",
        "employee",
        "payroll",
        "membership",
        "member",
        "member’s",
        "personnel",
        "pay",
        "badge",
        "works",
        "union",
    ];
    let called = ["no", "number", "nr", "num", "id", "ref", "#"];
    (called.contains(&last.as_str()) && of_somebody.contains(&one_before.as_str())) || last == "id"
}

/// Six or more figures in a row, alone or behind a few letters: no year, no sum, no share.
fn is_bare_number(text: &str, before: &[Chunk<'_>], chunk: &Chunk<'_>, after: Option<&Chunk<'_>>) -> bool {
    let letters = chunk.text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = chunk.text.get(letters..).unwrap_or_default().trim_start_matches(['-', '/']);
    let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &rest[figures..];
    let is_code = letters <= 4 && tail.len() <= 2 && tail.chars().all(|sign| sign.is_ascii_alphabetic());
    let enough = if letters > 0 { figures >= 5 } else { figures >= 6 && tail.is_empty() };
    if !is_code || !enough {
        return false;
    }
    let sign = text[..chunk.start].chars().next_back();
    let is_sum = matches!(sign, Some('£' | '$' | '€'))
        || before.last().is_some_and(|word| matches!(word.text, "£" | "$" | "€" | "GBP" | "EUR" | "USD"))
        || matches!(chunk.text.get(..letters), Some("GBP" | "EUR" | "USD"))
        || matches!(tail, "k" | "m" | "bn");
    let counted = [
        "pounds",
        "euros",
        "euro",
        "dollars",
        "people",
        "posts",
        "members",
        "hours",
        "families",
        "children",
        "a",
        "per",
        "residents",
        "households",
    ];
    !is_sum && after.is_none_or(|word| !counted.contains(&word.text.to_lowercase().as_str()) || !chunk.tail.is_empty())
}

/// "ext. 4021", "extension 312".
fn is_extension(before: &[Chunk<'_>], chunk: &Chunk<'_>) -> bool {
    let figures =
        chunk.text.len() >= 3 && chunk.text.len() <= 6 && chunk.text.bytes().all(|sign| sign.is_ascii_digit());
    let word = before.last().map(|chunk| chunk.text.to_lowercase());
    let is_year = chunk.text.starts_with("20") && chunk.text.len() == 4;
    figures && !is_year && matches!(word.as_deref(), Some("ext" | "extn" | "extension"))
}
