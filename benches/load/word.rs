//! A Word file made of Markdown's headings and paragraphs.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub fn file(text: &str) -> Vec<u8> {
    let body: String = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(paragraph).collect();
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", xml.as_str())] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(part.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn paragraph(text: &str) -> String {
    let words = text.trim_start_matches(['#', ' ']).replace("**", "");
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let style = if text.starts_with('#') { "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>" } else { "" };
    format!("<w:p>{style}<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}
