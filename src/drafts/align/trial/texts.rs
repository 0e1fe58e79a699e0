//! Real texts to edit: our own in `tests/data`, the demo's, and one more that the environment names.

use crate::drafts::import::{Format, ParsedBlock, parse};

/// A text's name and its blocks.
pub(super) fn texts() -> Vec<(&'static str, Vec<ParsedBlock>)> {
    let own = [
        ("demo", include_str!("../../../demo/draft.md")),
        ("rota", include_str!("../../../demo/rota.md")),
        ("counter-proposal", include_str!("../../../../tests/data/counter-proposal.md")),
        ("agreement", include_str!("../../../../tests/data/agreement.md")),
        ("answers", include_str!("../../../../tests/data/answers.md")),
    ];
    let mut texts: Vec<_> = own.map(|(name, source)| (name, parse(Format::Markdown, source).unwrap().blocks)).into();
    if let Ok(path) = std::env::var("SOUNDINGS_MORE_TEXT") {
        let source = std::fs::read_to_string(&path).expect("the file that SOUNDINGS_MORE_TEXT names");
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let markdown = match ending.as_str() {
            "html" | "htm" => from_html(&source),
            "json" => from_json(&serde_json::from_str(&source).unwrap()),
            _ => source,
        };
        texts.push(("SOUNDINGS_MORE_TEXT", parse(Format::Markdown, &markdown).unwrap().blocks));
    }
    texts
}

/// The words of an HTML text as paragraphs and headings; crude, it is only for these trials.
fn from_html(source: &str) -> String {
    let mut text = String::new();
    let mut skipped = false;
    for piece in source.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.split([' ', '\n', '/']).find(|part| !part.is_empty()).unwrap_or_default().to_ascii_lowercase();
        if matches!(name.as_str(), "script" | "style" | "head") {
            skipped = !tag.starts_with('/');
        }
        if !skipped {
            match name.as_str() {
                "h1" | "h2" | "h3" | "h4" if !tag.starts_with('/') => text.push_str("\n\n## "),
                "p" | "div" | "li" | "br" | "tr" | "pre" | "h1" | "h2" | "h3" | "h4" => text.push_str("\n\n"),
                _ => {}
            }
            text.push_str(words);
        }
    }
    let plain = [("&nbsp;", " "), ("&lt;", "\\<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    plain.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

/// Every text of at least three words in a JSON value.
fn from_json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) if text.split_whitespace().count() >= 3 => format!("{}\n\n", from_html(text)),
        serde_json::Value::Array(all) => all.iter().map(from_json).collect(),
        serde_json::Value::Object(all) => all.values().map(from_json).collect(),
        _ => String::new(),
    }
}
