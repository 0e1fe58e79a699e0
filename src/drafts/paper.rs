//! Numbers that people have on paper: where a number of some version leads today.

use super::block::Block;
use super::change::Change;
use super::today::{Today, today};
use super::{place, version};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::store::Tx;

/// How many numbers are offered where there is none.
const NEAR: usize = 6;

/// What a number means today.
#[derive(Debug, Clone, PartialEq)]
pub enum Cited {
    /// The passage has this number still and reads as it did.
    Stands { key: String },
    Became {
        today: Box<Today>,
        /// Whether no version was named, and the current one has no such number.
        is_older: bool,
    },
    /// No published version has such a number.
    Nowhere {
        /// The version whose numbers were looked at.
        version: i32,
        /// Passages of it whose numbers come nearest.
        near: Vec<Block>,
    },
}

/// Where `number` of published version `asked` leads today. None, or one that is not published, is
/// the current version; a number it lacks is then looked for in older ones, the newest first.
///
/// # Errors
/// Nothing published; the database fails.
pub fn cited(tx: &mut Tx, consultation: Id, number: &str, asked: Option<i32>) -> Result<Cited, Refusal> {
    let current = place::place(tx, consultation, None, None)?;
    let document = current.document_id;
    let mut turns: Vec<version::Version> =
        version::list(tx, document)?.into_iter().rev().filter(|one| one.published_at.is_some()).collect();
    let asked = asked.filter(|asked| turns.iter().any(|one| one.number == *asked));
    let first = asked.unwrap_or(current.version_number);
    turns.retain(|one| asked.is_none_or(|asked| asked == one.number));
    let mut near = Vec::new();
    for one in turns {
        let blocks = version::blocks(tx, one.id)?;
        if let Some(passage) = blocks.iter().find(|block| block.number == number) {
            let found = today(tx, document, one.number, &passage.key)?;
            let still = |now: &[Block]| matches!(now, [same] if same.number == passage.number);
            if found.change == Change::Unchanged && still(&found.now) {
                return Ok(Cited::Stands { key: found.now[0].key.clone() });
            }
            return Ok(Cited::Became { today: Box::new(found), is_older: asked.is_none() });
        }
        if one.number == first {
            near = nearest(&blocks, number);
        }
    }
    Ok(Cited::Nowhere { version: first, near })
}

/// The passages whose numbers come next before and after, in the order of the text.
fn nearest(blocks: &[Block], number: &str) -> Vec<Block> {
    let wanted = parts(number);
    let mut places: Vec<usize> = (0..blocks.len()).filter(|place| !blocks[*place].number.is_empty()).collect();
    let before = places.iter().filter(|place| parts(&blocks[**place].number) < wanted).count();
    let start = before.saturating_sub(NEAR / 2).min(places.len().saturating_sub(NEAR));
    places.drain(..start);
    places.into_iter().take(NEAR).map(|place| blocks[place].clone()).collect()
}

/// `4.2a` as numbers and letters, so that 4.10 comes after 4.9.
fn parts(number: &str) -> Vec<(u32, String)> {
    let part = |part: &str| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        (digits.parse().unwrap_or(u32::MAX), part[digits.len()..].to_lowercase())
    };
    number.split('.').map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::super::block::BlockKind;
    use super::*;

    #[test]
    fn the_nearest_numbers_are_those_a_reader_may_have_meant() {
        let block = |number: &str| Block {
            key: number.to_owned(),
            number: number.to_owned(),
            kind: BlockKind::Paragraph,
            level: 0,
            text: String::new(),
            html: String::new(),
        };
        let blocks: Vec<Block> =
            ["1", "1.1", "1.2", "2", "2.9", "2.10", "2.11", "3", "3.1"].iter().map(|number| block(number)).collect();
        let near = |number: &str| nearest(&blocks, number).into_iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!(near("2.12"), ["2", "2.9", "2.10", "2.11", "3", "3.1"]);
        assert_eq!(near("9.9"), ["2", "2.9", "2.10", "2.11", "3", "3.1"]);
        assert_eq!(near("0"), ["1", "1.1", "1.2", "2", "2.9", "2.10"]);
        assert_eq!(near("nonsense").len(), 6);
        assert!(nearest(&[], "1").is_empty());
    }
}
