//! Bounded words: what people type, normalised and checked at the door.
//!
//! All text is brought to Unicode NFC with LF line ends; NUL and control characters other than
//! tab and LF are refused. A refusal is a [`Problem`]: a field, a stable code and a sentence.

use serde::Serialize;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What is wrong with one field, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field's name as it is in the form and in JSON.
    pub field: String,
    /// Stable, and the id of the member's message (`problem-CODE`).
    pub code: &'static str,
    /// A sentence for staff and programs.
    pub detail: String,
}

impl Problem {
    pub fn new(field: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { field: field.into(), code, detail: detail.into() }
    }
}

/// Most characters of a comment's words.
pub const BODY_MAX: usize = 10_000;
/// Most characters of a condition or of new wording.
pub const CONDITION_MAX: usize = 4_000;
/// Most characters of a one-line name or title.
pub const LINE_MAX: usize = 200;
/// Most characters of a letter, a mail body or a summary.
pub const LETTER_MAX: usize = 20_000;

/// Several lines of text, possibly none.
///
/// # Errors
/// Control characters, or more than `max` characters.
pub fn words(field: &str, typed: &str, max: usize) -> Result<String, Problem> {
    let mut text =
        if typed.contains('\r') { typed.replace("\r\n", "\n").replace('\r', "\n") } else { typed.to_owned() };
    if !is_nfc(&text) {
        text = text.nfc().collect();
    }
    if let Some(found) = text.chars().find(|sign| is_refused(*sign)) {
        return Err(Problem::new(
            field,
            "control-character",
            format!("Remove the control character U+{:04X} and send the text again.", u32::from(found)),
        ));
    }
    let length = text.chars().count();
    if length > max {
        return Err(Problem::new(field, "too-long", format!("Shorten this to {max} characters; it has {length}.")));
    }
    Ok(text)
}

/// Control characters but tab and line feed, and the two signs that no XML (so no spreadsheet) can carry.
fn is_refused(sign: char) -> bool {
    (sign.is_control() && !matches!(sign, '\n' | '\t')) || matches!(sign, '\u{fffe}' | '\u{ffff}')
}

/// One line, trimmed, not empty.
///
/// # Errors
/// As [`words`], and when nothing is left or there is a line break.
pub fn line(field: &str, typed: &str) -> Result<String, Problem> {
    let text = optional_line(field, typed)?;
    if text.is_empty() {
        return Err(Problem::new(field, "missing", "Fill this in; it cannot be empty."));
    }
    Ok(text)
}

/// One line, trimmed, possibly empty.
///
/// # Errors
/// As [`words`], and when there is a line break.
pub fn optional_line(field: &str, typed: &str) -> Result<String, Problem> {
    let text = words(field, typed.trim(), LINE_MAX)?;
    if text.contains(['\n', '\t']) {
        return Err(Problem::new(field, "one-line", "Write this on one line."));
    }
    if text.chars().any(is_direction_mark) {
        return Err(Problem::new(field, "direction-mark", "Remove the invisible text-direction character."));
    }
    Ok(text)
}

/// Invisible marks that turn text around; harmless in a paragraph that is isolated, not in a name or subject.
fn is_direction_mark(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A mail address: its shape only; whether it lives is learnt by writing to it.
///
/// # Errors
/// Anything that is not `name@domain.tld` in printable characters without spaces.
pub fn email(field: &str, typed: &str) -> Result<String, Problem> {
    let text = line(field, typed)?;
    let well_formed = text.len() <= 254
        && text.split_once('@').is_some_and(|(name, domain)| {
            !name.is_empty()
                && name.len() <= 64
                && !name.starts_with('.')
                && !name.ends_with('.')
                && !name.contains("..")
                && domain.contains('.')
                && domain.split('.').all(|part| {
                    !part.is_empty()
                        && !part.starts_with('-')
                        && !part.ends_with('-')
                        && part.chars().all(|sign| sign.is_alphanumeric() || sign == '-')
                })
        })
        && text.chars().all(|sign| !sign.is_whitespace() && !"\"<>()[],;:\\".contains(sign));
    if well_formed {
        Ok(text)
    } else {
        Err(Problem::new(field, "not-an-address", "Write a mail address such as name@example.org."))
    }
}

/// A web address a member may be sent to.
///
/// # Errors
/// Anything but an absolute `https://` or `http://` address without spaces.
pub fn web_address(field: &str, typed: &str) -> Result<String, Problem> {
    let text = line(field, typed)?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !text.contains([' ', '"', '<', '>', '\\']) => {
            Ok(text)
        }
        _ => Err(Problem::new(field, "not-a-web-address", "Write a web address that starts with https://.")),
    }
}

/// A text enumeration whose values are promised in JSON, CSV, the command line and the database.
#[macro_export]
macro_rules! values {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            #[must_use]
            pub fn from_value(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_accents_are_brought_to_one_form() {
        assert_eq!(words("body", "a\r\nb\rc", 10), Ok("a\nb\nc".to_owned()));
        assert_eq!(words("body", "e\u{301}", 10), Ok("é".to_owned()));
    }

    #[test]
    fn a_control_character_is_refused_with_what_to_do() {
        let problem = words("body", "a\u{0}b", 10).unwrap_err();
        assert_eq!((problem.field.as_str(), problem.code), ("body", "control-character"));
        assert!(problem.detail.contains("U+0000"));
        assert!(words("body", "a\u{ffff}b", 10).is_err(), "no spreadsheet could carry it");
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert!(words("body", &"ß".repeat(10), 10).is_ok());
        assert_eq!(words("body", &"ß".repeat(11), 10).unwrap_err().code, "too-long");
    }

    #[test]
    fn addresses_are_judged_by_shape() {
        for good in ["a@b.org", "o'neil+x@mail.example.co.uk", "jürgen@bücher.example"] {
            assert!(email("email", good).is_ok(), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.org", "a b@c.org", "a@b..org", "a@-b.org", "x@y.org\nBcc: z@y.org", "a,b@c.org"]
        {
            assert!(email("email", bad).is_err(), "{bad}");
        }
    }
}
