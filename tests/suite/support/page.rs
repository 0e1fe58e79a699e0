//! A visitor without JavaScript: pages, forms and a cookie jar.

use std::collections::BTreeMap;

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, SET_COOKIE};
use reqwest::{Client, Method, redirect};

use super::Answer;

/// One browser's cookies. It follows redirects as a browser does, and sends
/// a form only as the page offers it.
pub struct Visitor {
    base: String,
    client: Client,
    cookies: BTreeMap<String, String>,
    language: Option<String>,
}

impl Visitor {
    pub fn new(url: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        Self { base: url.to_owned(), client, cookies: BTreeMap::new(), language: None }
    }

    /// After a restart: the same browser, the server at its new port.
    pub fn moves_to(&mut self, url: &str) {
        url.clone_into(&mut self.base);
    }

    pub fn forgets_everything(&mut self) {
        self.cookies.clear();
    }

    /// A path as a whole address.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The value of a cookie that this browser holds.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// All of them, as the header that sends them.
    pub fn cookies(&self) -> String {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        jar.join("; ")
    }

    /// What the browser says its reader prefers to read.
    pub fn prefers(&mut self, language: &str) {
        self.language = Some(language.to_owned());
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.travel(Method::GET, path, None).await
    }

    /// Presses the button of a form.
    pub async fn press(&mut self, form: Form) -> Page {
        let method = if form.method == "post" { Method::POST } else { Method::GET };
        let path = form.action.clone();
        self.travel(method, &path, Some(form)).await
    }

    /// Sends what a story made itself (a file in a form), and follows where it leads.
    pub async fn receives(&mut self, path: &str, request: reqwest::RequestBuilder) -> Page {
        let answer = Answer::to(request).await;
        self.keep_cookies(&answer);
        match answer.header("location") {
            "" => Page::new(path.to_owned(), &answer),
            target => self.get(target).await,
        }
    }

    async fn travel(&mut self, method: Method, path: &str, form: Option<Form>) -> Page {
        let (mut method, mut path, mut form) = (method, path.to_owned(), form);
        for _ in 0..6 {
            let mut request = self.client.request(method.clone(), format!("{}{path}", self.base));
            if !self.cookies.is_empty() {
                request = request.header(COOKIE, self.cookies());
            }
            if let Some(language) = &self.language {
                request = request.header(ACCEPT_LANGUAGE, language);
            }
            if let Some(form) = form.take() {
                // What a browser says of a form sent from the site's own page.
                request = request.header("Origin", &self.base).header("Sec-Fetch-Site", "same-origin");
                request = request.form(&form.fields);
            }
            let answer = Answer::to(request).await;
            self.keep_cookies(&answer);
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Page::new(path, &answer);
            }
            let target = answer.header("location").to_owned();
            path = target.strip_prefix(&self.base).unwrap_or(&target).to_owned();
            assert!(path.starts_with('/'), "a redirect stays on the site: {target}");
            method = Method::GET;
        }
        panic!("too many redirects, the last to {path}");
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("cookies are plain");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("name=value");
            let attributes = attributes.to_ascii_lowercase();
            assert!(attributes.contains("httponly"), "no script may read {name}");
            assert!(attributes.contains("samesite="), "{name} says where it may be sent from");
            if value.is_empty() || attributes.contains("max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

#[derive(Clone, Debug)]
pub struct Page {
    pub status: u16,
    /// Where the redirects ended.
    pub path: String,
    pub html: String,
    pub cache: String,
}

/// A form as it stands on a page, ready to be filled in.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub method: String,
    fields: Vec<(String, String)>,
    names: Vec<String>,
}

impl Page {
    fn new(path: String, answer: &Answer) -> Self {
        let kind = answer.header(CONTENT_TYPE.as_str());
        assert!(kind.starts_with("text/html"), "{path} is {kind}: {}", answer.text());
        Self { status: answer.status, path, html: answer.text(), cache: answer.header("cache-control").to_owned() }
    }

    /// The page was shown, not an error.
    #[track_caller]
    pub fn shown(self) -> Self {
        assert_eq!(self.status, 200, "{}:\n{}", self.path, self.text());
        self
    }

    /// What a reader sees, in one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in Pieces(&self.html) {
            match piece {
                Piece::Text(words) => text.push_str(&unescaped(words)),
                Piece::Tag(_) => text.push(' '),
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.text().contains(words), "{} does not say {words:?}:\n{}", self.path, self.text());
    }

    #[track_caller]
    pub fn does_not_say(&self, words: &str) {
        assert!(!self.text().contains(words), "{} says {words:?}:\n{}", self.path, self.text());
    }

    /// Everything that is read or read out: the texts, and the attributes that stand for one.
    pub fn pieces(&self) -> Vec<String> {
        pieces(&self.html)
    }

    /// Addresses of all links whose path starts with `start`.
    pub fn links(&self, start: &str) -> Vec<String> {
        let mut found = Vec::new();
        for piece in Pieces(&self.html) {
            if let Piece::Tag(tag) = piece
                && tag_name(tag) == "a"
                && let Some(href) = attribute(tag, "href")
                && href.starts_with(start)
            {
                found.push(href);
            }
        }
        found
    }

    /// Whether the page's own form has a field of this name.
    pub fn asks_for(&self, field: &str) -> bool {
        self.own_form().is_some_and(|form| form.offers(field))
    }

    /// The page's own form, filled in as the page has it: the first in `<main>` that posts.
    #[track_caller]
    pub fn form(&self) -> Form {
        let Some(form) = self.own_form() else { panic!("no form on {}:\n{}", self.path, self.text()) };
        form
    }

    /// The form in `<main>` that posts to this address, where there are several.
    #[track_caller]
    pub fn form_to(&self, action: &str) -> Form {
        let Some(form) = self.form_where(|to| to == action) else {
            panic!("no form to {action} on {}:\n{}", self.path, self.text())
        };
        form
    }

    fn own_form(&self) -> Option<Form> {
        self.form_where(|_| true)
    }

    fn form_where(&self, wanted: impl Fn(&str) -> bool) -> Option<Form> {
        let mut pieces = Pieces(&self.html);
        pieces.find(|piece| matches!(piece, Piece::Tag(tag) if tag_name(tag) == "main"))?;
        let opening = pieces.find_map(|piece| match piece {
            Piece::Tag(tag) if tag_name(tag) == "form" => {
                let posts = attribute(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
                (posts && wanted(&attribute(tag, "action").unwrap_or_default())).then_some(tag)
            }
            _ => None,
        })?;
        let action = attribute(opening, "action").filter(|action| !action.is_empty());
        let mut form = Form {
            action: action.unwrap_or_else(|| self.path.clone()),
            method: attribute(opening, "method").unwrap_or_default().to_ascii_lowercase(),
            fields: Vec::new(),
            names: Vec::new(),
        };
        let mut textarea: Option<(String, String)> = None;
        let mut select: Option<String> = None;
        for piece in pieces {
            match piece {
                Piece::Text(words) => {
                    if let Some((_, value)) = &mut textarea {
                        value.push_str(&unescaped(words));
                    }
                }
                Piece::Tag(tag) => match tag_name(tag).as_str() {
                    "/form" => break,
                    "input" | "button" => form.note(tag),
                    "select" => {
                        select = attribute(tag, "name");
                        form.names.extend(select.clone());
                    }
                    "option" => {
                        // The first stands until another is marked, as in a browser.
                        let known = select.as_ref().is_some_and(|name| form.value(name).is_some());
                        if let Some(name) = select.clone().filter(|_| !known || has_attribute(tag, "selected")) {
                            form = form.with_anyway(&name, &attribute(tag, "value").unwrap_or_default());
                        }
                    }
                    "/select" => select = None,
                    "textarea" => textarea = attribute(tag, "name").map(|name| (name, String::new())),
                    "/textarea" => {
                        if let Some((name, value)) = textarea.take() {
                            form.names.push(name.clone());
                            // A browser drops the first line break.
                            form.fields.push((name, value.strip_prefix('\n').unwrap_or(&value).to_owned()));
                        }
                    }
                    _ => {}
                },
            }
        }
        Some(form)
    }
}

impl Form {
    fn note(&mut self, tag: &str) {
        let Some(name) = attribute(tag, "name") else { return };
        let kind = attribute(tag, "type").unwrap_or_default();
        let choice = matches!(kind.as_str(), "radio" | "checkbox");
        self.names.push(name.clone());
        if tag_name(tag) == "input" && (!choice || has_attribute(tag, "checked")) {
            self.fields.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }

    pub fn offers(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every field as it would be sent.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.fields
    }

    /// As it goes over the wire.
    pub fn encoded(&self) -> String {
        let request = Client::new().post("http://nowhere.invalid").form(&self.fields).build().expect("a request");
        let body = request.body().and_then(reqwest::Body::as_bytes).expect("a form is held in memory");
        String::from_utf8(body.to_vec()).expect("a form is plain text")
    }

    /// Fills in a field that the page must offer.
    #[track_caller]
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        assert!(self.offers(name), "the form offers no {name}, only {:?}", self.names);
        self.with_anyway(name, value)
    }

    /// Fills in a field where the page asks for it (some are asked only once).
    #[must_use]
    pub fn with_if_asked(self, name: &str, value: &str) -> Self {
        if self.offers(name) { self.with_anyway(name, value) } else { self }
    }

    /// In confidence, where the page asks.
    #[must_use]
    pub fn in_confidence(self) -> Self {
        self.with_if_asked("confidence", "in_confidence")
    }

    /// Sends a field whether the page offers it or not, as a hostile client would.
    #[must_use]
    pub fn with_anyway(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks a further box of one name.
    #[track_caller]
    #[must_use]
    pub fn also(mut self, name: &str, value: &str) -> Self {
        assert!(self.offers(name), "the form offers no {name}, only {:?}", self.names);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }
}

/// The texts of a page, and the attributes that are read out or shown.
pub fn pieces(html: &str) -> Vec<String> {
    const READ: [&str; 6] = ["alt", "aria-label", "aria-description", "title", "placeholder", "summary"];
    let mut found = Vec::new();
    for piece in Pieces(html) {
        match piece {
            Piece::Text(words) => found.push(unescaped(words)),
            Piece::Tag(tag) => {
                let button = matches!(attribute(tag, "type").as_deref(), Some("submit" | "button"));
                let read = |name: &str| READ.contains(&name) || (button && name == "value" && tag_name(tag) == "input");
                found.extend(attributes(tag).into_iter().filter(|(name, _)| read(name)).map(|(_, value)| value));
            }
        }
    }
    found
}

// --- as much HTML as our own pages need -----------------------------------------

enum Piece<'a> {
    Text(&'a str),
    /// What stands between `<` and `>`.
    Tag(&'a str),
}

struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let Some(rest) = self.0.strip_prefix('<') else {
            let (text, rest) = self.0.split_at(self.0.find('<').unwrap_or(self.0.len()));
            self.0 = rest;
            return Some(Piece::Text(text));
        };
        let (tag, rest) = rest.split_at(tag_end(rest));
        self.0 = rest.strip_prefix('>').unwrap_or(rest);
        // What is inside these is not for reading.
        for hidden in ["script", "style"] {
            if tag_name(tag) == hidden {
                let end = self.0.find(&format!("</{hidden}")).unwrap_or(self.0.len());
                self.0 = &self.0[end..];
            }
        }
        Some(Piece::Tag(tag))
    }
}

/// The end of a tag: a `>` outside quotes.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn tag_name(tag: &str) -> String {
    let end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    tag[..end].to_ascii_lowercase()
}

fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag[tag_name(tag).len()..].trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let body = if quote.is_some() { &after[1..] } else { after };
            let end = match quote {
                Some(quote) => body.find(quote),
                None => body.find(char::is_whitespace),
            };
            let end = end.unwrap_or(body.len());
            value = &body[..end];
            rest = &body[end..];
            rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        }
        found.push((name, unescaped(value)));
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    attributes(tag).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn has_attribute(tag: &str, name: &str) -> bool {
    attribute(tag, name).is_some()
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        let letter = end.and_then(|end| entity(&rest[1..end]));
        plain.push(letter.unwrap_or('&'));
        rest = &rest[if letter.is_some() { end.map_or(1, |end| end + 1) } else { 1 }..];
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match number?.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => char::from_u32(u32::from_str_radix(hexadecimal, 16).ok()?),
            None => char::from_u32(number?.parse().ok()?),
        },
    }
}

#[test]
fn a_form_is_read_as_a_browser_reads_it() {
    let page = Page {
        status: 200,
        path: "/c/friday/comment/p1".to_owned(),
        cache: String::new(),
        html: r#"<form method="post"><input name=x></form>
            <main><form method="get" role="search"><input name="q"></form><form method="post"><input type=hidden name="csrf" value="a&amp;b">
            <input type="radio" name="position" value="support"><input type="radio" name="position" value="oppose" checked>
            <textarea name="body" rows=3>
1 &lt; 2 &#x27;s</textarea><button type="submit">Send &gt;</button></form></main><p>After"#
            .to_owned(),
    };
    let form = page.form();
    assert_eq!((form.action.as_str(), form.method.as_str()), ("/c/friday/comment/p1", "post"));
    assert_eq!(form.value("csrf"), Some("a&b"));
    assert_eq!(form.value("position"), Some("oppose"));
    assert_eq!(form.value("body"), Some("1 < 2 's"));
    assert!(!form.offers("x"));
    page.says("Send > After");
}
