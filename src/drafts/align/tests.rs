use std::collections::HashSet;

use proptest::prelude::*;

use super::super::block::BlockKind;
use super::super::import::{Format, parse};
use super::super::number::number;
use super::*;

fn version(source: &str) -> Vec<Block> {
    let numbered = number(parse(Format::Markdown, source).unwrap().blocks);
    let block = |(place, one): (usize, Numbered)| Block {
        key: format!("k{place}"),
        number: one.number,
        kind: one.block.kind,
        level: one.block.level,
        text: one.block.text,
        html: String::new(),
    };
    numbered.into_iter().enumerate().map(block).collect()
}

fn laid(before: &[Block], former: &[Block], after: &str) -> (Vec<String>, Vec<Link>) {
    let after = number(parse(Format::Markdown, after).unwrap().blocks);
    let mut made = 0;
    align(before, former, &after, || {
        made += 1;
        format!("n{made}")
    })
}

fn became(before: &str, after: &str) -> (Vec<String>, Vec<Link>) {
    laid(&version(before), &[], after)
}

/// `unchanged k0>k0, split k1>k1+n1` and so on.
fn story(before: &str, after: &str) -> String {
    let (_, links) = became(before, after);
    let one = |link: &Link| match link.change {
        Change::Added => format!("added {}", link.to.join("+")),
        Change::Gone => format!("gone {}", link.from.join("+")),
        change => format!("{change} {}>{}", link.from.join("+"), link.to.join("+")),
    };
    links.iter().map(one).collect::<Vec<_>>().join(", ")
}

const RENT: &str = "Rent for the three area offices is paid from the property budget each quarter.";
const NIGHT: &str = "Nobody is put on the night rota against their will, and every session is paid.";
const PANEL: &str = "One weekly panel decides on every placement and writes its reasons down.";
const YOUTH: &str = "Youth clubs stay open on four evenings a week until the review has reported.";
const BOILER: &str = "This section takes effect on the date of signature and ends with the agreement.";

#[test]
fn a_passage_keeps_its_key_wherever_it_goes() {
    let (keys, links) = became(
        &[RENT, NIGHT, PANEL, YOUTH].join("\n\n"),
        &[YOUTH, RENT, "Brand new words stand here", PANEL].join("\n\n"),
    );
    assert_eq!(keys, ["k3", "k0", "n1", "k2"]);
    let changes: Vec<Change> = links.iter().map(|link| link.change).collect();
    assert_eq!(changes, [Change::Moved, Change::Unchanged, Change::Added, Change::Unchanged, Change::Gone]);
}

#[test]
fn case_spaces_quotes_and_written_numbers_make_no_difference() {
    for (before, after) in [
        ("1. We  agree to \"it\" all the same", "2. we agree to\n“it” all the same"),
        ("4.1 We ask\n\n4.2 They answer", "4.2 We ask\n\n4.3 They answer"),
        ("a\u{a0}long\u{2013}standing prac\u{ad}tice", "a long-standing practice"),
    ] {
        assert!(became(before, after).1.iter().all(|link| link.change == Change::Unchanged), "{before}");
    }
}

#[test]
fn other_figures_and_denials_are_other_words() {
    for (before, after) in [
        ("The plan has 3 senior posts in the county", "The plan has 5 senior posts in the county"),
        ("2.5 FTE posts stay in the east of the county", "3.5 FTE posts stay in the east of the county"),
        ("3 Senior posts stay as they are now", "5 Senior posts stay as they are now"),
        ("The employer will consult the teams", "The employer will not consult the teams"),
    ] {
        assert_eq!(story(before, after), "reworded k0>k0", "{before}");
    }
}

#[test]
fn a_divided_passage_and_a_joined_one_say_so() {
    let long = format!("{RENT} {NIGHT}");
    assert_eq!(
        story(&[PANEL, &long, YOUTH].join("\n\n"), &[PANEL, RENT, NIGHT, YOUTH].join("\n\n")),
        "unchanged k0>k0, split k1>n1+k1, unchanged k2>k2"
    );
    assert_eq!(
        story(&[PANEL, RENT, NIGHT, YOUTH].join("\n\n"), &[PANEL, &long, YOUTH].join("\n\n")),
        "unchanged k0>k0, merged k1+k2>k2, unchanged k3>k3"
    );
}

#[test]
fn boilerplate_is_matched_by_its_section_and_never_crosswise() {
    let before = format!(
        "## Offices\n\n{RENT}\n\n{BOILER}\n\n## Nights\n\n{NIGHT}\n\n{BOILER}\n\n## Panel\n\n{PANEL}\n\n{BOILER}"
    );
    let without = format!("## Offices\n\n{RENT}\n\n{BOILER}\n\n## Panel\n\n{PANEL}\n\n{BOILER}");
    assert_eq!(became(&before, &without).0, ["k0", "k1", "k2", "k6", "k7", "k8"]);
    let another = format!(
        "## Offices\n\n{RENT}\n\n{BOILER}\n\n## Clubs\n\n{YOUTH}\n\n{BOILER}\n\n## Panel\n\n{PANEL}\n\n{BOILER}"
    );
    assert_eq!(became(&before, &another).0, ["k0", "k1", "k2", "n1", "n2", "n3", "k6", "k7", "k8"]);
    let turned = format!(
        "## Panel\n\n{PANEL}\n\n{BOILER}\n\n## Offices\n\n{RENT}\n\n{BOILER}\n\n## Nights\n\n{NIGHT}\n\n{BOILER}"
    );
    assert_eq!(became(&before, &turned).0, ["k6", "k7", "k8", "k0", "k1", "k2", "k3", "k4", "k5"]);
}

#[test]
fn short_passages_are_the_same_or_gone_unless_their_neighbours_hold_them() {
    let list = |items: &[&str]| items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n");
    assert_eq!(
        story(&list(&["Education", "Housing", "Youth"]), &list(&["Education", "Transport", "Youth"])),
        "unchanged k0>k0, added n1, unchanged k2>k2, gone k1"
    );
    assert_eq!(
        story(&list(&["Education", "Youth", "Housing"]), &list(&["Housing", "Education", "Youth"])),
        "moved k2>k2, unchanged k0>k0, unchanged k1>k1"
    );
    let before = format!("## Scope\n\n{RENT}\n\n## Costs\n\n{NIGHT}");
    let after = format!("## Purpose\n\n{RENT}\n\n## Costs\n\n{NIGHT}");
    assert_eq!(became(&before, &after).1[0].change, Change::Reworded, "its children say whose heading it is");
}

#[test]
fn a_table_with_more_rows_is_the_same_table() {
    let rows = |names: &[&str]| {
        let rows: Vec<String> = names.iter().map(|name| format!("| {name} | £416,000 |")).collect();
        format!("{PANEL}\n\n| Cost | Now |\n|---|---|\n{}\n\n{NIGHT}", rows.join("\n"))
    };
    let before = rows(&["Senior posts", "Assistants"]);
    let after = rows(&[
        "Learning and supervision",
        "Senior posts",
        "Standby at night",
        "Assistants",
        "Agency",
        "Travel",
        "Total",
    ]);
    assert_eq!(story(&before, &after), "unchanged k0>k0, reworded k1>k1, unchanged k2>k2");
}

#[test]
fn a_paragraph_that_becomes_an_item_stays_itself() {
    let after = format!("- {RENT}\n- {NIGHT}");
    assert_eq!(story(&[RENT, NIGHT].join("\n\n"), &after), "unchanged k0>k0, unchanged k1>k1");
}

#[test]
fn what_comes_back_word_for_word_gets_its_key_again() {
    let mut first = version(&[RENT, NIGHT, PANEL].join("\n\n"));
    let gone = first.remove(1);
    let (keys, links) = laid(&first, &[gone], &[RENT, NIGHT, PANEL].join("\n\n"));
    assert_eq!(keys, ["k0", "k1", "k2"]);
    assert_eq!(links[1].change, Change::Added);
}

#[test]
fn five_thousand_blocks_turned_round_take_no_time() {
    let texts: Vec<String> = (0..5_000).map(|place| format!("The passage of number {place} stands")).collect();
    let before = version(&texts.join("\n\n"));
    let after: Vec<String> = texts.into_iter().rev().collect();
    let (keys, _) = laid(&before, &[], &after.join("\n\n"));
    assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 5_000);
    assert!(keys.iter().all(|key| key.starts_with('k')));
}

/// Few different passages, so that they repeat: long and short ones, headings, tables.
fn passages() -> impl Strategy<Value = Vec<String>> {
    let one = prop_oneof![
        "[a-d]",
        "[a-c]{1,2} [a-c]{1,2} [a-c]{1,2} [a-c] [a-c]( [a-c]){0,9}",
        "## [a-c]",
        "\\| [ab] \\|\n\\|---\\|(\n\\| [a-c] \\|){1,3}",
        Just(RENT.to_owned()),
        Just(NIGHT.to_owned()),
        Just(format!("{RENT} {NIGHT}")),
        Just("—".to_owned()),
    ];
    prop::collection::vec(one, 1..40)
}

proptest! {
    #[test]
    fn every_block_is_in_one_link_on_its_side(before in passages(), after in passages()) {
        let before = version(&before.join("\n\n"));
        let (keys, links) = laid(&before, &[], &after.join("\n\n"));
        let mut from: Vec<String> = links.iter().flat_map(|link| link.from.clone()).collect();
        from.sort();
        let mut old: Vec<String> = before.into_iter().map(|block| block.key).collect();
        old.sort();
        prop_assert_eq!(from, old);
        let mut to: Vec<String> = links.iter().flat_map(|link| link.to.clone()).collect();
        to.sort();
        let mut new = keys.clone();
        new.sort();
        prop_assert_eq!(&to, &new);
        new.dedup();
        prop_assert_eq!(new.len(), keys.len());
        for link in &links {
            let shape = (link.from.len(), link.to.len());
            let is_whole = match link.change {
                Change::Added => shape == (0, 1),
                Change::Gone => shape == (1, 0),
                Change::Split => shape.0 == 1 && shape.1 > 1,
                Change::Merged => shape.0 > 1 && shape.1 == 1,
                _ => shape == (1, 1),
            };
            prop_assert!(is_whole);
        }
    }

    #[test]
    fn equal_versions_are_unchanged(texts in passages()) {
        let before = version(&texts.join("\n\n"));
        let (keys, links) = laid(&before, &[], &texts.join("\n\n"));
        prop_assert!(links.iter().all(|link| link.change == Change::Unchanged), "{:?}", links);
        let same: Vec<String> = before.into_iter().map(|block| block.key).collect();
        prop_assert_eq!(keys, same);
    }

    #[test]
    fn shuffling_different_passages_loses_nothing(count in 0..30_usize, mixed in any::<prop::sample::Index>()) {
        let texts: Vec<String> = (0..count).map(|n| format!("Paragraph {n} has {n}{n} words of its own")).collect();
        let mut after = texts.clone();
        if !after.is_empty() {
            let turn = mixed.index(after.len());
            after.rotate_left(turn);
            after[turn..].reverse();
            let (keys, _) = became(&texts.join("\n\n"), &after.join("\n\n"));
            prop_assert!(keys.iter().all(|key| key.starts_with('k')));
        }
    }
}

#[test]
fn kinds_do_not_matter_to_words() {
    let plain = words::plain(&[
        Wording { kind: BlockKind::ListItem, text: "3) Ask" },
        Wording { kind: BlockKind::Table, text: "3) Ask" },
    ]);
    assert_eq!(plain, ["ask", "3) ask"]);
}
