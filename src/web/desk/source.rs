//! A text that was pasted or chosen as a file.

use crate::drafts::{Format, import::SOURCE_MAX};
use crate::text::Problem;

/// A text as it came, before it is taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub text: String,
    pub format: Format,
}

/// The file's text where one was chosen, else what was pasted; `field` is the textarea's name.
///
/// # Errors
/// A file of a kind that is not read yet, or that is no UTF-8 text, with what to do.
pub(super) fn source(field: &str, pasted: &str, file: Option<(&str, &[u8])>) -> Result<Source, Problem> {
    let Some((name, bytes)) = file else {
        return Ok(Source { text: pasted.to_owned(), format: Format::Markdown });
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let format = match ending.as_str() {
        "md" | "markdown" => Format::Markdown,
        "txt" => Format::Plain,
        _ => {
            let detail = "Only .md and .txt files are read yet. Open the text in its own program, copy all of it and \
                          paste it here.";
            return Err(Problem::new(field, "not-yet", detail));
        }
    };
    if bytes.len() > SOURCE_MAX {
        return Err(Problem::new(field, "too-large", "This file is larger than 2 MB; divide it into several texts."));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::new(field, "not-utf-8", "This file is no UTF-8 text. Save it as UTF-8, or paste it."))?;
    Ok(Source { text: text.trim_start_matches('\u{feff}').to_owned(), format })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_file_goes_before_what_was_pasted() {
        let read = source("draft", "pasted", Some(("Our draft.TXT", "\u{feff}words".as_bytes()))).unwrap();
        assert_eq!(read, Source { text: "words".to_owned(), format: Format::Plain });
        assert_eq!(source("draft", "pasted", None).unwrap().text, "pasted");
    }

    #[test]
    fn other_files_are_refused_with_what_to_do() {
        let code = |name, bytes: &[u8]| source("draft", "", Some((name, bytes))).unwrap_err().code;
        assert_eq!(code("draft.docx", b"PK"), "not-yet");
        assert_eq!(code("draft", b"x"), "not-yet");
        assert_eq!(code("draft.md", b"\xff\xfe"), "not-utf-8");
    }
}
