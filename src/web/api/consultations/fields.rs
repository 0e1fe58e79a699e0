//! A consultation in JSON, as it is given and as it is shown.

use super::questions::{self, QuestionJson};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::consultations::{self, Change, Consultation, New, PublicPage, State};
use crate::ids::Id;
use crate::links::{self, Links};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::api::given::{Contact, Teams, given, nullable};

/// A consultation to make.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Make {
    slug: Option<String>,
    title: Option<String>,
    summary: Option<String>,
    letter: Option<String>,
    contact: Option<Contact>,
    join_url: Option<String>,
    time_zone: Option<String>,
    deadline: Option<String>,
    grace_minutes: Option<i32>,
    teams: Option<Teams>,
    questions: Option<Vec<QuestionJson>>,
    public_draft: Option<bool>,
    mail_replies: Option<bool>,
    public_page: Option<String>,
}

/// What shall change; null takes away.
#[expect(clippy::option_option, reason = "absent, null and given are three things")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    #[serde(default, deserialize_with = "given")]
    title: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    summary: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    letter: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    contact: Option<Option<Contact>>,
    #[serde(default, deserialize_with = "nullable")]
    join_url: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    time_zone: Option<String>,
    #[serde(default, deserialize_with = "given")]
    deadline: Option<String>,
    #[serde(default, deserialize_with = "given")]
    grace_minutes: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    teams: Option<Teams>,
    #[serde(default, deserialize_with = "given")]
    questions: Option<Vec<QuestionJson>>,
    #[serde(default, deserialize_with = "given")]
    public_draft: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    mail_replies: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    public_page: Option<String>,
    #[serde(default, deserialize_with = "given")]
    identifying_words: Option<Vec<String>>,
}

/// A consultation as it is shown.
#[derive(Serialize)]
pub struct ConsultationJson {
    id: Id,
    slug: String,
    title: String,
    summary: String,
    letter: String,
    contact: Option<consultations::Contact>,
    join_url: Option<String>,
    time_zone: &'static str,
    deadline: String,
    deadline_at: DateTime<Utc>,
    grace_minutes: i32,
    state: State,
    teams: Teams,
    questions: Vec<QuestionJson>,
    public_draft: bool,
    mail_replies: bool,
    public_page: PublicPage,
    identifying_words: Vec<String>,
    created_at: DateTime<Utc>,
    opened_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    public_url: String,
}

impl Make {
    /// The questions to ask.
    pub fn questions(&mut self) -> Vec<QuestionJson> {
        self.questions.take().unwrap_or_default()
    }

    /// The texts as typed, and whether a slug is among them.
    ///
    /// # Errors
    /// A public page that there is not.
    pub fn read(self) -> Result<(New, bool), Refusal> {
        let public_page = public_page(self.public_page.as_deref())?;
        let has_slug = self.slug.is_some();
        let new = New {
            slug: self.slug.unwrap_or_default(),
            title: self.title.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            letter: self.letter.unwrap_or_default(),
            contact: self.contact.map(|contact| contact.0),
            join_url: self.join_url,
            time_zone: self.time_zone.unwrap_or_else(|| "Europe/London".to_owned()),
            deadline: self.deadline.unwrap_or_default(),
            grace_minutes: self.grace_minutes.unwrap_or(15),
            teams: self.teams.unwrap_or(Teams::All).into(),
            public_draft: self.public_draft.unwrap_or(false),
            mail_replies: self.mail_replies.unwrap_or(false),
            public_page: public_page.unwrap_or(PublicPage::ByLink),
        };
        Ok((new, has_slug))
    }
}

impl Amend {
    /// The questions to ask instead, if any are given.
    pub fn questions(&mut self) -> Option<Vec<QuestionJson>> {
        self.questions.take()
    }

    /// # Errors
    /// A public page that there is not.
    pub fn read(self) -> Result<Change, Refusal> {
        let public_page = public_page(self.public_page.as_deref())?;
        Ok(Change {
            title: self.title,
            summary: self.summary.map(Option::unwrap_or_default),
            letter: self.letter.map(Option::unwrap_or_default),
            contact: self.contact.map(|contact| contact.map(|contact| contact.0)),
            join_url: self.join_url,
            time_zone: self.time_zone,
            deadline: self.deadline,
            grace_minutes: self.grace_minutes,
            teams: self.teams.map(Into::into),
            public_draft: self.public_draft,
            mail_replies: self.mail_replies,
            public_page,
            identifying_words: self.identifying_words.map(|names| names.join("\n")),
        })
    }
}

impl ConsultationJson {
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx, links: &Links, one: Consultation) -> Result<Self, Refusal> {
        let teams = if one.covers_all_teams { Teams::All } else { Teams::Some(consultations::teams_of(tx, one.id)?) };
        Ok(Self {
            id: one.id,
            public_url: links.absolute(&links::consultation(&one.slug)),
            slug: one.slug,
            title: one.title,
            summary: one.summary,
            letter: one.letter,
            contact: one.contact,
            join_url: one.join_url,
            time_zone: one.deadline.zone.name(),
            deadline: one.deadline.local_text(),
            deadline_at: one.deadline.at,
            grace_minutes: one.grace_minutes,
            state: one.state,
            teams,
            questions: questions::shown(tx, one.id)?,
            public_draft: one.public_draft,
            mail_replies: one.mail_replies,
            public_page: one.public_page,
            identifying_words: one.identifying_words.lines().map(str::to_owned).collect(),
            created_at: one.created_at,
            opened_at: one.opened_at,
            closed_at: one.closed_at,
        })
    }
}

fn public_page(written: Option<&str>) -> Result<Option<PublicPage>, Refusal> {
    let unknown = || Refusal::field("public_page", "not-a-choice", "Choose one of by_link, listed and indexed.");
    written.map(|written| PublicPage::from_value(written).ok_or_else(unknown)).transpose()
}
