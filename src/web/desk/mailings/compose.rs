//! Writing a mailing, or changing one that has not begun; what was typed is never lost.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::form::{Typed, timings};
use super::one::{as_mail, options};
use super::{called, id_of, kinds, paper, see_other};
use crate::consultations::{self, Consultation};
use crate::ids::Id;
use crate::links;
use crate::mail::{self, Change, Kind, Mailing};
use crate::people::{self, Team};
use crate::refusal::Refusal;
use crate::store::{Fault, Tx};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{ComposePage, MailingPreview, MarkedWord, NoteField, TeamChoiceLine};
use crate::web::visitor;

type Pairs = Vec<(String, String)>;

/// # Errors
/// No such consultation or team.
pub async fn new(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    asked: Query<Pairs>,
) -> Result<HttpResponse, Failure> {
    let all =
        |name: &'static str| asked.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str());
    let teams = all("team").filter(|team| !team.is_empty()).map(id_of).collect::<Result<Vec<_>, _>>()?;
    let desk = house.read(move |tx| Desk::new(tx, &slug)).await?;
    if !teams.iter().all(|team| desk.teams.iter().any(|one| one.id == *team)) {
        return Err(Failure::NotFound);
    }
    let typed = Typed::fresh(&house, &desk.of, kind_of(all("kind").next().unwrap_or_default()), &teams);
    desk.shown(&request, &house, &typed, &[])
}

/// # Errors
/// No such consultation.
pub async fn plan(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<Pairs>,
) -> Result<HttpResponse, Failure> {
    let kind = form.0.iter().find(|(field, _)| field == "kind").map_or("", |(_, kind)| kind.as_str());
    let typed = Typed::of_pairs(kind_of(kind), &form.0);
    let desk = house.read(move |tx| Desk::new(tx, &slug)).await?;
    desk.answer(&request, &house, typed).await
}

/// # Errors
/// No such mailing.
pub async fn edit(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id = id_of(&id)?;
    let read = house.read(move |tx| {
        let desk = Desk::of_mailing(tx, &slug, id)?;
        let (teams, notes) = (mail::teams_of(tx, id)?, mail::notes_of(tx, id)?);
        let may_change = match &desk.mailing {
            Some(mailing) => mail::may_change(tx, mailing)?,
            None => false,
        };
        Ok::<_, Refusal>((desk, teams, notes, may_change))
    });
    let (desk, teams, notes, may_change) = read.await?;
    match &desk.mailing {
        Some(mailing) if may_change => {
            let typed = Typed::of_mailing(&house, &desk.of, mailing, &teams, &notes);
            desk.shown(&request, &house, &typed, &[])
        }
        _ => Ok(see_other(&links::desk_mailing(&desk.of.slug, id))),
    }
}

/// # Errors
/// No such mailing; one that has begun.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    form: Form<Pairs>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let id = id_of(&id)?;
    let desk = house.read(move |tx| Desk::of_mailing(tx, &slug, id)).await?;
    let kind = desk.mailing.as_ref().map_or(Kind::Reminder, |mailing| mailing.kind);
    desk.answer(&request, &house, Typed::of_pairs(kind, &form.0)).await
}

/// What the page needs beside the form.
struct Desk {
    of: Consultation,
    /// The teams the consultation is put to.
    teams: Vec<Team>,
    may_ask_unfinished: bool,
    /// None for a new one.
    mailing: Option<Mailing>,
}

impl Desk {
    fn new(tx: &mut Tx, slug: &str) -> Result<Self, Refusal> {
        let of = consultations::by_slug(tx, slug)?;
        Ok(Self::read(tx, of, None)?)
    }

    fn of_mailing(tx: &mut Tx, slug: &str, id: Id) -> Result<Self, Refusal> {
        let (of, mailing) = called(tx, slug, id)?;
        Ok(Self::read(tx, of, Some(mailing))?)
    }

    fn read(tx: &mut Tx, of: Consultation, mailing: Option<Mailing>) -> Result<Self, Fault> {
        let mut teams = people::team::list(tx)?;
        if !of.covers_all_teams {
            let put_to = consultations::teams_of(tx, of.id)?;
            let below = people::team::with_all_below(tx, &put_to)?;
            teams.retain(|team| below.contains(&team.id));
        }
        Ok(Self { may_ask_unfinished: mail::may_ask_unfinished(tx, &of)?, of, teams, mailing })
    }

    async fn answer(self, request: &HttpRequest, house: &Data<House>, typed: Typed) -> Result<HttpResponse, Failure> {
        match typed.pressed.as_str() {
            "preview" => self.shown(request, house, &typed, &[]),
            "page" => {
                let sample = self.sample(&typed, self.preview_team(&typed))?;
                Ok(as_mail(sample.write(paper(house), house.clock.now())?.html))
            }
            "add_note" => {
                let mut typed = typed;
                let wanted = self.teams.iter().find(|team| team.path == typed.note_team);
                if let Some(Team { id, .. }) = wanted
                    && !typed.notes.iter().any(|(noted, _)| noted == id)
                {
                    typed.notes.push((*id, String::new()));
                }
                typed.note_team.clear();
                self.shown(request, house, &typed, &[])
            }
            _ => self.save(request, house, typed).await,
        }
    }

    async fn save(self, request: &HttpRequest, house: &Data<House>, typed: Typed) -> Result<HttpResponse, Failure> {
        let deed = visitor::deed(request, house)?;
        let asked = typed.asked_for(house, &self.of);
        let (of, was) = (self.of.clone(), self.mailing.as_ref().map(|mailing| mailing.id));
        let is_now = asked.when.is_now();
        let saved = house.write(move |tx| {
            let asked = asked.clone();
            let saved = match was {
                None => mail::plan(tx, &deed, &of, &asked),
                Some(id) => {
                    let change = Change {
                        subject: Some(asked.subject),
                        body: Some(asked.body),
                        teams: Some(asked.teams),
                        team_notes: Some(asked.team_notes),
                        audience: Some(asked.audience),
                        when: Some(asked.when),
                    };
                    mail::change(tx, &deed, &of, id, &change)
                }
            }?;
            // What is to go at once waits for the check page.
            if is_now { mail::pause(tx, &deed, saved.id) } else { Ok(saved) }
        });
        match saved.await {
            Ok(mailing) if is_now => Ok(see_other(&links::desk_mailing_deed(&self.of.slug, mailing.id, "send"))),
            Ok(mailing) => {
                house.wake.notify_one();
                Ok(see_other(&format!("{}?done=saved", links::desk_mailing(&self.of.slug, mailing.id))))
            }
            Err(Refusal::Invalid(problems)) => self.shown(request, house, &typed, &problems),
            // What the consultation's state forbids has to do with the time.
            Err(Refusal::Conflict { code, detail }) => {
                self.shown(request, house, &typed, &[Problem::new("timing", code, detail)])
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    fn shown(
        &self,
        request: &HttpRequest,
        house: &House,
        typed: &Typed,
        problems: &[Problem],
    ) -> Result<HttpResponse, Failure> {
        let (page, token) = super::super::page_of(request, house, &self.of, super::super::Way::Mailings);
        let page = super::super::mending(page, house, problems);
        let now = house.clock.now();
        let mut offered = timings(&self.of, typed.kind, now);
        if self.mailing.is_some()
            && typed.timing == mail::Timing::AtOpening.as_str()
            && !offered.contains(&"at_opening")
        {
            offered.push("at_opening");
        }
        let slug = &self.of.slug;
        let view = ComposePage {
            page,
            list_url: links::desk_mailings(slug),
            action_url: match &self.mailing {
                None => links::desk_new_mailing(slug, typed.kind.as_str(), &[]),
                Some(mailing) => links::desk_mailing_deed(slug, mailing.id, "edit"),
            },
            kind: typed.kind.as_str(),
            kinds: if self.mailing.is_some() { Vec::new() } else { kinds(&self.of, now, Some(typed.kind)) },
            subject: typed.subject.clone(),
            body: typed.body.clone(),
            fields: mail::FIELDS.to_vec(),
            marked: marked(&typed.body),
            everybody: typed.everybody,
            teams: self.choices(typed),
            not_finished: typed.not_finished,
            may_ask_unfinished: typed.not_finished
                || (self.may_ask_unfinished && !matches!(typed.kind, Kind::Invitation | Kind::Thanks)),
            timings: offered,
            timing: typed.timing.clone(),
            date: typed.date.clone(),
            time: typed.time.clone(),
            days: typed.days.clone(),
            at_time: typed.at_time.clone(),
            notes: typed.notes.iter().filter_map(|(team, words)| self.note(*team, words)).collect(),
            note_teams: self.without_note(typed).into_iter().map(|team| team.path).collect(),
            preview: match typed.pressed.as_str() {
                "preview" => Some(self.preview(house, typed)?),
                _ => None,
            },
        };
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        super::super::shown_as(status, house, "desk/mailings/compose.html", &view, token)
    }

    fn choices(&self, typed: &Typed) -> Vec<TeamChoiceLine> {
        let line = |team: &Team| TeamChoiceLine {
            id: team.id.to_string(),
            name: team.name.clone(),
            depth: team.path.matches('/').count().min(4),
            chosen: typed.teams.contains(&team.id),
        };
        self.teams.iter().map(line).collect()
    }

    fn note(&self, team: Id, words: &str) -> Option<NoteField> {
        let found = self.teams.iter().find(|one| one.id == team)?;
        Some(NoteField { team_id: team.to_string(), team: found.path.clone(), words: words.to_owned() })
    }

    fn without_note(&self, typed: &Typed) -> Vec<Team> {
        self.teams.iter().filter(|team| !typed.notes.iter().any(|(noted, _)| *noted == team.id)).cloned().collect()
    }

    fn sample(&self, typed: &Typed, team: Option<Id>) -> Result<mail::Sample, Refusal> {
        let mailing = Mailing::as_typed(&self.of, typed.kind, &typed.subject, &typed.body);
        mail::Sample::new(&self.teams, &self.of, &mailing, &typed.notes(), team)
    }

    /// The team whose letter is shown: the one asked for, else one with a note, else the first chosen.
    fn preview_team(&self, typed: &Typed) -> Option<Id> {
        let noted = || typed.notes().into_keys().next();
        let chosen = || typed.teams.iter().next().copied().filter(|_| !typed.everybody);
        let is_known = |team: &Id| self.teams.iter().any(|one| one.id == *team);
        let wanted = typed.preview_team.or_else(noted).or_else(chosen).filter(is_known);
        wanted.or_else(|| self.teams.first().map(|team| team.id))
    }

    fn preview(&self, house: &House, typed: &Typed) -> Result<MailingPreview, Failure> {
        let team = self.preview_team(typed);
        let sheet = self.sample(typed, team)?.write(paper(house), house.clock.now())?;
        Ok(MailingPreview {
            teams: options(&self.teams, team),
            team: self.teams.iter().find(|one| Some(one.id) == team).map(|one| one.name.clone()).unwrap_or_default(),
            team_id: team.map(|team| team.to_string()).unwrap_or_default(),
            subject: sheet.subject,
            text: sheet.text,
            html_url: String::new(),
        })
    }
}

fn kind_of(text: &str) -> Kind {
    Kind::from_value(text).unwrap_or(Kind::Reminder)
}

/// Each unknown field with some words around it.
fn marked(words: &str) -> Vec<MarkedWord> {
    const AROUND: usize = 40;
    let near_end = |text: &str| text.chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    mail::unknown_fields(words)
        .into_iter()
        .map(|found| MarkedWord {
            before: near_end(&words[..found.start]),
            after: words[found.end..].chars().take(AROUND).collect(),
            word: words[found].to_owned(),
        })
        .collect()
}
