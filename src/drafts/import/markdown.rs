//! Markdown (`CommonMark` with tables, task lists, footnotes, strikethrough) to blocks.
//!
//! Lists are flattened: an item is a block whose level is its depth; an ordered item keeps its
//! number as written out ("1."). Quotations become their paragraphs, code a figure of its lines,
//! footnotes paragraphs at the end, under the mark that stands in the text.

use comrak::nodes::{ListDelimType, ListType, Node, NodeValue};
use comrak::{Arena, Options, arena_tree::NodeEdge, parse_document};

use super::super::block::BlockKind;
use super::inline::{Footnotes, Run, write_children};
use super::{Draft, refused};
use crate::refusal::Refusal;

/// Deepest nesting; the walk below calls itself once for each level.
const DEPTH_MAX: usize = 100;

pub(super) fn parse(source: &str, draft: &mut Draft) -> Result<(), Refusal> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.autolink = true;
    options.parse.leave_footnote_definitions = true;
    let arena = Arena::new();
    let root = parse_document(&arena, source, &options);
    check_depth(root)?;
    let mut walk = Walk { draft, notes: Footnotes::default(), definitions: Vec::new() };
    walk.children(root, 0)?;
    walk.footnotes()?;
    take_title(draft);
    Ok(())
}

fn check_depth(root: Node<'_>) -> Result<(), Refusal> {
    let mut depth = 0;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    let line = node.data().sourcepos.start.line;
                    return Err(refused(
                        "too-deep",
                        format!("Line {line}: lists or quotations are nested too deeply."),
                    ));
                }
            }
            NodeEdge::End(_) => depth -= 1,
        }
    }
    Ok(())
}

/// The one heading of level 1, when it comes first, is the document's title; whether it was taken.
pub(super) fn take_title(draft: &mut Draft) -> bool {
    let is_title = |block: &super::ParsedBlock| block.kind == BlockKind::Heading && block.level == 1;
    if draft.blocks.first().is_some_and(is_title) && !draft.blocks.iter().skip(1).any(is_title) {
        draft.title = Some(draft.blocks.remove(0).text.replace('\n', " "));
        return true;
    }
    false
}

struct Walk<'a, 'd> {
    draft: &'d mut Draft,
    notes: Footnotes,
    definitions: Vec<(String, Node<'a>)>,
}

impl<'a> Walk<'a, '_> {
    fn children(&mut self, node: Node<'a>, depth: i32) -> Result<(), Refusal> {
        node.children().try_for_each(|child| self.block(child, depth))
    }

    fn block(&mut self, node: Node<'a>, depth: i32) -> Result<(), Refusal> {
        let ast = node.data();
        let line = ast.sourcepos.start.line;
        match &ast.value {
            NodeValue::Heading(heading) => {
                let run = self.run(node);
                self.draft.push(line, BlockKind::Heading, i32::from(heading.level), &run.text, &run.html)
            }
            NodeValue::Paragraph if is_pictures(node) => self.pictures(node),
            NodeValue::Paragraph => {
                let run = self.run(node);
                self.draft.push(line, BlockKind::Paragraph, 0, &run.text, &run.html)
            }
            NodeValue::List(_) => self.list(node, depth + 1),
            NodeValue::CodeBlock(code) => {
                let mut run = Run::default();
                run.element("figure", |run| run.element("pre", |run| run.words(&code.literal)));
                self.draft.push(line, BlockKind::Figure, 0, &run.text, &run.html)
            }
            NodeValue::Table(_) => self.table(node),
            NodeValue::HtmlBlock(html) => {
                self.draft.drop(line, &format!("HTML {}", html.literal));
                Ok(())
            }
            NodeValue::FootnoteDefinition(definition) => {
                self.definitions.push((definition.name.clone(), node));
                Ok(())
            }
            _ => self.children(node, depth),
        }
    }

    fn run(&mut self, node: Node<'a>) -> Run {
        let mut run = Run::default();
        write_children(node, &mut run, &mut self.notes, self.draft);
        run
    }

    fn list(&mut self, list: Node<'a>, depth: i32) -> Result<(), Refusal> {
        for (place, item) in list.children().enumerate() {
            let marker = marker(list, item, place);
            let mut children = item.children().peekable();
            if let Some(first) = children.next_if(|child| matches!(child.data().value, NodeValue::Paragraph)) {
                self.item(first, depth, marker.as_deref())?;
            }
            children.try_for_each(|child| self.block(child, depth))?;
        }
        Ok(())
    }

    fn item(&mut self, paragraph: Node<'a>, depth: i32, marker: Option<&str>) -> Result<(), Refusal> {
        let mut run = Run::default();
        if let Some(marker) = marker {
            run.element("span", |run| run.words(marker));
            run.words(" ");
        }
        write_children(paragraph, &mut run, &mut self.notes, self.draft);
        let line = paragraph.data().sourcepos.start.line;
        self.draft.push(line, BlockKind::ListItem, depth, &run.text, &run.html)
    }

    /// Pictures are never loaded: each becomes a figure of its alternative text.
    fn pictures(&mut self, paragraph: Node<'a>) -> Result<(), Refusal> {
        for picture in paragraph.children() {
            let ast = picture.data();
            if let NodeValue::Image(from) = &ast.value {
                let line = ast.sourcepos.start.line;
                self.draft.drop(line, &format!("picture {}", from.url));
                let mut run = Run::default();
                run.element("figure", |run| {
                    run.element("figcaption", |run| write_children(picture, run, &mut self.notes, self.draft));
                });
                self.draft.push(line, BlockKind::Figure, 0, &run.text, &run.html)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, table: Node<'a>) -> Result<(), Refusal> {
        let mut run = Run::default();
        let mut rows = table.children().peekable();
        run.html.push_str("<table>");
        if let Some(head) = rows.next_if(|row| matches!(row.data().value, NodeValue::TableRow(true))) {
            run.element("thead", |run| self.row(head, "th scope=\"col\"", run));
        }
        run.element("tbody", |run| rows.for_each(|row| self.row(row, "td", run)));
        run.html.push_str("</table>");
        self.draft.push(table.data().sourcepos.start.line, BlockKind::Table, 0, &run.text, &run.html)
    }

    fn row(&mut self, row: Node<'a>, cell_element: &str, run: &mut Run) {
        run.element("tr", |run| {
            for (place, cell) in row.children().enumerate() {
                run.text.push_str(if place == 0 { "" } else { " | " });
                run.element(cell_element, |run| write_children(cell, run, &mut self.notes, self.draft));
            }
        });
        run.text.push('\n');
    }

    fn footnotes(&mut self) -> Result<(), Refusal> {
        // A footnote may hold another's definition: hence no `for`.
        let mut next = 0;
        while let Some((name, definition)) = self.definitions.get(next).cloned() {
            next += 1;
            let mark = self.notes.mark(&name);
            let mut children = definition.children().peekable();
            if let Some(first) = children.next_if(|child| matches!(child.data().value, NodeValue::Paragraph)) {
                let mut run = Run::default();
                run.element("sup", |run| run.words(&mark));
                run.words(" ");
                write_children(first, &mut run, &mut self.notes, self.draft);
                let line = first.data().sourcepos.start.line;
                self.draft.push(line, BlockKind::Paragraph, 0, &run.text, &run.html)?;
            }
            children.try_for_each(|child| self.block(child, 0))?;
        }
        Ok(())
    }
}

/// What stands before an item's words and belongs to them: a number, or a ticked or empty box.
fn marker(list: Node<'_>, item: Node<'_>, place: usize) -> Option<String> {
    if let NodeValue::TaskItem(task) = &item.data().value {
        return Some(if task.symbol.is_some() { "☑" } else { "☐" }.to_owned());
    }
    match &list.data().value {
        NodeValue::List(list) if list.list_type == ListType::Ordered => {
            let end = if list.delimiter == ListDelimType::Paren { ')' } else { '.' };
            Some(format!("{}{end}", list.start + place))
        }
        _ => None,
    }
}

fn is_pictures(paragraph: Node<'_>) -> bool {
    let mut pictures = 0;
    paragraph.children().all(|child| match &child.data().value {
        NodeValue::Image(_) => {
            pictures += 1;
            true
        }
        NodeValue::SoftBreak | NodeValue::LineBreak => true,
        NodeValue::Text(words) => words.trim().is_empty(),
        _ => false,
    }) && pictures > 0
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Parsed, parse};
    use super::BlockKind;

    fn read(source: &str) -> Parsed {
        parse(Format::Markdown, source).unwrap()
    }

    fn shown(source: &str) -> Vec<(BlockKind, i32, String)> {
        read(source).blocks.into_iter().map(|block| (block.kind, block.level, block.html)).collect()
    }

    fn html(source: &str) -> String {
        read(source).blocks.into_iter().map(|block| block.html).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn nested_lists_become_items_with_their_depth_and_mark() {
        let items = shown("- one\n  1. two\n  1. three\n\n     more\n- [x] done\n- [ ] open");
        let expected = [
            (BlockKind::ListItem, 1, "one"),
            (BlockKind::ListItem, 2, "<span>1.</span> two"),
            (BlockKind::ListItem, 2, "<span>2.</span> three"),
            (BlockKind::Paragraph, 0, "more"),
            (BlockKind::ListItem, 1, "<span>☑</span> done"),
            (BlockKind::ListItem, 1, "<span>☐</span> open"),
        ];
        assert_eq!(items, expected.map(|(kind, level, html)| (kind, level, html.to_owned())));
        assert_eq!(read("4) a\n5) b").blocks[1].text, "5) b");
    }

    #[test]
    fn a_table_is_one_block_with_its_words_in_rows() {
        let parsed = read("|Now|Then|\n|---|--:|\n|**5** posts|3<br>posts|");
        assert_eq!(parsed.blocks.len(), 1);
        assert_eq!(parsed.blocks[0].text, "Now | Then\n5 posts | 3\nposts");
        assert_eq!(
            parsed.blocks[0].html,
            "<table><thead><tr><th scope=\"col\">Now</th><th scope=\"col\">Then</th></tr></thead>\
             <tbody><tr><td><strong>5</strong> posts</td><td>3<br>posts</td></tr></tbody></table>"
        );
    }

    #[test]
    fn footnotes_stand_at_the_end_even_without_a_reference() {
        let parsed =
            read("One[^b] two[^a].\n\n[^a]: Note *a*.\n\n    More a.\n\n[^b]: Note b.\n\n[^c]: Nobody asked.\n\nEnd");
        let texts: Vec<&str> = parsed.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["One[1] two[2].", "End", "[2] Note a.", "More a.", "[1] Note b.", "[3] Nobody asked."]);
        assert_eq!(parsed.blocks[0].html, "One<sup>[1]</sup> two<sup>[2]</sup>.");
    }

    #[test]
    fn quotations_and_code_lose_no_line() {
        let blocks = shown("> said *she*\n\n```rust\na < b\n  c\n```\n\n---\n\n`x`  \ny ~~z~~");
        let expected = [
            (BlockKind::Paragraph, "said <em>she</em>"),
            (BlockKind::Figure, "<figure><pre>a &lt; b\n  c\n</pre></figure>"),
            (BlockKind::Paragraph, "<code>x</code><br>y <del>z</del>"),
        ];
        assert_eq!(blocks, expected.map(|(kind, html)| (kind, 0, html.to_owned())));
    }

    #[test]
    fn pictures_leave_their_words_and_are_listed() {
        let parsed =
            read("![Our *chart*](https://evil.example/x.png)\n\nSee ![map](data:image/png;base64,AA) here\n\n![](y)");
        assert_eq!(parsed.blocks[0].html, "<figure><figcaption>Our <em>chart</em></figcaption></figure>");
        assert_eq!(parsed.blocks[1].text, "See [map] here");
        assert_eq!(parsed.blocks.len(), 2);
        let places: Vec<&str> = parsed.dropped.iter().map(|dropped| dropped.place.as_str()).collect();
        assert_eq!(places, ["line 1", "line 3", "line 5"]);
    }

    #[test]
    fn html_is_dropped_and_listed_and_formulas_stay() {
        let parsed = read(
            "<script>alert(1)</script>\n\nCO<sub>2</sub> <b onclick=x>bold</b>\n\n<table><tr><td><table></table>\n\nend",
        );
        assert_eq!(parsed.blocks[0].html, "CO<sub>2</sub> bold");
        let what: Vec<&str> = parsed.dropped.iter().map(|dropped| dropped.what.as_str()).collect();
        assert_eq!(what[..3], ["HTML <script>alert(1)</script>", "HTML <b onclick=x>", "HTML </b>"]);
    }

    #[test]
    fn links_lead_to_the_web_or_a_mailbox_alone() {
        assert_eq!(
            html("[a](https://b.example/?c=\"d\"&e) <mailto:f@g.example>"),
            "<a href=\"https://b.example/?c=&quot;d&quot;&amp;e\" rel=\"noopener noreferrer\">a</a> \
             <a href=\"mailto:f@g.example\" rel=\"noopener noreferrer\">mailto:f@g.example</a>"
        );
        for hostile in
            ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "#here", "java&#10;script:x"]
        {
            let parsed = read(&format!("[words](<{hostile}>) x"));
            assert_eq!((parsed.blocks[0].html.as_str(), parsed.dropped.len()), ("words x", 1), "{hostile}");
        }
    }

    #[test]
    fn one_heading_at_the_top_is_the_title_and_two_are_sections() {
        assert_eq!(read("# T\n\n## A").title.as_deref(), Some("T"));
        assert_eq!(read("# T\n\nx\n\n# U").title, None);
        assert_eq!(read("x\n\n# U").title, None);
    }
}
