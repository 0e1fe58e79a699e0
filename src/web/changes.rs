//! How a change of a passage is shown, wherever it is.

use crate::drafts::compare::{self, Mark, Stretch};
use crate::drafts::{Block, BlockKind, Change};
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
            if let ([old], [new]) = (from, to)
                && is_table(old)
                && is_table(new)
            {
                let table = table(&old.text, &new.text);
                return Wordings { table, table_number: new.number.clone(), ..Wordings::default() };
            }
            let (before, now) = (joined(from), joined(to));
            let marked = without_blanks(compare::words(&before, &now));
            let kept: usize = marked.iter().filter(|one| one.mark == Mark::Kept).map(|one| one.text.len()).sum();
            if kept * 100 < before.len().max(now.len()) * IN_COMMON {
                return Wordings { before, now, ..Wordings::default() };
            }
            Wordings { marked, ..Wordings::default() }
        }
    }
}

fn is_table(block: &Block) -> bool {
    block.kind == BlockKind::Table
}

/// Both tables as one, cell by cell; rows belong together that begin alike.
fn table(before: &str, now: &str) -> Vec<Vec<Vec<Stretch>>> {
    let (old, new): (Vec<Vec<&str>>, Vec<Vec<&str>>) = (cells(before), cells(now));
    let whole = |row: &[&str], mark: Mark| -> Vec<Vec<Stretch>> {
        row.iter().map(|cell| vec![Stretch { mark, text: (*cell).to_owned() }]).collect()
    };
    let mut rows = Vec::new();
    let mut next = 0;
    for (place, row) in new.iter().enumerate() {
        // The heads belong together whatever they say.
        let found = if place == 0 {
            (!old.is_empty()).then_some(0)
        } else {
            old[next..].iter().position(|one| one.first() == row.first())
        };
        let Some(skipped) = found else {
            rows.push(whole(row, Mark::PutIn));
            continue;
        };
        rows.extend(old[next..next + skipped].iter().map(|gone| whole(gone, Mark::TakenOut)));
        let twin = &old[next + skipped];
        let width = row.len().max(twin.len());
        let cell = |of: &[&str], at: usize| of.get(at).copied().unwrap_or_default().to_owned();
        rows.push((0..width).map(|at| cell_words(&cell(twin, at), &cell(row, at))).collect());
        next += skipped + 1;
    }
    rows.extend(old[next..].iter().map(|gone| whole(gone, Mark::TakenOut)));
    rows
}

/// A cell that changed stands whole, before and now: half a number reads badly.
fn cell_words(before: &str, now: &str) -> Vec<Stretch> {
    if before == now {
        return vec![Stretch { mark: Mark::Kept, text: now.to_owned() }];
    }
    let stretch = |mark, text: &str| Stretch { mark, text: text.to_owned() };
    let both = [stretch(Mark::TakenOut, before), stretch(Mark::PutIn, now)];
    both.into_iter().filter(|one| !one.text.is_empty()).collect()
}

/// As the import writes a table down: a row on each line, ` | ` between its cells.
fn cells(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split(" | ").collect()).collect()
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
    fn tables_are_marked_cell_by_cell() {
        let rows = table("Post | Now\nHeads | 4\nClerks | 2", "Post | Then\nHeads | 3\nTea | 1");
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                let cell = |cell: &Vec<Stretch>| {
                    cell.iter().map(|one| format!("{:?} {}", one.mark, one.text)).collect::<Vec<_>>().join("+")
                };
                row.iter().map(cell).collect::<Vec<_>>().join(" | ")
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Kept Post | TakenOut Now+PutIn Then",
                "Kept Heads | TakenOut 4+PutIn 3",
                "PutIn Tea | PutIn 1",
                "TakenOut Clerks | TakenOut 2",
            ]
        );
    }

    #[test]
    fn a_divided_passage_has_no_marks_for_the_gap() {
        let (whole, one, two) = (block("First. Second."), block("First."), block("Second."));
        let words = wordings(Change::Split, &[&whole], &[&one, &two]);
        assert!(words.marked.iter().all(|stretch| stretch.mark == Mark::Kept), "{:?}", words.marked);
    }
}
