//! A letter: Markdown shown as it stands, without numbers.

use super::{Format, ParsedBlock, parse};
use crate::drafts::block::BlockKind;

/// Markdown as safe markup, complete with its elements; empty when it has no words.
///
/// What cannot be read as Markdown (nested too deeply, for one) is shown as plain paragraphs.
#[must_use]
pub fn letter_html(markdown: &str) -> String {
    let Ok(parsed) = parse(Format::Markdown, markdown).or_else(|_| parse(Format::Plain, markdown)) else {
        return String::new();
    };
    let mut html = String::with_capacity(markdown.len() * 2);
    if let Some(title) = &parsed.title {
        element(&mut html, "h2", &ammonia::clean_text(title));
    }
    for run in parsed.blocks.chunk_by(|one, next| is_item(one) && is_item(next)) {
        match run {
            [first, ..] if is_item(first) => list(&mut html, run),
            others => others.iter().for_each(|block| alone(&mut html, block)),
        }
    }
    html
}

fn is_item(block: &ParsedBlock) -> bool {
    block.kind == BlockKind::ListItem
}

fn list(html: &mut String, items: &[ParsedBlock]) {
    // Items that bring their own number or box need no bullet.
    let marked = items.first().is_some_and(|item| item.html.starts_with("<span>"));
    html.push_str(if marked { "<ul class=\"plain\">" } else { "<ul>" });
    for item in items {
        element(html, "li", &item.html);
    }
    html.push_str("</ul>");
}

fn alone(html: &mut String, block: &ParsedBlock) {
    match block.kind {
        BlockKind::Heading => element(html, &format!("h{}", block.level.clamp(2, 6)), &block.html),
        BlockKind::Table | BlockKind::Figure => html.push_str(&block.html),
        BlockKind::Paragraph | BlockKind::ListItem => element(html, "p", &block.html),
    }
}

fn element(html: &mut String, name: &str, inner: &str) {
    html.extend(["<", name, ">", inner, "</", name, ">"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_keeps_its_form() {
        let html = letter_html("Dear *all*,\n\n- one\n- two\n\n1. first\n\nAnn & Bo");
        assert_eq!(
            html,
            "<p>Dear <em>all</em>,</p><ul><li>one</li><li>two</li><li><span>1.</span> first</li></ul><p>Ann &amp; Bo</p>"
        );
    }

    #[test]
    fn a_letter_is_safe_and_may_be_empty() {
        assert_eq!(letter_html("  "), "");
        let html = letter_html(
            "# <b>Hi</b>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![p](https://e.org/p.png)",
        );
        assert!(!html.contains("<script") && !html.contains("javascript:") && !html.contains("<img"), "{html}");
    }
}
