//! An organiser's hand: edits at random, each remembering which passage is which.

use crate::drafts::block::BlockKind;
use crate::drafts::import::ParsedBlock;

/// Numbers at random, the same for the same seed (`SplitMix64`).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `most`.
    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap()
    }
}

/// A block on its way to the next version.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) block: ParsedBlock,
    /// The places, in the version before, of the passages it comes from.
    pub(super) from: Vec<usize>,
    /// A second printing of a passage that stands elsewhere.
    pub(super) is_copy: bool,
}

pub(super) fn start(blocks: &[ParsedBlock]) -> Vec<Item> {
    let item = |(place, block): (usize, &ParsedBlock)| Item { block: block.clone(), from: vec![place], is_copy: false };
    blocks.iter().enumerate().map(item).collect()
}

/// What an edit may bring in from elsewhere: passages of other texts, and words.
pub(super) struct Elsewhere {
    pub(super) blocks: Vec<ParsedBlock>,
    pub(super) words: Vec<String>,
}

pub(super) const EDITS: [&str; 13] = [
    "insert",
    "insert a section",
    "delete",
    "delete a section",
    "move",
    "move a section",
    "swap neighbours",
    "split",
    "merge",
    "reword",
    "duplicate",
    "renumber",
    "add rows",
];

pub(super) fn edit(items: &mut Vec<Item>, which: &str, dice: &mut Dice, elsewhere: &Elsewhere) {
    if items.len() < 4 {
        return;
    }
    let at = dice.below(items.len());
    match which {
        "insert" => {
            for _ in 0..=dice.below(3) {
                items.insert(at, foreign(dice, elsewhere, false));
            }
        }
        "insert a section" => {
            let mut section = vec![foreign(dice, elsewhere, true)];
            section.extend((0..=dice.below(4)).map(|_| foreign(dice, elsewhere, false)));
            let at = section_of(items, at).start;
            items.splice(at..at, section);
        }
        "delete" => drop(items.drain(at..(at + 1 + dice.below(3)).min(items.len()))),
        "delete a section" => drop(items.drain(section_of(items, at))),
        "move" => {
            let moved = items.remove(at);
            items.insert(dice.below(items.len()), moved);
        }
        "move a section" => {
            let section: Vec<Item> = items.drain(section_of(items, at)).collect();
            let to = if items.is_empty() { 0 } else { dice.below(items.len()) };
            let to = if items.is_empty() { 0 } else { section_of(items, to).start };
            items.splice(to..to, section);
        }
        "swap neighbours" => {
            if at + 1 < items.len() {
                items.swap(at, at + 1);
            }
        }
        "split" => split(items, at, dice),
        "merge" => merge(items, at),
        "reword" => reword(&mut items[at].block, dice, elsewhere),
        "duplicate" => {
            let copy = Item { is_copy: true, ..items[at].clone() };
            items.insert(dice.below(items.len()), copy);
        }
        "renumber" => renumber(items, dice),
        "add rows" => add_rows(items, dice, elsewhere),
        other => unreachable!("{other}"),
    }
}

fn section_of(items: &[Item], at: usize) -> std::ops::Range<usize> {
    let is_heading = |item: &Item| item.block.kind == BlockKind::Heading;
    let start = items[..=at].iter().rposition(is_heading).unwrap_or(0);
    let end = items[start + 1..].iter().position(is_heading).map_or(items.len(), |next| start + 1 + next);
    start..end
}

fn foreign(dice: &mut Dice, elsewhere: &Elsewhere, heading: bool) -> Item {
    let wanted = |block: &ParsedBlock| (block.kind == BlockKind::Heading) == heading;
    let fitting: Vec<&ParsedBlock> = elsewhere.blocks.iter().filter(|block| wanted(block)).collect();
    Item { block: fitting[dice.below(fitting.len())].clone(), from: Vec::new(), is_copy: false }
}

fn is_prose(item: &Item) -> bool {
    matches!(item.block.kind, BlockKind::Paragraph | BlockKind::ListItem)
}

fn set(block: &mut ParsedBlock, text: String) {
    block.html.clone_from(&text);
    block.text = text;
}

/// After a sentence near the middle, where both halves have some words.
fn split(items: &mut Vec<Item>, at: usize, dice: &mut Dice) {
    let text = items[at].block.text.clone();
    let ends: Vec<usize> = text.match_indices(". ").map(|(end, _)| end + 1).collect();
    let whole = |half: &str| half.split_whitespace().count() >= 5;
    let fitting: Vec<usize> = ends.into_iter().filter(|end| whole(&text[..*end]) && whole(&text[*end..])).collect();
    if !is_prose(&items[at]) || fitting.is_empty() {
        return;
    }
    let end = fitting[dice.below(fitting.len())];
    let mut second = items[at].clone();
    set(&mut items[at].block, text[..end].to_owned());
    set(&mut second.block, text[end..].trim().to_owned());
    items.insert(at + 1, second);
}

fn merge(items: &mut Vec<Item>, at: usize) {
    let pair = at + 1 < items.len() && is_prose(&items[at]) && is_prose(&items[at + 1]);
    if !pair || items[at].is_copy != items[at + 1].is_copy {
        return;
    }
    let second = items.remove(at + 1);
    let text = format!("{} {}", items[at].block.text, second.block.text);
    set(&mut items[at].block, text);
    items[at].from.extend(second.from);
    items[at].from.sort_unstable();
    items[at].from.dedup();
}

/// A figure, a denial, or up to two words in five; short passages change one word.
fn reword(block: &mut ParsedBlock, dice: &mut Dice, elsewhere: &Elsewhere) {
    let mut words: Vec<String> = block.text.split(' ').map(str::to_owned).collect();
    // A one-word passage with another word is another passage.
    if words.len() < 3 {
        return;
    }
    let times = if dice.below(4) == 0 { 1 } else { 1 + dice.below((words.len() * 2 / 5).max(1)) };
    for _ in 0..times {
        let at = dice.below(words.len());
        let new = elsewhere.words[dice.below(elsewhere.words.len())].clone();
        match dice.below(6) {
            0 => words.insert(at, new),
            1 if words.len() > 3 => drop(words.remove(at)),
            2 => words.insert(at, "not".to_owned()),
            3 => words[at] = dice.below(100).to_string(),
            _ => words[at] = new,
        }
    }
    set(block, words.join(" "));
}

/// Numbers written before every paragraph from somewhere on, as people type them.
fn renumber(items: &mut [Item], dice: &mut Dice) {
    let mut count = dice.below(5);
    for item in items.iter_mut().filter(|item| is_prose(item) && item.block.text.starts_with(char::is_alphabetic)) {
        count += 1;
        let text = format!("{count}. {}", item.block.text);
        set(&mut item.block, text);
    }
}

fn add_rows(items: &mut [Item], dice: &mut Dice, elsewhere: &Elsewhere) {
    let word = |dice: &mut Dice| elsewhere.words[dice.below(elsewhere.words.len())].clone();
    for item in items.iter_mut().filter(|item| item.block.kind == BlockKind::Table) {
        let mut rows: Vec<String> = item.block.text.lines().map(str::to_owned).collect();
        for _ in 0..=dice.below(4) {
            let row = format!("{} {} | {}", word(dice), word(dice), dice.below(1000));
            rows.insert(1 + dice.below(rows.len()), row);
        }
        set(&mut item.block, rows.join("\n"));
    }
}
