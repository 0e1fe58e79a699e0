//! How a change of a passage is shown, wherever it is.

use crate::drafts::compare::{self, Mark, Stretch};
use crate::drafts::{Block, Change};
use crate::web::view::{BlockView, ChangeView, NumberLink, Wordings};

/// Below this share of words in common (in hundredths) two wordings stand apart.
const IN_COMMON: usize = 30;

/// Two versions and the ways to their passages.
pub struct Sides<'a> {
    pub before: &'a [Block],
    pub after: &'a [Block],
    pub before_url: &'a dyn Fn(&str) -> String,
    pub after_url: &'a dyn Fn(&str) -> String,
}

impl Sides<'_> {
    /// What became of passages, by their places in both versions.
    #[must_use]
    pub fn change(&self, place: usize, change: Change, from: &[usize], to: &[usize]) -> ChangeView {
        let (from, to) = (at(self.before, from), at(self.after, to));
        let numbers = |blocks: &[&Block], url: &dyn Fn(&str) -> String| -> Vec<NumberLink> {
            blocks.iter().map(|block| NumberLink { number: block.number.clone(), url: url(&block.key) }).collect()
        };
        let row = |blocks: &[&Block]| blocks.iter().map(|block| block.number.as_str()).collect::<Vec<_>>().join(", ");
        ChangeView {
            place,
            from_words: row(&from),
            to_words: row(&to),
            change: change.as_str(),
            renumbered: !from.is_empty()
                && !to.is_empty()
                && from.iter().map(|block| &block.number).ne(to.iter().map(|block| &block.number)),
            words: wordings(change, &from, &to),
            from: numbers(&from, self.before_url),
            to: numbers(&to, self.after_url),
        }
    }
}

fn at<'a>(blocks: &'a [Block], places: &[usize]) -> Vec<&'a Block> {
    places.iter().filter_map(|place| blocks.get(*place)).collect()
}

/// The words of a passage before and now.
#[must_use]
pub fn wordings(change: Change, from: &[&Block], to: &[&Block]) -> Wordings {
    let joined = |blocks: &[&Block]| blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n");
    match change {
        Change::Gone => Wordings { before: joined(from), ..Wordings::default() },
        Change::Added | Change::Moved | Change::Unchanged => Wordings { now: joined(to), ..Wordings::default() },
        Change::Reworded | Change::Split | Change::Merged => {
            let (before, now) = (joined(from), joined(to));
            let marked = without_blanks(compare::words(&before, &now));
            let kept: usize = marked.iter().filter(|one| one.mark == Mark::Kept).map(|one| one.text.len()).sum();
            if kept * 100 < before.len().max(now.len()) * IN_COMMON {
                return Wordings { marked: Vec::new(), before, now };
            }
            Wordings { marked, ..Wordings::default() }
        }
    }
}

/// Other blanks between the same words are nothing to read out.
fn without_blanks(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let blank = |one: &Stretch| one.text.trim().is_empty();
    let kept = stretches.into_iter().filter(|one| one.mark != Mark::TakenOut || !blank(one));
    kept.map(|one| if blank(&one) { Stretch { mark: Mark::Kept, ..one } } else { one }).collect()
}

/// The beginning of a passage, to name it by.
#[must_use]
pub fn opening(text: &str) -> String {
    crate::web::view::shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The number of a passage of this text that shows how addresses on paper are made.
#[must_use]
pub fn for_paper(blocks: &[Block]) -> String {
    let numbered = || blocks.iter().filter(|block| !block.number.is_empty());
    let passage = numbered().find(|block| block.number.contains('.')).or_else(|| numbered().next());
    passage.map(|block| block.number.clone()).unwrap_or_default()
}

/// Blocks as a page shows them, lists joined.
#[must_use]
pub fn block_views(blocks: &[Block]) -> Vec<BlockView> {
    let view = |block: &Block| BlockView {
        key: block.key.clone(),
        number: block.number.clone(),
        kind: block.kind.as_str(),
        level: u8::try_from(block.level).unwrap_or(6).min(6),
        html: block.html.clone(),
        opens_list: false,
        closes_list: false,
    };
    let mut views: Vec<BlockView> = blocks.iter().map(view).collect();
    BlockView::join_lists(&mut views);
    views
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::BlockKind;

    fn block(text: &str) -> Block {
        Block {
            key: "k".to_owned(),
            number: "1.1".to_owned(),
            kind: BlockKind::Paragraph,
            level: 0,
            text: text.to_owned(),
            html: String::new(),
        }
    }

    #[test]
    fn what_has_little_in_common_stands_apart() {
        let (old, new) = (block("Three senior posts are enough for us."), block("Three posts are enough for us."));
        let like = wordings(Change::Reworded, &[&old], &[&new]);
        assert!(like.marked.len() > 1 && like.before.is_empty());
        let other = block("Tea will be served from four until the kettle gives out.");
        let unlike = wordings(Change::Reworded, &[&old], &[&other]);
        assert!(unlike.marked.is_empty());
        assert_eq!((unlike.before, unlike.now), (old.text.clone(), other.text));
    }

    #[test]
    fn a_divided_passage_has_no_marks_for_the_gap() {
        let (whole, one, two) = (block("First. Second."), block("First."), block("Second."));
        let words = wordings(Change::Split, &[&whole], &[&one, &two]);
        assert!(words.marked.iter().all(|stretch| stretch.mark == Mark::Kept), "{:?}", words.marked);
    }
}
