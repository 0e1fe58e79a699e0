//! A long text page by page: by its sections, and a section that is too long in several parts.

use std::ops::Range;

/// What is divided: a block, or a row of two texts.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// Bytes of markup, about.
    pub weight: usize,
    /// Of its first block.
    pub key: String,
    /// Number and words of the section that begins here.
    pub opens: Option<(String, String)>,
    pub is_heading: bool,
}

/// One page of a long text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As it stands in the address: the number of its first section; `4-2` for the second part of section 4.
    pub name: String,
    pub units: Range<usize>,
    /// What begins on it; at least one.
    pub entries: Vec<Entry>,
}

/// A line of the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of the section; empty for what stands before the first.
    pub number: String,
    pub words: String,
    /// Of the block it begins with.
    pub key: String,
    /// 1 where the section begins, then which part of it this is.
    pub part: usize,
    pub units: Range<usize>,
}

/// Up to here a draft stands on one page. With its stylesheet, and before it is compressed, such a
/// page stays within 60,000 bytes; compressed it is about a quarter of that.
pub const LONG: usize = 34_000;
/// Up to here two texts stand on one page, which nobody sees first: within 15,000 bytes compressed.
pub const LONG_PAIR: usize = 60_000;
/// Most of one part.
const ROOM: usize = 28_000;
/// Short sections stand together up to here.
const TOGETHER: usize = 12_000;
/// What surrounds the words of a block: its element, its number and its mark.
pub const AROUND: usize = 230;

/// The parts in their order, every unit in exactly one; none for a text that fits one page.
#[must_use]
pub fn divide(units: &[Unit], long: usize) -> Vec<Part> {
    let all = 0..units.len();
    if weight(units, &all) <= long {
        return Vec::new();
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut last = 0;
    for section in sections(units) {
        let (number, words) = units[section.start].opens.clone().unwrap_or_default();
        let here = weight(units, &section);
        let entry = |part, of: Range<usize>| {
            let key = units[of.start].key.clone();
            Entry { number: number.clone(), words: words.clone(), key, part, units: of }
        };
        let open = parts.last_mut().filter(|_| last + here <= TOGETHER);
        if let Some(open) = open {
            open.units.end = section.end;
            open.entries.push(entry(1, section));
            last += here;
            continue;
        }
        for (place, units_of) in cut(units, &section).into_iter().enumerate() {
            let first = if number.is_empty() { "0" } else { &number };
            let name = if place == 0 { first.to_owned() } else { format!("{first}-{}", place + 1) };
            last = weight(units, &units_of);
            parts.push(Part { name, units: units_of.clone(), entries: vec![entry(place + 1, units_of)] });
        }
    }
    parts
}

/// The part that goes by this name, or that holds the section of this number.
#[must_use]
pub fn called(parts: &[Part], name: &str) -> Option<usize> {
    let holds = |part: &Part| part.entries.iter().any(|entry| entry.part == 1 && entry.number == name);
    parts.iter().position(|part| part.name == name).or_else(|| parts.iter().position(holds))
}

fn weight(units: &[Unit], of: &Range<usize>) -> usize {
    units[of.clone()].iter().map(|unit| unit.weight).sum()
}

fn sections(units: &[Unit]) -> Vec<Range<usize>> {
    let starts = units.iter().enumerate().filter(|(place, unit)| *place == 0 || unit.opens.is_some());
    let mut starts: Vec<usize> = starts.map(|(place, _)| place).collect();
    starts.push(units.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// A section in parts: cut before a heading where one stands in the second half of a part, else
/// where the room ends; a heading is never the last of its part.
fn cut(units: &[Unit], section: &Range<usize>) -> Vec<Range<usize>> {
    // As even as may be: no last part of two lines.
    let here = weight(units, section);
    let largest = units[section.clone()].iter().map(|unit| unit.weight).max().unwrap_or_default();
    let room = (here / here.div_ceil(ROOM).max(1) + largest).min(ROOM);
    let mut parts = Vec::new();
    let (mut start, mut sum, mut heading) = (section.start, 0, None);
    let mut place = section.start;
    while place < section.end {
        let unit = &units[place];
        if unit.is_heading && sum > room / 2 {
            heading = Some(place);
        }
        if sum + unit.weight > room && place > start {
            let mut end = heading.unwrap_or(place);
            while end - 1 > start && units[end - 1].is_heading {
                end -= 1;
            }
            parts.push(start..end);
            (start, place, sum, heading) = (end, end, 0, None);
            continue;
        }
        sum += unit.weight;
        place += 1;
    }
    parts.push(start..section.end);
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn section(number: usize, weights: &[usize]) -> Vec<Unit> {
        let opens = Some((number.to_string(), format!("Section {number}")));
        let mut units = vec![Unit { weight: 100, opens, is_heading: true, ..Unit::default() }];
        units.extend(weights.iter().map(|weight| Unit { weight: *weight, ..Unit::default() }));
        units
    }

    fn names(parts: &[Part]) -> Vec<&str> {
        parts.iter().map(|part| part.name.as_str()).collect()
    }

    #[test]
    fn a_short_text_is_one_page() {
        assert!(divide(&section(1, &[10_000, 20_000]), LONG).is_empty());
        assert!(divide(&[], LONG).is_empty());
    }

    #[test]
    fn sections_are_pages_and_short_ones_stand_together() {
        let units = [section(1, &[20_000]), section(2, &[2_000]), section(3, &[2_000]), section(4, &[9_000])].concat();
        let units = [units, section(5, &[4_000])].concat();
        let parts = divide(&units, LONG);
        assert_eq!(names(&parts), ["1", "2", "4", "5"]);
        assert_eq!(called(&parts, "3"), Some(1));
        assert_eq!(called(&parts, "5"), Some(3));
        assert_eq!(called(&parts, "9"), None);
    }

    #[test]
    fn a_section_that_is_too_long_is_divided_before_a_heading() {
        let mut units = section(1, &[9_000; 9]);
        units[3].is_heading = true;
        let parts = divide(&units, LONG);
        assert_eq!(names(&parts), ["1", "1-2", "1-3", "1-4"]);
        assert_eq!(parts[1].units.start, 3, "before the heading");
        assert_eq!(parts[1].entries[0].part, 2);
    }

    proptest! {
        #[test]
        fn every_unit_stands_on_exactly_one_page(
            units in prop::collection::vec((50_usize..9_000, any::<bool>(), any::<bool>()), 0..60)
        ) {
            let units: Vec<Unit> = units.into_iter().enumerate().map(|(n, (weight, opens, is_heading))| Unit {
                weight,
                opens: opens.then(|| (n.to_string(), String::new())),
                is_heading: is_heading || opens,
                key: n.to_string(),
            }).collect();
            let parts = divide(&units, LONG);
            if !parts.is_empty() {
                prop_assert_eq!(parts[0].units.start, 0);
                prop_assert_eq!(parts[parts.len() - 1].units.end, units.len());
            }
            prop_assert!(parts.windows(2).all(|pair| pair[0].units.end == pair[1].units.start));
            for part in &parts {
                prop_assert!(!part.units.is_empty() && !part.entries.is_empty());
                prop_assert!(weight(&units, &part.units) <= ROOM + 9_000);
                prop_assert_eq!(called(&parts, &part.name).map(|at| &parts[at]), Some(part));
            }
        }
    }
}
