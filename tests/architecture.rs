//! The floors of the house, executable.
//!
//! A room uses lower floors only, rooms on one floor do not know each other,
//! and a foreign crate has one home. One crate has no compiler to hold that,
//! so this does: it reads every file of `src/`, without comments and strings,
//! and names file and line of each breach.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

/// From the roof to the cellar. Rooms on one line do not know each other.
const FLOORS: &[&[&str]] = &[
    &["main", "lib"],
    &["cli"],
    &["app"],
    &["web", "jobs", "demo"],
    &["tracker"],
    &["collation"],
    &["responses"],
    &["drafts", "mail"],
    &["consultations"],
    &["people"],
    &["audit"],
    &["refusal"],
    &["store", "render"],
    &["settings", "links"],
    &["keys"],
    &["ids", "text", "clock", "words", "assets"],
];

/// Crates with one home: where their names may stand.
const HOMES: &[(&str, &[&str])] = &[
    ("diesel", &["store/", "queries.rs"]),
    ("diesel_migrations", &["store/"]),
    ("actix_web", &["web/", "app.rs"]),
    ("actix_multipart", &["web/upload.rs"]),
    ("calamine", &["people/import/"]),
    ("zip", &["people/import/", "drafts/import/"]),
    ("quick_xml", &["people/import/", "drafts/import/"]),
    ("similar", &["drafts/"]),
    ("lettre", &["mail/transport/", "mail/message.rs"]),
    ("tokio_rustls", &["mail/transport/"]),
    ("tera", &["render.rs"]),
    ("clap", &["cli/", "main.rs"]),
    ("rust_xlsxwriter", &["collation/export/xlsx.rs", "people/import/tests.rs"]),
    ("qrcode", &["web/member/qr.rs"]),
];

/// What a domain's struct may take from diesel without being a query.
const DERIVES: &[&str] = &[
    "AsChangeset",
    "AsExpression",
    "Associations",
    "FromSqlRow",
    "Identifiable",
    "Insertable",
    "Queryable",
    "QueryableByName",
    "Selectable",
];

const LIBRARY: &str = "soundings";

#[test]
fn every_arrow_in_the_house_goes_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for path in rust_files(&src) {
        let source = fs::read_to_string(&path).expect("a source file can be read");
        let file = path.strip_prefix(&src).expect("under src/");
        sources.push((file.to_str().expect("file names are plain").replace('\\', "/"), source));
    }
    let macros = exported_macros(&sources);
    let breaches: Vec<Breach> = sources.iter().flat_map(|(file, source)| breaches_in(file, source, &macros)).collect();
    assert!(
        breaches.is_empty(),
        "these lines break the rule that stands at the top of tests/architecture.rs:\n{}",
        listed(&breaches)
    );
}

fn listed(breaches: &[Breach]) -> String {
    breaches.iter().fold(String::new(), |mut list, breach| {
        let _ = writeln!(list, "{breach}");
        list
    })
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("src/ can be listed") {
        let path = entry.expect("src/ can be listed").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

// --- the checker ------------------------------------------------------------

#[derive(Debug, PartialEq)]
struct Breach {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Macros with `#[macro_export]` are called at the house's root wherever they
/// were written: each is counted to the room of its file.
fn exported_macros(sources: &[(String, String)]) -> BTreeMap<String, String> {
    let mut macros = BTreeMap::new();
    for (file, source) in sources {
        let tokens = tokens_of(source);
        for words in tokens.windows(3) {
            if words[0].text == "macro_rules" && words[1].text == "!" {
                macros.insert(words[2].text.clone(), room_of(file));
            }
        }
    }
    macros
}

fn room_of(file: &str) -> String {
    let module = module_of(file);
    let top = if file == "main.rs" { "main" } else { "lib" };
    module.into_iter().next().unwrap_or_else(|| top.to_owned())
}

fn breaches_in(file: &str, source: &str, macros: &BTreeMap<String, String>) -> Vec<Breach> {
    let module = module_of(file);
    let room = room_of(file);
    let mut breaches = Vec::new();
    let mut report = |line, what| {
        breaches.push(Breach { file: file.to_owned(), line, what });
    };

    if floor_of(&room).is_none() {
        report(1, format!("the room `{room}` stands on no floor: give it one in tests/architecture.rs"));
    }
    for path in paths_in(&module, source) {
        if let Some(what) =
            climb(&room, &path, macros).or_else(|| stray_crate(file, &path)).or_else(|| stray_table(file, &path))
        {
            report(path.line, what);
        }
    }
    breaches
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn climb(room: &str, path: &Mention, macros: &BTreeMap<String, String>) -> Option<String> {
    let Root::House = path.root else { return None };
    let mut other = path.names.first()?.as_str();
    if floor_of(other).is_none() && path.names.len() == 1 {
        other = macros.get(other).map_or(other, String::as_str);
    }
    if other == room || room == "main" || room == "lib" {
        return None;
    }
    if other == "*" || other == "self" {
        return Some(format!("`{path}` takes the whole house in: name the room"));
    }
    let Some(target) = floor_of(other) else {
        return Some(format!("`{path}`: the room `{other}` stands on no floor"));
    };
    let own = floor_of(room)?;
    match target.cmp(&own) {
        std::cmp::Ordering::Greater => None,
        std::cmp::Ordering::Equal => {
            Some(format!("`{path}`: `{room}` and `{other}` share a floor and do not know each other"))
        }
        std::cmp::Ordering::Less => Some(format!("`{path}` climbs: `{other}` stands above `{room}`")),
    }
}

fn stray_crate(file: &str, path: &Mention) -> Option<String> {
    let Root::Crate(name) = &path.root else {
        return None;
    };
    let (_, homes) = HOMES.iter().find(|(known, _)| known == name)?;
    if at_home(file, homes) {
        return None;
    }
    if name == "diesel" {
        let last = path.names.last().map_or("", String::as_str);
        let derived = path.place == Place::DeriveOrDiesel;
        let imported = path.place == Place::Use && DERIVES.contains(&last);
        if derived || imported {
            return None;
        }
    }
    Some(format!("`{path}`: the crate `{name}` lives in {} only", homes.join(" and ")))
}

/// Tables are spoken to in `queries.rs`; a struct may name its own table in
/// its `#[diesel(…)]` attribute.
fn stray_table(file: &str, path: &Mention) -> Option<String> {
    let Root::House = path.root else { return None };
    let schema = path.names.first()? == "store" && path.names.get(1)? == "schema";
    let allowed = path.place == Place::DeriveOrDiesel || at_home(file, &["store/", "queries.rs"]);
    (schema && !allowed).then(|| format!("`{path}`: tables are used in queries.rs only"))
}

fn at_home(file: &str, homes: &[&str]) -> bool {
    homes.iter().any(|home| {
        if home.ends_with('/') {
            file.starts_with(home) || file == format!("{}.rs", home.trim_end_matches('/'))
        } else if *home == "queries.rs" {
            file.ends_with("/queries.rs")
        } else {
            file == *home
        }
    })
}

/// `mail/outbox.rs` is `crate::mail::outbox`; `mail/mod.rs` is `crate::mail`.
fn module_of(file: &str) -> Vec<String> {
    let mut names: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod") {
        names.pop();
    }
    if names == ["main"] || names == ["lib"] {
        names.clear();
    }
    names
}

// --- reading paths out of source text ---------------------------------------

#[derive(Debug, PartialEq)]
enum Root {
    /// `crate::…`, `soundings::…`, or `self` and `super` followed to the root.
    House,
    /// A foreign crate with a home.
    Crate(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Use,
    DeriveOrDiesel,
    Elsewhere,
}

#[derive(Debug)]
struct Mention {
    line: usize,
    root: Root,
    /// What follows the root.
    names: Vec<String>,
    place: Place,
}

impl fmt::Display for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = match &self.root {
            Root::House => "crate",
            Root::Crate(name) => name,
        };
        write!(f, "{root}")?;
        self.names.iter().try_for_each(|name| write!(f, "::{name}"))
    }
}

#[derive(Debug, PartialEq)]
struct Token {
    line: usize,
    text: String,
}

/// Every path in the source that starts at the house's root or in a crate
/// that has a home.
fn paths_in(module: &[String], source: &str) -> Vec<Mention> {
    let tokens = tokens_of(source);
    let text = |at: usize| tokens.get(at).map_or("", |token: &Token| token.text.as_str());
    let mut found = Vec::new();
    // Modules written inside the file, and how deep in braces each began.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut attribute_ends = 0;
    let mut at = 0;
    while at < tokens.len() {
        match text(at) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inner.last().is_some_and(|(_, began)| *began == depth) {
                    inner.pop();
                }
            }
            "mod" if text(at + 2) == "{" => inner.push((text(at + 1).to_owned(), depth)),
            "#" if text(at + 1) == "[" && matches!(text(at + 2), "derive" | "diesel") => {
                attribute_ends = closing(&tokens, at + 1);
            }
            "use" => {
                let mut here: Vec<String> = module.to_vec();
                here.extend(inner.iter().map(|(name, _)| name.clone()));
                at += 1;
                if text(at) == "::" {
                    at += 1;
                }
                let mut leaves = Vec::new();
                at = read_use_tree(&tokens, at, &mut Vec::new(), &mut leaves);
                for (line, names) in leaves {
                    found.extend(rooted(&here, line, names, Place::Use));
                }
                continue;
            }
            word if is_name(word) && starts_path(&tokens, at) => {
                let mut here: Vec<String> = module.to_vec();
                here.extend(inner.iter().map(|(name, _)| name.clone()));
                let line = tokens[at].line;
                let mut names = vec![word.to_owned()];
                while text(at + 1) == "::" && is_name(text(at + 2)) {
                    names.push(text(at + 2).to_owned());
                    at += 2;
                }
                let place = if at < attribute_ends { Place::DeriveOrDiesel } else { Place::Elsewhere };
                if names.len() > 1 {
                    found.extend(rooted(&here, line, names, place));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Resolves the first names of a path; `None` for what is not our business.
fn rooted(here: &[String], line: usize, names: Vec<String>, place: Place) -> Option<Mention> {
    let mut rest = names.into_iter().peekable();
    let first = rest.next()?;
    let mut base: Vec<String> = match first.as_str() {
        "crate" | LIBRARY => Vec::new(),
        "self" => here.to_vec(),
        "super" => here[..here.len().saturating_sub(1)].to_vec(),
        name if HOMES.iter().any(|(known, _)| *known == name) => {
            return Some(Mention { line, root: Root::Crate(first), names: rest.collect(), place });
        }
        _ => return None,
    };
    while rest.next_if(|name| name == "super").is_some() {
        base.pop();
    }
    base.extend(rest);
    Some(Mention { line, root: Root::House, names: base, place })
}

/// Reads one `use` tree from `at` on, and answers where it ended.
fn read_use_tree(
    tokens: &[Token],
    mut at: usize,
    prefix: &mut Vec<String>,
    leaves: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or(";", |token| token.text.as_str());
    let before = prefix.len();
    let line = tokens.get(at).map_or(0, |token| token.line);
    let mut grouped = false;
    loop {
        match text(at) {
            "::" => at += 1,
            "{" => {
                grouped = true;
                at += 1;
                while !matches!(text(at), "}" | ";") {
                    at = read_use_tree(tokens, at, prefix, leaves);
                    if text(at) == "," {
                        at += 1;
                    }
                }
                if text(at) == "}" {
                    at += 1;
                }
            }
            "as" => at += 2,
            name if name == "*" || is_name(name) => {
                prefix.push(name.to_owned());
                at += 1;
            }
            _ => break,
        }
    }
    if !grouped {
        let mut names = prefix.clone();
        // `use crate::store::{self}` is `crate::store`; a bare `crate::{self}`
        // keeps its word, and is refused as the whole house.
        if names.len() > 2 && names.last().is_some_and(|last| last == "self") {
            names.pop();
        }
        leaves.push((line, names));
    }
    prefix.truncate(before);
    at
}

fn starts_path(tokens: &[Token], at: usize) -> bool {
    let before = |steps: usize| at.checked_sub(steps).map_or("", |at| tokens[at].text.as_str());
    match before(1) {
        "." => false,
        "::" => !(is_name(before(2)) || before(2) == ">"),
        _ => true,
    }
}

fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "[" => depth += 1,
            "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && !matches!(text, "use" | "as" | "mod" | "pub" | "in")
}

/// Names, `::` and single signs, each with its line; comments, strings,
/// characters and lifetimes left out.
fn tokens_of(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let at_end = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while at < chars.len() {
        let began = at;
        let c = chars[at];
        if c == '/' && at_end(at + 1) == '/' {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if c == '/' && at_end(at + 1) == '*' {
            at = after_block_comment(&chars, at);
        } else if let Some(end) = after_string(&chars, at) {
            at = end;
        } else if c == '\'' {
            at = after_quote(&chars, at);
        } else if c.is_alphanumeric() || c == '_' {
            while at_end(at).is_alphanumeric() || at_end(at) == '_' {
                at += 1;
            }
            tokens.push(Token { line, text: chars[began..at].iter().collect() });
        } else if c == ':' && at_end(at + 1) == ':' {
            at += 2;
            tokens.push(Token { line, text: "::".to_owned() });
        } else {
            at += 1;
            // `r#type` is the name `type`.
            let raw_name = c == '#' && tokens.last().is_some_and(|last: &Token| last.text == "r");
            if raw_name && at_end(at).is_alphabetic() {
                tokens.pop();
            } else if !c.is_whitespace() {
                tokens.push(Token { line, text: c.to_string() });
            }
        }
        line += chars[began..at].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn after_block_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// The end of a string literal that begins at `at` (`"…"`, `b"…"`, `r#"…"#`).
fn after_string(chars: &[char], at: usize) -> Option<usize> {
    let inside_name = at.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric() || chars[before] == '_');
    if inside_name && chars[at] != '"' {
        return None;
    }
    let mut open = at;
    while matches!(chars.get(open), Some('b' | 'c' | 'r')) && open < at + 2 {
        open += 1;
    }
    let raw = chars[at..open].contains(&'r');
    let mut hashes = 0;
    while raw && chars.get(open) == Some(&'#') {
        hashes += 1;
        open += 1;
    }
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let mut end = open + 1;
    while end < chars.len() {
        if chars[end] == '\\' && !raw {
            end += 2;
        } else if chars[end] == '"' && (0..hashes).all(|step| chars.get(end + 1 + step) == Some(&'#')) {
            return Some(end + 1 + hashes);
        } else {
            end += 1;
        }
    }
    Some(end.min(chars.len()))
}

/// After a character literal, or after the quote of a lifetime.
fn after_quote(chars: &[char], at: usize) -> usize {
    if chars.get(at + 1) == Some(&'\\') {
        let mut end = at + 3;
        while end < chars.len() && chars[end] != '\'' {
            end += 1;
        }
        end + 1
    } else if chars.get(at + 2) == Some(&'\'') {
        at + 3
    } else {
        at + 1
    }
}

// --- the checker is checked --------------------------------------------------

fn complaint(file: &str, source: &str) -> String {
    let macros = [("each", "store"), ("values", "text")].map(|(name, room)| (name.to_owned(), room.to_owned()));
    listed(&breaches_in(file, source, &BTreeMap::from(macros)))
}

#[test]
fn a_planted_climb_is_named_with_its_file_and_line() {
    let planted = "//! The outbox.\n\nuse crate::web::routes;\n";
    assert_eq!(
        complaint("mail/outbox.rs", planted),
        "src/mail/outbox.rs:3: `crate::web::routes` climbs: `web` stands above `mail`\n"
    );
}

#[test]
fn a_climb_is_seen_however_it_is_spelt() {
    for planted in [
        "fn f() { crate::responses::comment::write(); }",
        "fn f() -> crate::responses::Comment { todo!() }",
        "use crate::{clock, responses::{self, comment}};",
        "use super::super::responses::comment;",
        "pub(crate) use crate::responses as answers;",
        "mod tests { use super::super::super::responses::Comment; }",
        "macro_rules! m { () => { $crate::responses::f() } }",
        "use soundings::responses::Comment;",
        "fn f() { ::soundings::responses::f() }",
        "use crate::r#responses::Comment;",
    ] {
        let said = complaint("consultations/letter.rs", planted);
        assert!(said.contains("climbs"), "not seen: {planted}\nsaid: {said}");
    }
}

#[test]
fn rooms_on_one_floor_do_not_know_each_other() {
    let said = complaint("drafts/block.rs", "use crate::mail::outbox;");
    assert!(said.contains("share a floor"), "{said}");
    let said = complaint("jobs/worker.rs", "fn f() { crate::web::routes::all(); }");
    assert!(said.contains("share a floor"), "{said}");
    let said = complaint("text.rs", "use crate::clock::Clock;");
    assert!(said.contains("share a floor"), "{said}");
}

#[test]
fn going_down_and_staying_at_home_is_fine() {
    for (file, source) in [
        ("web/member/read.rs", "use crate::responses::comment; use crate::web::form; use super::letter;"),
        ("audit.rs", "use crate::store::Store; mod tests { use super::*; }"),
        ("mail/outbox.rs", "use super::mailing::Mailing; use self::inner::X; use crate::people::Member;"),
        ("main.rs", "use soundings::cli; fn main() { soundings::app::run(); }"),
        ("lib.rs", "pub mod web; pub mod clock;"),
        ("mail/mod.rs", "fn f() { let tera = 1; self::g(tera.clone()); }"),
    ] {
        assert_eq!(complaint(file, source), "", "{file}: {source}");
    }
}

#[test]
fn a_macro_belongs_to_the_room_it_was_written_in() {
    let written = [("store/backend.rs".to_owned(), "#[macro_export] macro_rules! each { () => {} }".to_owned())];
    assert_eq!(exported_macros(&written).get("each").map(String::as_str), Some("store"));
    assert_eq!(complaint("people/queries.rs", "fn f() { crate::each!(c, |x| x); }"), "");
    assert!(complaint("keys.rs", "fn f() { crate::each!(c, |x| x); }").contains("climbs"));
    assert!(complaint("clock.rs", "crate::values! { A }").contains("share a floor"));
}

#[test]
fn comments_strings_and_lifetimes_are_not_uses() {
    let source = r##"
        //! See crate::web::routes.
        /* crate::web /* nested crate::web */ crate::web::x */
        const A: &str = "crate::web::routes";
        const B: &str = r#"use crate::web::routes; " "#;
        const C: &[u8] = b"crate::web::routes \" crate::web::x";
        fn f<'a>(x: &'a str) -> char { let _ = '"'; let _ = '\''; '\u{22}' }
        use crate::clock::Clock;
    "##;
    assert_eq!(complaint("mail/outbox.rs", source), "");
    let planted = format!("{source}\nuse crate::web::routes;");
    assert!(complaint("mail/outbox.rs", &planted).contains(":10: "), "what follows them is still read");
}

#[test]
fn a_room_without_a_floor_is_refused() {
    assert!(complaint("attic/mod.rs", "").contains("stands on no floor"));
    assert!(complaint("web/mod.rs", "use crate::attic::Box;").contains("stands on no floor"));
}

#[test]
fn the_whole_house_cannot_be_taken_in_at_once() {
    assert!(complaint("people/team.rs", "use crate::*;").contains("name the room"));
    assert!(complaint("people/team.rs", "use crate::{self as house};").contains("name the room"));
    assert!(complaint("people/team.rs", "use super::super::*;").contains("name the room"));
}

#[test]
fn a_crate_outside_its_home_is_named() {
    for (file, source, name) in [
        ("web/member/read.rs", "use diesel::prelude::*;", "diesel"),
        ("people/member.rs", "fn f(c: &mut diesel::SqliteConnection) {}", "diesel"),
        ("people/import.rs", "fn f() { ::diesel::sql_query(\"select 1\"); }", "diesel"),
        ("cli/migrate.rs", "use diesel_migrations::MigrationHarness;", "diesel_migrations"),
        ("responses/comment.rs", "use actix_web::HttpResponse;", "actix_web"),
        ("mail/outbox.rs", "use lettre::Message;", "lettre"),
        ("web/view.rs", "fn f(c: tera::Context) {}", "tera"),
        ("settings/mod.rs", "use clap::Parser;", "clap"),
    ] {
        let said = complaint(file, source);
        assert!(said.contains(&format!("the crate `{name}` lives in")), "not seen: {source}\nsaid: {said}");
    }
}

#[test]
fn a_crate_at_home_is_fine_and_so_are_derives_on_domain_structs() {
    for (file, source) in [
        ("store/connection.rs", "use diesel::prelude::*;"),
        ("people/queries.rs", "use diesel::prelude::*; use crate::store::schema::members;"),
        (
            "people/member.rs",
            "#[derive(diesel::Queryable, diesel::Selectable)] #[diesel(table_name = crate::store::schema::members)] struct Member;",
        ),
        ("people/member.rs", "use diesel::{Queryable, prelude::Insertable}; #[derive(Queryable)] struct Member;"),
        ("app.rs", "use actix_web::HttpServer;"),
        ("web/guard.rs", "use actix_web::HttpRequest;"),
        ("mail/message.rs", "use lettre::Message;"),
        ("render.rs", "use tera::Tera;"),
        ("cli/mod.rs", "use clap::Parser;"),
    ] {
        assert_eq!(complaint(file, source), "", "{file}: {source}");
    }
}

#[test]
fn a_table_outside_queries_is_named() {
    let said = complaint("people/member.rs", "use crate::store::schema::members;");
    assert!(said.contains("tables are used in queries.rs only"), "{said}");
    let said = complaint("web/member/read.rs", "fn f() { crate::store::schema::comments::table.count(); }");
    assert!(said.contains("tables are used in queries.rs only"), "{said}");
}
