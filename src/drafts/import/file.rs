//! A file as somebody brought it: what it is, told by what is in it.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::archive::{Archive, protected};
use super::xml::damaged;
use super::{Format, Parsed, docx, finish, odt, parse, refused};
use crate::refusal::Refusal;

/// Most bytes of a file.
pub const FILE_MAX: usize = 16 * 1024 * 1024;

/// Takes a file apart. `name` is as its sender called it and only tells texts apart; `said` is
/// what the sender says that it is. Slow for long files: call it outside a transaction.
///
/// # Errors
/// What cannot be read, with a sentence that says what to do; field `source`.
pub fn read(bytes: &[u8], name: &str, said: Option<Format>) -> Result<Parsed, Refusal> {
    if bytes.len() > FILE_MAX {
        return Err(refused("too-large", "This file is larger than 16 MB. Make its pictures smaller, or divide it."));
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => archive(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Err(compound(bytes)),
        [b'%', b'P', b'D', b'F', ..] => Err(refused(
            "pdf",
            "This is a PDF, which no longer knows its paragraphs. Ask for the Word file it was made from, or open it in \
             Word and save it as .docx.",
        )),
        [b'{', b'\\', b'r', b't', b'f', ..] => Err(save_as("an RTF file")),
        [] => Err(refused("empty", "This file is empty. Choose another.")),
        _ => text(bytes, &ending, said),
    }
}

fn archive(bytes: &[u8]) -> Result<Parsed, Refusal> {
    let mut opened = Archive::open(bytes)?;
    let kind = opened.part("mimetype").ok().flatten().map(|kind| String::from_utf8_lossy(&kind).trim().to_owned());
    let kind = kind.unwrap_or_default();
    if kind.starts_with("application/vnd.oasis.opendocument.text") {
        return finish(odt::read(bytes)?);
    }
    if opened.has("EncryptedPackage") || opened.has("EncryptionInfo") {
        return Err(protected());
    }
    if opened.has("[Content_Types].xml") || opened.has("word/document.xml") {
        let other = ["xl/workbook.xml", "ppt/presentation.xml"];
        if !other.iter().any(|part| opened.has(part)) {
            return finish(docx::read(bytes)?);
        }
    }
    if opened.has("content.xml") && kind.is_empty() {
        return finish(odt::read(bytes)?);
    }
    Err(refused(
        "not-a-text",
        "This is no text of Word or LibreOffice but another kind of file. Save the draft as .docx or .odt and choose \
         that file itself, not a folder of files.",
    ))
}

/// Files of old programs; those of new ones under a password look the same from outside.
fn compound(bytes: &[u8]) -> Refusal {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        protected()
    } else {
        save_as("a file of Word 97–2003 (.doc) or another old program")
    }
}

fn save_as(what: &str) -> Refusal {
    refused(
        "old-format",
        format!("This is {what}. Open it in Word or LibreOffice, save it as .docx and choose that file."),
    )
}

fn text(bytes: &[u8], ending: &str, said: Option<Format>) -> Result<Parsed, Refusal> {
    if matches!(ending, "docx" | "docm" | "dotx" | "odt" | "ott") || matches!(said, Some(Format::Docx | Format::Odt)) {
        return Err(if bytes.starts_with(b"<?xml") { save_as("a flat XML file") } else { damaged() });
    }
    let text = text_of(bytes);
    let strange = text.chars().take(20_000).filter(|sign| sign.is_control() && !sign.is_whitespace()).count();
    if strange > 20 || strange * 20 > text.len() {
        return Err(refused(
            "not-a-text",
            "This is no text. Choose a file of Word (.docx), LibreOffice (.odt), a web page, Markdown or plain text.",
        ));
    }
    parse(format(&text, ending, said), &text)
}

/// What a text is: as its sender says, else by its ending, else by how it begins.
fn format(text: &str, ending: &str, said: Option<Format>) -> Format {
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    let is_page = start.starts_with("<!doctype html") || start.starts_with("<html");
    match (said, ending) {
        (Some(said), _) => said,
        (None, "htm" | "html" | "xhtml") => Format::Html,
        _ if is_page => Format::Html,
        (None, "txt" | "text") => Format::Plain,
        _ => Format::Markdown,
    }
}

/// Bytes as text: by their byte order mark, as UTF-8, by what they say of themselves, else as old
/// Windows programs of western Europe wrote.
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return text.to_owned();
    }
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(500).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(1_000) / 4;
    let encoding = match (zeros(0) > half, zeros(1) > half) {
        (true, false) => UTF_16BE,
        (false, true) => UTF_16LE,
        _ => told(bytes).unwrap_or(WINDOWS_1252),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// What `encoding="…"` or `charset=…` near the beginning says.
fn told(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(2_048))?).to_ascii_lowercase();
    let (_, rest) = start.split_once("charset=").or_else(|| start.split_once("encoding="))?;
    let label = rest.trim_start_matches(['"', '\'']);
    let label: String =
        label.chars().take_while(|sign| sign.is_ascii_alphanumeric() || "-_:.".contains(*sign)).collect();
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| !matches!(encoding.name(), "UTF-8" | "UTF-16LE" | "UTF-16BE"))
}
