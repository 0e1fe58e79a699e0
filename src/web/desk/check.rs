//! A consultation before it opens: its numbers, its plan, its mails; and the button that opens it.

mod plan;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use self::plan::Plan;
use super::Way;
use crate::consultations::{self, Consultation, LabelOutlook, Outlook, State};
use crate::drafts::{self, Version, version as versions};
use crate::ids::Id;
use crate::links;
use crate::mail;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{CheckPage, LabelRow, Missing};
use crate::web::visitor;
use crate::words::Language;

#[derive(Deserialize)]
pub struct Asked {
    team: Option<Id>,
}

/// # Errors
/// No such consultation; the database fails.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: actix_web::web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    show(&request, &house, &slug, asked.team, false).await
}

#[derive(Deserialize)]
pub struct Press {
    #[serde(default)]
    shown: String,
}

/// Opens: publishes the draft where it is not out yet, fixes teams and labels; the plan goes on its way.
/// Safe to press again when it broke off.
///
/// # Errors
/// What must be seen to first; when the numbers have changed, the page comes back.
pub async fn open(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<Press>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let (asked, now) = (slug.clone(), house.clock.now());
    let ready = house.read(move |tx| Ready::read(tx, &asked, None, now)).await?;
    if ready.of.state != State::Preparing {
        return Ok(super::see(&links::desk_progress(&slug)));
    }
    if ready.shown() != form.0.shown || !ready.missing().is_empty() {
        return show(&request, &house, &slug, None, true).await;
    }
    let (of, doing) = (ready.of, deed.clone());
    let consultation = of.id;
    let note = house.words.say(Language::English, "check-first-version", &[]);
    house.write(move |tx| drafts::publish_first(tx, &doing, &of, &note)).await?;
    drafts::pair::propose_first(&house.store, &deed, consultation).await?;
    match consultations::open(&house.store, &house.keys, &deed, &slug).await {
        Ok(_) => {
            house.wake.notify_one();
            Ok(super::see(&links::desk_progress(&slug)))
        }
        // Pressed twice: the other press opens it.
        Err(Refusal::Conflict { .. }) => Ok(super::see(&links::desk_check(&slug))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Plans the usual mails, as far as they are in time and not there.
///
/// # Errors
/// No such consultation; the database fails.
pub async fn plan(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    _: Form<Press>,
) -> Result<HttpResponse, Failure> {
    let (deed, asked) = (visitor::deed(&request, &house)?, slug.clone());
    let planned = house.write(move |tx| {
        let of = consultations::by_slug(tx, &asked)?;
        mail::plan_standard(tx, &deed, &of)
    });
    planned.await?;
    Ok(super::see(&links::desk_check(&slug)))
}

/// What opening would fix and send, read at once.
struct Ready {
    of: Consultation,
    outlook: Outlook,
    /// The draft that members would read, with its number of passages.
    draft: Option<(Version, usize)>,
    plan: Plan,
    questions: usize,
}

impl Ready {
    fn read(tx: &mut Tx, slug: &str, team: Option<Id>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let of = consultations::by_slug(tx, slug)?;
        let draft = match drafts::proposal(tx, of.id)? {
            Some(proposal) => match versions::published(tx, proposal.id)? {
                Some(published) => Some(published),
                None => versions::list(tx, proposal.id)?.pop(),
            },
            None => None,
        };
        let draft = match draft {
            Some(version) => {
                let blocks = versions::blocks(tx, version.id)?.len();
                Some((version, blocks))
            }
            None => None,
        };
        let outlook =
            if of.state == State::Preparing { consultations::outlook(tx, &of, now)? } else { Outlook::default() };
        let plan = Plan::read(tx, &of, &outlook.teams, team, now)?;
        let questions = consultations::question::list(tx, of.id)?.len();
        Ok(Self { of, outlook, draft, plan, questions })
    }

    /// The numbers that the button names, as the page shows them.
    fn shown(&self) -> String {
        let Outlook { invited, with_address, labels, .. } = &self.outlook;
        let version = self.draft.as_ref().map_or(0, |(version, _)| version.number);
        format!("{invited}-{with_address}-{}-{}-{version}", self.plan.sends, labels.len())
    }

    fn missing(&self) -> Vec<Missing> {
        let slug = &self.of.slug;
        let mut missing: Vec<Missing> = self.outlook.problems.iter().filter_map(|one| to_mend(slug, one)).collect();
        if self.draft.is_none() {
            missing.push(Missing { kind: "draft", url: links::desk_draft(slug) });
        }
        missing
    }
}

fn to_mend(slug: &str, problem: &Problem) -> Option<Missing> {
    let at = |field: &str| format!("{}#{field}", links::desk_settings(slug));
    match problem.field.as_str() {
        "contact" => Some(Missing { kind: "contact", url: at("contact_name") }),
        "deadline" => Some(Missing { kind: "deadline", url: at("deadline") }),
        "members" => Some(Missing { kind: "members", url: links::DESK_MEMBERS.to_owned() }),
        _ => None,
    }
}

async fn show(
    request: &HttpRequest,
    house: &House,
    slug: &str,
    team: Option<Id>,
    has_changed: bool,
) -> Result<HttpResponse, Failure> {
    let (asked, now) = (slug.to_owned(), house.clock.now());
    let ready = house.read(move |tx| Ready::read(tx, &asked, team, now)).await?;
    if ready.of.state != State::Preparing {
        return Ok(super::see(&links::desk_progress(slug)));
    }
    let (mut page, token) = super::page_of(request, house, &ready.of, Way::Check);
    if has_changed {
        page.notice = Some(house.words.say(Language::English, "check-changed", &[]));
    }
    let (missing, shown) = (ready.missing(), ready.shown());
    let (plan, left_out) = ready.plan.rows(house, &ready.of, now);
    let Outlook { invited, with_address, in_several, .. } = ready.outlook;
    let view = CheckPage {
        page,
        questions: ready.questions,
        questions_url: links::desk_questions(slug),
        invited,
        with_address,
        without_address: invited - with_address,
        in_several,
        team_count: ready.outlook.teams.len(),
        blocks: ready.draft.as_ref().map(|(_, blocks)| *blocks),
        draft_url: ready.draft.as_ref().map_or_else(
            || links::desk_draft(slug),
            |(version, _)| links::desk_version(slug, version.document_id, version.number),
        ),
        settings_url: links::desk_settings(slug),
        labels: ready.outlook.labels.iter().map(label_row).collect(),
        open_url: missing.is_empty().then(|| links::desk_open(slug)),
        shown,
        missing,
        plan,
        left_out,
        plan_url: ready.plan.invites_nobody().then(|| links::desk_plan(slug)),
        teams: ready.plan.teams(&ready.outlook.teams),
        mail: ready.plan.mail(house, slug, now)?,
        sends: ready.plan.sends,
    };
    let status = if has_changed { StatusCode::CONFLICT } else { StatusCode::OK };
    super::shown_as(status, house, "desk/check.html", &view, token)
}

fn label_row(label: &LabelOutlook) -> LabelRow {
    LabelRow {
        name: label.name.clone(),
        invited: label.invited,
        teams_words: label.teams.join(", "),
        joined: label.teams.len() > 1,
    }
}
