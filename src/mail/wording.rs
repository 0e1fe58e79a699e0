//! The words of a mailing: an organiser's subject and Markdown with named fields, or the kind's own.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use comrak::Options;

use super::mailing::{Kind, Mailing};
use crate::consultations::Consultation;
use crate::refusal::Problems;
use crate::words::{Language, Words};

/// The fields that may stand in braces.
pub const FIELDS: [&str; 5] = ["name", "team", "title", "deadline", "link"];

/// Values for the fields, in the order of [`FIELDS`].
pub(super) struct Filling<'a>(pub(super) [&'a str; 5]);

/// Notes every field in braces that nobody knows, with the list of those that are known.
pub(super) fn check_fields(problems: &mut Problems, field: &str, words: &str) {
    for part in parts(words) {
        if let Part::Field(name) = part
            && !FIELDS.contains(&name)
        {
            let known = FIELDS.map(|name| format!("{{{name}}}")).join(", ");
            problems.note(field, "unknown-field", format!("{{{name}}} is no field; known are {known}."));
        }
    }
}

/// Where words have a field in braces that nobody knows: byte ranges, braces included.
#[must_use]
pub fn unknown_fields(words: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for part in parts(words) {
        let length = match part {
            Part::Words(words) => words.len(),
            Part::Field(name) => {
                let length = name.len() + 2;
                if !FIELDS.contains(&name) {
                    found.push(at..at + length);
                }
                length
            }
        };
        at += length;
    }
    found
}

impl Mailing {
    /// The subject as the organiser wrote it, or the kind's own in the reader's language; with fields.
    #[must_use]
    pub fn subject_words(&self, words: &Words, language: Language) -> String {
        own_or(&self.subject, words, language, self.kind, "subject")
    }

    /// The Markdown, likewise; an invitation's own words are the consultation's letter, where there is one.
    #[must_use]
    pub fn body_words(&self, of: &Consultation, words: &Words, language: Language) -> String {
        let letter = if self.kind == Kind::Invitation { of.letter.trim() } else { "" };
        let own = if self.body.is_empty() { letter } else { &self.body };
        own_or(own, words, language, self.kind, "body")
    }
}

impl Filling<'_> {
    /// The words with their fields filled, for a subject or a text part.
    pub(super) fn plain(&self, words: &str) -> String {
        self.fill(words, |_, value| value.to_owned())
    }

    /// The Markdown with its fields filled, as html that loads nothing. A value is never read as Markdown.
    pub(super) fn html(&self, markdown: &str) -> String {
        let filled =
            self.fill(markdown, |name, value| if name == "link" { format!("<{value}>") } else { escaped(value) });
        let mut options = Options::default();
        options.render.escape = true;
        options.extension.autolink = true;
        CLEANER.clean(&comrak::markdown_to_html(&filled, &options)).to_string()
    }

    fn fill(&self, words: &str, shown: impl Fn(&str, &str) -> String) -> String {
        parts(words)
            .map(|part| match part {
                Part::Words(words) => words.to_owned(),
                Part::Field(name) => match FIELDS.iter().position(|known| *known == name) {
                    Some(place) => shown(name, &self.0[place].replace(char::is_control, " ")),
                    None => format!("{{{name}}}"),
                },
            })
            .collect()
    }
}

/// What may stand in a mail: nothing that is fetched, nothing that runs.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(HashSet::from([
            "p",
            "br",
            "strong",
            "em",
            "a",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "blockquote",
            "code",
            "pre",
            "hr",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]));
    cleaner
});

enum Part<'a> {
    Words(&'a str),
    Field(&'a str),
}

/// Cuts words at their fields: letters and underscores in braces. Any other brace is itself.
fn parts(words: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = words;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (cut, found) = match next_field(rest) {
            Some((0, end)) => (end, Part::Field(&rest[1..end - 1])),
            Some((start, _)) => (start, Part::Words(&rest[..start])),
            None => (rest.len(), Part::Words(rest)),
        };
        rest = &rest[cut..];
        Some(found)
    })
}

fn next_field(words: &str) -> Option<(usize, usize)> {
    words.match_indices('{').find_map(|(start, _)| {
        let inside = words[start + 1..].split('}').next()?;
        let end = start + 1 + inside.len() + 1;
        let is_name = !inside.is_empty() && inside.chars().all(|sign| sign.is_alphabetic() || sign == '_');
        (is_name && end <= words.len()).then_some((start, end))
    })
}

fn own_or(own: &str, words: &Words, language: Language, kind: Kind, part: &str) -> String {
    if !own.is_empty() {
        return own.to_owned();
    }
    // The messages take their values as fields, to be filled with everybody else's.
    let fields = [("title", "{title}".into()), ("deadline", "{deadline}".into())];
    words.say(language, &format!("mail-{kind}-{part}"), &fields)
}

fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for sign in value.chars() {
        if sign.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filling<'a>(name: &'a str, link: &'a str) -> Filling<'a> {
        Filling([name, "Youth", "One voice", "Friday 4 December, 5 pm", link])
    }

    #[test]
    fn an_unknown_field_is_told_with_those_that_are_known() {
        let mut problems = Problems::default();
        check_fields(&mut problems, "body", "Dear {name}, see {lnik}. {} { x } {unclosed");
        let told = problems.none().unwrap_err().to_string();
        let words = "Dear {name}, see {lnik}.";
        let unknown: Vec<_> = unknown_fields(words).into_iter().map(|place| &words[place]).collect();
        assert_eq!(unknown, ["{lnik}"]);
        assert!(told.contains("{lnik}") && told.contains("{deadline}") && !told.contains("unclosed"), "{told}");
    }

    #[test]
    fn fields_are_filled_and_markdown_becomes_html() {
        let words = "Dear {name},\n\n**{team}**: read [the draft]({link}) or {link} by {deadline}.\n\n- one\n- two";
        let html = filling("Ann", "https://x.example/go/t_0-k").html(words);
        assert!(html.contains("<p>Dear Ann,</p>") && html.contains("<strong>Youth</strong>"), "{html}");
        assert_eq!(html.matches("href=\"https://x.example/go/t_0-k\"").count(), 2, "{html}");
        assert!(html.contains("<li>one</li>"));
        assert_eq!(filling("Ann", "x").plain("Dear {name}: {deadline}"), "Dear Ann: Friday 4 December, 5 pm");
    }

    #[test]
    fn nothing_hostile_or_remote_passes() {
        let hostile = "![pixel](https://spy.example/p.png) <script>alert(1)</script> <img src=\"//spy.example\"> \
                       [click](javascript:alert(1)) ![x][y]\n\n[y]: https://spy.example/y.png";
        let html = filling("[evil](https://evil.example) *{link}* <b>\r\nBcc: x", "https://x.example").html(hostile);
        assert!(!html.contains("<img") && !html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
        let named = filling("[evil](x) <b>\r\nBcc: x@y.example", "l").html("{name}");
        assert!(named.contains("[evil](x) &lt;b&gt;") && !named.contains("<a href=\"x\""), "{named}");
        assert_eq!(filling("a\r\nBcc: x", "l").plain("{name}"), "a  Bcc: x");
    }

    #[test]
    fn every_kind_has_its_own_words() {
        let words = Words::load().unwrap();
        for kind in Kind::ALL {
            for part in ["subject", "body"] {
                let said = own_or("", &words, Language::English, *kind, part);
                assert!(!said.contains('⟦') && !said.is_empty(), "{kind} {part}: {said}");
            }
        }
    }
}
