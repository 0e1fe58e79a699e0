//! What may be changed of a consultation on its own page, and until when.

use super::consultation::{
    Consultation, Contact, PublicPage, State, Teams, by_slug, check_contact, check_grace, check_join_url, check_teams,
};
use super::deadline::Deadline;
use super::queries;
use crate::audit::Deed;
use crate::refusal::{Problems, Refusal};
use crate::store::Tx;
use crate::text;

/// What may be changed; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub letter: Option<String>,
    pub contact: Option<Option<Contact>>,
    pub join_url: Option<Option<String>>,
    pub time_zone: Option<String>,
    pub deadline: Option<String>,
    pub grace_minutes: Option<i32>,
    pub teams: Option<Teams>,
    pub public_draft: Option<bool>,
    pub mail_replies: Option<bool>,
    pub public_page: Option<PublicPage>,
    /// One name on a line.
    pub identifying_words: Option<String>,
}

/// Changes what is given. Deadline, grace and teams change here only before opening; later the
/// deadline moves by [`extend`], and teams not at all.
///
/// # Errors
/// Every field that must be mended; what its state forbids.
pub fn change(tx: &mut Tx, deed: &Deed, slug: &str, change: &Change) -> Result<Consultation, Refusal> {
    let mut now = by_slug(tx, slug)?;
    if now.state != State::Preparing
        && (change.deadline.is_some()
            || change.time_zone.is_some()
            || change.grace_minutes.is_some()
            || change.teams.is_some())
    {
        return Err(Refusal::conflict(
            "fixed-at-opening",
            "Teams, zone and grace are fixed since the consultation opened; move the deadline with /deadline and a reason.",
        ));
    }
    let mut problems = Problems::default();
    if let Some(title) = &change.title
        && let Some(title) = problems.check(text::line("title", title))
    {
        now.title = title;
    }
    for (field, typed, place) in [
        ("summary", &change.summary, &mut now.summary),
        ("letter", &change.letter, &mut now.letter),
        ("identifying_words", &change.identifying_words, &mut now.identifying_words),
    ] {
        if let Some(typed) = typed
            && let Some(words) = problems.check(text::words(field, typed, text::LETTER_MAX))
        {
            *place = words;
        }
    }
    match &change.contact {
        Some(Some(contact)) => now.contact = check_contact(&mut problems, contact),
        Some(None) if now.state == State::Preparing => now.contact = None,
        Some(None) => problems.note("contact", "missing", "An open consultation needs a contact."),
        None => {}
    }
    if let Some(join_url) = &change.join_url {
        now.join_url = check_join_url(&mut problems, join_url.as_deref());
    }
    if change.deadline.is_some() || change.time_zone.is_some() {
        let written = change.deadline.clone().unwrap_or_else(|| now.deadline.local_text());
        let zone = change.time_zone.clone().unwrap_or_else(|| now.deadline.zone.name().to_owned());
        if let Some(deadline) = problems.check(Deadline::parse(&written, &zone)) {
            now.deadline = deadline;
        }
    }
    if let Some(minutes) = change.grace_minutes {
        check_grace(&mut problems, minutes);
        now.grace_minutes = minutes;
    }
    if let Some(teams) = &change.teams {
        check_teams(tx, &mut problems, teams)?;
    }
    problems.none()?;
    if let Some(teams) = &change.teams {
        now.covers_all_teams = *teams == Teams::All;
        queries::set_teams(tx, now.id, if let Teams::Some(teams) = teams { teams } else { &[] })?;
    }
    now.public_draft = change.public_draft.unwrap_or(now.public_draft);
    now.public_page = change.public_page.unwrap_or(now.public_page);
    now.mail_replies = change.mail_replies.unwrap_or(now.mail_replies);
    queries::update(tx, &now)?;
    deed.record(tx, "change consultation", slug, &serde_json::json!({}))?;
    Ok(now)
}
