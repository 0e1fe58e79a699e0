//! The words of one paragraph with their looks, as they are met.

use super::inline::{Run, escape};

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a look of its own")]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
    pub(super) code: bool,
}

impl Look {
    fn elements(self) -> impl DoubleEndedIterator<Item = &'static str> {
        [
            (self.bold, "strong"),
            (self.italic, "em"),
            (self.struck, "del"),
            (self.code, "code"),
            (self.raised, "sup"),
            (self.lowered, "sub"),
        ]
        .into_iter()
        .filter_map(|(is, name)| is.then_some(name))
    }
}

/// Words and markup, growing; neighbours that look alike share their elements.
#[derive(Debug, Default)]
pub(super) struct Line {
    run: Run,
    look: Look,
    link: Option<String>,
}

impl Line {
    /// Adds words; `link` is a web or mail address that was checked.
    pub(super) fn words(&mut self, words: &str, look: Look, link: Option<&str>) {
        if words.is_empty() {
            return;
        }
        // Spaces alone need no look of their own.
        if !words.trim().is_empty() || self.link.as_deref() != link {
            self.wear(look, link);
        }
        for sign in words.chars() {
            match sign {
                ' ' | '\t' | '\n' | '\r' if self.run.text.ends_with(' ') => {}
                '\t' | '\n' | '\r' => self.run.words(" "),
                '\u{fffe}' | '\u{ffff}' => {}
                sign if sign.is_control() => {}
                sign => self.run.words(sign.encode_utf8(&mut [0; 4])),
            }
        }
    }

    pub(super) fn line_break(&mut self) {
        self.wear(Look::default(), None);
        self.run.text.push('\n');
        self.run.html.push_str("<br>");
    }

    /// Adds a mark such as a footnote's, raised.
    pub(super) fn mark(&mut self, mark: &str) {
        self.words(mark, Look { raised: true, ..Look::default() }, None);
    }

    /// Adds a stored picture inside the text.
    pub(super) fn picture(&mut self, html: &str, alternative: &str) {
        self.wear(Look::default(), None);
        self.run.html.push_str(html);
        self.run.text.extend(["[", alternative, "]"]);
    }

    /// Whether there is nothing but spaces.
    pub(super) fn is_empty(&self) -> bool {
        self.run.text.trim().is_empty()
    }

    /// The words so far.
    pub(super) fn text(&self) -> &str {
        &self.run.text
    }

    /// Adds all of another line.
    pub(super) fn append(&mut self, other: Self) {
        self.append_run(&other.finish());
    }

    /// Adds words and markup that are finished.
    pub(super) fn append_run(&mut self, other: &Run) {
        self.wear(Look::default(), None);
        self.run.text.push_str(&other.text);
        self.run.html.push_str(&other.html);
    }

    pub(super) fn finish(mut self) -> Run {
        self.wear(Look::default(), None);
        self.run
    }

    fn wear(&mut self, look: Look, link: Option<&str>) {
        if self.look == look && self.link.as_deref() == link {
            return;
        }
        for name in self.look.elements().rev() {
            self.run.html.extend(["</", name, ">"]);
        }
        if self.link.as_deref() != link {
            if self.link.is_some() {
                self.run.html.push_str("</a>");
            }
            if let Some(link) = link {
                self.run.html.push_str("<a href=\"");
                escape(link, &mut self.run.html);
                self.run.html.push_str("\">");
            }
            self.link = link.map(str::to_owned);
        }
        for name in look.elements() {
            self.run.html.extend(["<", name, ">"]);
        }
        self.look = look;
    }
}

/// An address that may stand behind a link: to the web or to a mailbox.
pub(super) fn safe_link(url: &str) -> Option<&str> {
    let url = url.trim();
    super::inline::is_safe(url).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_look_alike_share_their_elements() {
        let bold = Look { bold: true, ..Look::default() };
        let mut line = Line::default();
        line.words("We ", bold, None);
        line.words("all", bold, None);
        line.words(" ", Look::default(), None);
        line.words("say", Look { italic: true, ..bold }, None);
        line.words(" so", Look::default(), Some("https://b.example/?a&b"));
        line.words("!", bold, Some("https://b.example/?a&b"));
        let run = line.finish();
        assert_eq!(run.text, "We all say so!");
        assert_eq!(
            run.html,
            "<strong>We all </strong><strong><em>say</em></strong>\
             <a href=\"https://b.example/?a&amp;b\"> so<strong>!</strong></a>"
        );
    }
}
