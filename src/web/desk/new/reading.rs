//! From the fields of the set-up page to a consultation, or to everything that must be mended.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

use super::presets::OTHER;
use crate::consultations::{self, Deadline, New, PublicPage, Teams};
use crate::drafts::{BlockKind, Brought, Format, Parsed, import};
use crate::ids::Id;
use crate::keys::sha256;
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use crate::text::Problem;
use crate::web::desk::settings::{contact, deadline};
use crate::web::desk::source::{Source, source};
use crate::web::desk::typed::{Typed, file_of};
use crate::web::upload::Uploaded;

/// The texts of the page, taken apart; what is wrong with them is noted.
pub(super) struct Texts {
    pub draft: Option<Parsed>,
    /// The draft's file, where it is none of text.
    pub brought: Option<Brought>,
    pub problems: Vec<Problem>,
}

impl Texts {
    /// Reads draft and letter, and puts the text of a chosen file into its field. Slow for long drafts.
    ///
    /// `kept` is the file that the page was sent with before.
    pub fn read(typed: &mut Typed, files: &[Uploaded], kept: Option<Brought>) -> Self {
        let mut problems = Vec::new();
        let mut brought = files.iter().find(|file| file.field == "draft_file").and_then(office_file);
        let has_other = !typed.get("draft").trim().is_empty() || file_of(files, "draft_file").is_some();
        brought = brought.or(kept.filter(|_| !has_other));
        let draft = if let Some(file) = &brought {
            typed.set("draft", String::new());
            file.read().map_err(|refusal| problems.extend(problems_of("draft", refusal))).ok()
        } else {
            match source("draft", typed.get("draft"), file_of(files, "draft_file")) {
                Ok(Source { text, format }) => {
                    // A plain text does not turn into Markdown when the page comes back with it.
                    let mark = digest(&text);
                    let is_plain = format == Format::Plain || typed.get("draft_plain") == mark;
                    typed.set("draft_plain", if is_plain { mark } else { String::new() });
                    let format = if is_plain { Format::Plain } else { Format::Markdown };
                    typed.set("draft", text.clone());
                    match import::parse(format, &text) {
                        Ok(parsed) => Some(parsed),
                        Err(refusal) => {
                            problems.extend(problems_of("draft", refusal));
                            None
                        }
                    }
                }
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            }
        };
        match source("letter", typed.get("letter"), file_of(files, "letter_file")) {
            Ok(Source { text, .. }) => {
                if text.trim().is_empty() {
                    problems.push(Problem::new("letter", "missing", "Write a few lines; members read them first."));
                }
                typed.set("letter", text);
            }
            Err(problem) => problems.push(problem),
        }
        Self { draft, brought, problems }
    }
}

/// The consultation as it would be made, its teams left out; every field that must be mended.
///
/// # Errors
/// When the database fails.
pub(super) fn consultation(
    tx: &mut Tx,
    typed: &Typed,
    draft: Option<&Parsed>,
    id: Id,
    now: DateTime<Utc>,
) -> Result<(New, Vec<Problem>), Fault> {
    let title = typed.given("title").or_else(|| draft.and_then(title_of)).unwrap_or_default();
    let slug = match typed.given("slug") {
        Some(slug) => slug,
        None => consultations::free_slug(tx, &title)?,
    };
    let is_other = typed.get("deadline") == OTHER;
    let day = typed.get(if is_other { "deadline_day" } else { "deadline" });
    let until = deadline(day, typed.get("deadline_time"));
    let new = New {
        slug,
        title,
        summary: String::new(),
        letter: typed.get("letter").to_owned(),
        contact: contact(typed),
        join_url: typed.given("join_url"),
        time_zone: typed.get("time_zone").to_owned(),
        deadline: until,
        grace_minutes: 15,
        teams: Teams::All,
        public_draft: false,
        mail_replies: false,
        public_page: PublicPage::ByLink,
    };
    let mut problems = match consultations::checked(tx, id, &new, now) {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid(problems)) => problems,
        Err(Refusal::Fault(fault)) => return Err(fault),
        Err(refusal) => vec![Problem::new("title", "refused", refusal.to_string())],
    };
    if new.contact.is_none() {
        problems.push(Problem::new("contact.name", "missing", "Name a contact: members need somebody to ask."));
    }
    if Deadline::parse(&new.deadline, &new.time_zone).is_ok_and(|deadline| deadline.at <= now) {
        problems.push(Problem::new("deadline", "past", "Choose a time that is still to come."));
    }
    for problem in problems.iter_mut().filter(|problem| is_other && problem.field == "deadline") {
        "deadline_day".clone_into(&mut problem.field);
    }
    Ok((new, problems))
}

/// A file that is no text of lines.
fn office_file(file: &Uploaded) -> Option<Brought> {
    let ending = file.file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let is_text = matches!(ending.as_str(), "md" | "markdown" | "txt");
    (!is_text).then(|| Brought { name: file.file_name.clone(), said: None, bytes: file.bytes.to_vec() })
}

/// The draft's own title, or its first heading.
fn title_of(draft: &Parsed) -> Option<String> {
    let heading = || draft.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    draft.title.clone().or_else(|| heading().map(|block| block.text.clone())).map(|title| title.replace('\n', " "))
}

/// Tells a text from every other, however its lines ended on the way.
pub(super) fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&sha256(text.replace("\r\n", "\n").as_bytes())[..12])
}

fn problems_of(field: &str, refusal: Refusal) -> Vec<Problem> {
    match refusal {
        Refusal::Invalid(problems) => {
            problems.into_iter().map(|one| Problem { field: field.to_owned(), ..one }).collect()
        }
        refusal => vec![Problem::new(field, "refused", refusal.to_string())],
    }
}
