//! The inside of a Markdown block: its words and their markup, written side by side.

use std::collections::HashMap;

use comrak::nodes::{Node, NodeValue};

use super::Draft;

/// Words and markup of one block, growing together.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) html: String,
}

impl Run {
    /// Adds plain words.
    pub(super) fn words(&mut self, words: &str) {
        self.text.push_str(words);
        escape(words, &mut self.html);
    }

    /// Adds the words of the inner work inside an element.
    pub(super) fn element(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.html.extend(["<", name, ">"]);
        inner(self);
        let bare = name.split(' ').next().unwrap_or(name);
        self.html.extend(["</", bare, ">"]);
    }
}

/// Numbers of footnotes by name, in the order in which they are met.
#[derive(Default)]
pub(super) struct Footnotes(HashMap<String, usize>);

impl Footnotes {
    /// As it is shown: `[1]`.
    pub(super) fn mark(&mut self, name: &str) -> String {
        let next = self.0.len() + 1;
        format!("[{}]", self.0.entry(name.to_owned()).or_insert(next))
    }
}

/// Writes everything inside `node`.
pub(super) fn write_children(node: Node<'_>, run: &mut Run, notes: &mut Footnotes, draft: &mut Draft) {
    for child in node.children() {
        write(child, run, notes, draft);
    }
}

fn write(node: Node<'_>, run: &mut Run, notes: &mut Footnotes, draft: &mut Draft) {
    let ast = node.data();
    let line = ast.sourcepos.start.line;
    let mut wrap = |name: &str, run: &mut Run| run.element(name, |run| write_children(node, run, notes, draft));
    match &ast.value {
        NodeValue::Text(words) => run.words(words),
        NodeValue::SoftBreak => run.words(" "),
        NodeValue::LineBreak => line_break(run),
        NodeValue::Code(code) => run.element("code", |run| run.words(&code.literal)),
        NodeValue::Emph => wrap("em", run),
        NodeValue::Strong => wrap("strong", run),
        NodeValue::Strikethrough => wrap("del", run),
        NodeValue::Link(to) if is_safe(&to.url) => {
            let mut href = String::new();
            escape(&to.url, &mut href);
            wrap(&format!("a href=\"{href}\""), run);
        }
        NodeValue::Link(to) => {
            draft.drop(line, &format!("link to {}", to.url));
            write_children(node, run, notes, draft);
        }
        NodeValue::Image(from) => {
            draft.drop(line, &format!("picture {}", from.url));
            run.words("[");
            write_children(node, run, notes, draft);
            run.words("]");
        }
        NodeValue::FootnoteReference(reference) => {
            let mark = notes.mark(&reference.name);
            run.element("sup", |run| run.words(&mark));
        }
        NodeValue::HtmlInline(raw) => match raw.to_ascii_lowercase().as_str() {
            "<br>" | "<br/>" | "<br />" => line_break(run),
            // Formulas (CO₂), ordinals, and marks of items as `markdown_of` writes them; the sanitiser closes what is left open.
            tag @ ("<sup>" | "</sup>" | "<sub>" | "</sub>" | "<span>" | "</span>") => run.html.push_str(tag),
            _ => draft.drop(line, &format!("HTML {raw}")),
        },
        _ => write_children(node, run, notes, draft),
    }
}

fn line_break(run: &mut Run) {
    run.text.push('\n');
    run.html.push_str("<br>");
}

pub(super) fn is_safe(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

pub(super) fn escape(words: &str, html: &mut String) {
    for sign in words.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(sign),
        }
    }
}
