//! `GET /me`: a member's own response, as far as her session may see it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::answers::OwnAnswer;
use super::consultations::questions::{self, QuestionJson};
use crate::consultations::State;
use crate::drafts::{self, Change, Statuses};
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::responses::{self, Mine, Permission, Position, Quote};
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::Here;
use crate::web::session::{Level, MemberSession};
use crate::web::visitor::Visitor;

#[derive(Serialize)]
struct Me {
    level: Level,
    consultations: [Own; 1],
}

#[derive(Serialize)]
struct Own {
    slug: String,
    title: String,
    state: State,
    time_zone: &'static str,
    deadline: String,
    deadline_at: DateTime<Utc>,
    /// What stands beside her confidential comments; none until she has chosen her team.
    label: Option<String>,
    finished: bool,
    comments: Vec<OwnComment>,
    /// What she is asked.
    questions: Vec<QuestionJson>,
    answers: Vec<OwnAnswer>,
}

/// One of her comments as she sees it.
#[derive(Serialize)]
pub struct OwnComment {
    id: String,
    receipt: String,
    block: Option<String>,
    version: i32,
    position: Position,
    condition: String,
    body: String,
    quote: Option<Quote>,
    new_wording: String,
    permission: Permission,
    with_name: bool,
    /// What became of the passage in the current version.
    state: Change,
    late: bool,
    /// The version for which she said that it still holds.
    confirmed_in: Option<i32>,
}

/// # Errors
/// A session whose link was replaced.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    let (session, keys) = (Visitor::member(&request)?, house.keys.clone());
    let me = house.read(move |tx| Me::of(tx, &keys, session)).await?;
    Ok(HttpResponse::Ok().json(me.ok_or_else(Failure::expired)?))
}

impl Me {
    fn of(tx: &mut Tx, keys: &Keys, session: MemberSession) -> Result<Option<Self>, Refusal> {
        let Some(Here { author, consultation, level, label, .. }) = Here::load(tx, keys, session, None)? else {
            return Ok(None);
        };
        let mine = if level == Level::Full { responses::mine(tx, &author)? } else { Vec::new() };
        let statuses = if mine.is_empty() { Statuses::default() } else { drafts::statuses(tx, consultation.id)? };
        let answers = if level == Level::Full { responses::my_answers(tx, &author)? } else { Vec::new() };
        let own = Own {
            questions: questions::shown(tx, consultation.id)?,
            answers: answers.into_iter().map(Into::into).collect(),
            finished: responses::finished(tx, &author)?.is_some(),
            label: Some(label).filter(|label| !label.is_empty()),
            time_zone: consultation.deadline.zone.name(),
            deadline: consultation.deadline.local_text(),
            deadline_at: consultation.deadline.at,
            slug: consultation.slug,
            title: consultation.title,
            state: consultation.state,
            comments: mine.into_iter().map(|one| OwnComment::of(one, &statuses)).collect(),
        };
        Ok(Some(Self { level, consultations: [own] }))
    }
}

impl OwnComment {
    #[must_use]
    pub fn of(Mine { comment, with_name }: Mine, statuses: &Statuses) -> Self {
        Self {
            state: statuses.of(comment.document_id, comment.version_number, comment.block_key.as_deref()),
            id: comment.id.to_string(),
            receipt: comment.receipt,
            block: comment.block_key,
            version: comment.version_number,
            position: comment.position,
            condition: comment.condition,
            body: comment.body,
            quote: comment.quote.as_deref().and_then(|quote| serde_json::from_str(quote).ok()),
            new_wording: comment.new_wording,
            permission: comment.permission,
            with_name,
            late: comment.is_late,
            confirmed_in: comment.confirmed_in,
        }
    }
}
