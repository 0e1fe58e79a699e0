//! How two texts stand beside each other: row by row, every block of both in exactly one.

use std::collections::HashMap;

use super::Pair;
use crate::drafts::block::Block;

/// One row, by places in the two texts and in the list of pairs. A side is empty where the other
/// text has no answer, or where its passages are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub ours: Vec<usize>,
    pub theirs: Vec<usize>,
    pub pair: Option<usize>,
}

/// The rows in the order of our text; a passage of theirs that answers nothing stands after the
/// one before it in their own text. A pair whose passages are all gone has no row.
#[must_use]
pub fn rows(ours: &[Block], theirs: &[Block], pairs: &[Pair]) -> Vec<Row> {
    let our_pairs = by_key(pairs, |pair| &pair.ours);
    let their_pairs = by_key(pairs, |pair| &pair.theirs);
    let of = |blocks: &[Block], pair_of: &HashMap<&str, usize>| -> Vec<Option<usize>> {
        blocks.iter().map(|block| pair_of.get(block.key.as_str()).copied()).collect()
    };
    let (our_pair, their_pair) = (of(ours, &our_pairs), of(theirs, &their_pairs));
    let of_pair = |side: &[Option<usize>], pair: usize| -> Vec<usize> {
        side.iter().enumerate().filter(|(_, one)| **one == Some(pair)).map(|(place, _)| place).collect()
    };

    let mut rows: Vec<Row> = Vec::new();
    let mut row_of_pair: HashMap<usize, usize> = HashMap::new();
    for (place, pair) in our_pair.iter().enumerate() {
        if let Some(row) = pair.and_then(|pair| row_of_pair.get(&pair)) {
            rows[*row].ours.push(place);
            continue;
        }
        if let Some(pair) = pair {
            row_of_pair.insert(*pair, rows.len());
        }
        rows.push(Row { ours: vec![place], theirs: Vec::new(), pair: *pair });
    }
    // What stands after each row of ours; 0 is before the first.
    let mut after: Vec<Vec<Row>> = vec![Vec::new(); rows.len() + 1];
    let mut last = 0;
    for (place, pair) in their_pair.iter().enumerate() {
        if let Some(row) = pair.and_then(|pair| row_of_pair.get(&pair)) {
            rows[*row].theirs.push(place);
            last = row + 1;
            continue;
        }
        let row = match pair {
            // Our side of it is gone: theirs stand together where the first of them is.
            Some(pair) if after.iter().flatten().any(|row| row.pair == Some(*pair)) => continue,
            Some(pair) => Row { theirs: of_pair(&their_pair, *pair), pair: Some(*pair), ours: Vec::new() },
            None => Row { theirs: vec![place], ..Row::default() },
        };
        after[last].push(row);
    }
    let mut after = after.into_iter();
    let mut all = after.next().unwrap_or_default();
    for (row, following) in rows.into_iter().zip(after) {
        all.push(row);
        all.extend(following);
    }
    all
}

/// Where a key stands in two pairs, the earlier one has it.
fn by_key<'a>(pairs: &'a [Pair], side: impl Fn(&'a Pair) -> &'a Vec<String>) -> HashMap<&'a str, usize> {
    let mut found = HashMap::new();
    for (place, pair) in pairs.iter().enumerate() {
        for key in side(pair) {
            found.entry(key.as_str()).or_insert(place);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::State;
    use super::*;
    use crate::drafts::block::BlockKind;
    use crate::ids::Chance;

    fn text(side: &str, count: usize) -> Vec<Block> {
        let block = |n: usize| Block {
            key: format!("{side}{n}"),
            number: n.to_string(),
            kind: BlockKind::Paragraph,
            level: 0,
            text: String::new(),
            html: String::new(),
        };
        (0..count).map(block).collect()
    }

    fn pair(ours: &[&str], theirs: &[&str]) -> Pair {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        Pair {
            id: Chance::seeded(1).id(chrono::DateTime::UNIX_EPOCH),
            ours: keys(ours),
            theirs: keys(theirs),
            state: State::Proposed,
            ours_figure: String::new(),
            theirs_figure: String::new(),
            score: 0,
        }
    }

    fn shown(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| format!("{:?}|{:?}", row.ours, row.theirs)).collect()
    }

    #[test]
    fn what_has_no_answer_stands_where_its_own_text_has_it() {
        let pairs = [pair(&["o1"], &["t1"]), pair(&["o3"], &["t3", "t4"])];
        let rows = rows(&text("o", 4), &text("t", 6), &pairs);
        assert_eq!(shown(&rows), ["[]|[0]", "[0]|[]", "[1]|[1]", "[]|[2]", "[2]|[]", "[3]|[3, 4]", "[]|[5]"]);
    }

    #[test]
    fn a_pair_whose_passage_is_gone_keeps_the_other_side_in_its_place() {
        let pairs = [pair(&["gone"], &["t1"]), pair(&["o1"], &["gone"]), pair(&["gone"], &["gone"])];
        let rows = rows(&text("o", 2), &text("t", 2), &pairs);
        assert_eq!(shown(&rows), ["[]|[0]", "[]|[1]", "[0]|[]", "[1]|[]"]);
        assert_eq!(rows.iter().filter(|row| row.pair.is_some()).count(), 2);
    }

    proptest! {
        #[test]
        fn every_block_stands_in_exactly_one_row(
            ours in 0_usize..9, theirs in 0_usize..9,
            of in prop::collection::vec((prop::collection::vec(0_usize..11, 1..3), prop::collection::vec(0_usize..11, 1..3)), 0..7),
        ) {
            let named = |side: &str, places: &[usize]| places.iter().map(|n| format!("{side}{n}")).collect::<Vec<_>>();
            let pairs: Vec<Pair> = of.iter().map(|(one, other)| Pair {
                ours: named("o", one), theirs: named("t", other), ..pair(&[], &[])
            }).collect();
            let rows = rows(&text("o", ours), &text("t", theirs), &pairs);
            let mut all: Vec<usize> = rows.iter().flat_map(|row| row.ours.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..ours).collect::<Vec<_>>());
            let mut all: Vec<usize> = rows.iter().flat_map(|row| row.theirs.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..theirs).collect::<Vec<_>>());
            let firsts: Vec<usize> = rows.iter().filter_map(|row| row.ours.first().copied()).collect();
            prop_assert!(firsts.is_sorted());
        }
    }
}
