//! A consultation's own page: everything that can be changed later, and until when.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Way;
use super::typed::Typed;
use super::whom;
use crate::consultations::{self, Change, Consultation, Contact, PublicPage, State, joining};
use crate::links;
use crate::mail;
use crate::people::{self, Team};
use crate::refusal::{Problems, Refusal};
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{Page, SettingsPage, SetupFields};
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (consultation, chosen, teams, domains) = read(&house, &slug).await?;
    let mut fields = stored(&consultation, &chosen);
    fields.set("employer_domains", domains.join("\n"));
    let (page, token) = super::page_of(&request, &house, &consultation, Way::Settings);
    let page = super::saying_saved(page, &request, &house);
    super::shown(&house, "desk/settings.html", &view(&house, page, &consultation, &teams, &fields), token)
}

/// # Errors
/// No such consultation; what its state forbids. Mistakes come back beside their fields.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let fields = Typed(form.0);
    let (consultation, _, teams, _) = read(&house, &slug).await?;
    let domains = fields.get("employer_domains").to_owned();
    let problems = match changed(&consultation, &teams, &fields) {
        Ok(change) => {
            let asked = slug.clone();
            let changing = house.write(move |tx| {
                let changed = consultations::change(tx, &deed, &asked, &change)?;
                joining::set_employer_domains(tx, &deed, &changed, &domains)?;
                Ok(mail::follow_deadline(tx, &changed)?)
            });
            match changing.await {
                Ok(()) => return Ok(super::see(&format!("{}?{}", links::desk_settings(&slug), super::SAVED))),
                Err(Refusal::Invalid(problems)) => problems,
                Err(refusal) => return Err(refusal.into()),
            }
        }
        Err(problems) => problems,
    };
    let (page, token) = super::page_of(&request, &house, &consultation, Way::Settings);
    let page = super::mending(page, &house, &problems);
    let view = view(&house, page, &consultation, &teams, &fields);
    super::shown_as(StatusCode::UNPROCESSABLE_ENTITY, &house, "desk/settings.html", &view, token)
}

async fn read(house: &House, slug: &str) -> Result<(Consultation, Vec<String>, Vec<Team>, Vec<String>), Failure> {
    let slug = slug.to_owned();
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let ids = consultations::teams_of(tx, consultation.id)?;
        let teams = people::team::list(tx)?;
        let chosen = teams.iter().filter(|team| ids.contains(&team.id)).map(|team| team.path.clone()).collect();
        let domains = joining::employer_domains(tx, consultation.id)?;
        Ok((consultation, chosen, teams, domains))
    });
    Ok(found.await?)
}

/// The fields as they are now.
fn stored(of: &Consultation, chosen: &[String]) -> Typed {
    let contact =
        of.contact.clone().unwrap_or(Contact { name: String::new(), phone: String::new(), email: String::new() });
    let local = of.deadline.local.format("%Y-%m-%dT%H:%M:%S").to_string();
    let (date, time) = local.split_once('T').unwrap_or_default();
    let time = if time.starts_with("23:59") { "" } else { time.get(..5).unwrap_or_default() };
    let mut fields: Vec<(&str, String)> = vec![
        ("title", of.title.clone()),
        ("summary", of.summary.clone()),
        ("letter", of.letter.clone()),
        ("identifying_words", of.identifying_words.clone()),
        ("contact_name", contact.name),
        ("contact_phone", contact.phone),
        ("contact_email", contact.email),
        ("join_url", of.join_url.clone().unwrap_or_default()),
        ("time_zone", of.deadline.zone.name().to_owned()),
        ("deadline", date.to_owned()),
        ("deadline_time", time.to_owned()),
        ("grace_minutes", of.grace_minutes.to_string()),
        ("public_page", of.public_page.as_str().to_owned()),
        ("whom", if of.covers_all_teams { whom::ALL } else { whom::SOME }.to_owned()),
    ];
    if of.public_draft {
        fields.push(("public_draft", "yes".to_owned()));
    }
    fields.extend(chosen.iter().map(|path| ("teams", path.clone())));
    Typed(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn changed(of: &Consultation, known: &[Team], fields: &Typed) -> Result<Change, Vec<Problem>> {
    let mut problems = Problems::default();
    let public_page = PublicPage::from_value(fields.get("public_page"));
    if public_page.is_none() {
        problems.note("public_page", "not-a-choice", "Choose who may find the public page.");
    }
    let preparing = of.state == State::Preparing;
    let grace = fields.get("grace_minutes").trim().parse::<i32>().ok();
    if preparing && grace.is_none() {
        problems.note("grace_minutes", "not-a-number", "Write a number of minutes, from 0 to 1440.");
    }
    let chosen = whom::chosen(known, fields).map_err(|problem| problems.note("teams", problem.code, problem.detail));
    if let Err(Refusal::Invalid(problems)) = problems.none() {
        return Err(problems);
    }
    let change = Change {
        title: Some(fields.get("title").to_owned()),
        summary: Some(fields.get("summary").to_owned()),
        letter: Some(fields.get("letter").to_owned()),
        identifying_words: Some(fields.get("identifying_words").to_owned()),
        contact: Some(contact(fields)),
        join_url: Some(fields.given("join_url")),
        public_draft: Some(fields.given("public_draft").is_some()),
        public_page,
        ..Change::default()
    };
    if !preparing {
        return Ok(change);
    }
    Ok(Change {
        time_zone: Some(fields.get("time_zone").to_owned()),
        deadline: Some(deadline(fields.get("deadline"), fields.get("deadline_time"))),
        grace_minutes: grace,
        teams: chosen.ok(),
        ..change
    })
}

/// None when nothing of it was given; a name that is missing beside the rest is for the rules to tell.
pub(super) fn contact(fields: &Typed) -> Option<Contact> {
    let part = |name: &str| fields.get(name).trim().to_owned();
    let contact = Contact { name: part("contact_name"), phone: part("contact_phone"), email: part("contact_email") };
    let given = [&contact.name, &contact.phone, &contact.email].iter().any(|part| !part.is_empty());
    given.then_some(contact)
}

/// A day and perhaps a time, as `Deadline::parse` reads them.
pub(super) fn deadline(day: &str, time: &str) -> String {
    let (day, time) = (day.trim(), time.trim());
    if time.is_empty() { day.to_owned() } else { format!("{day}T{time}") }
}

/// The fields that setting up has too.
pub(super) fn common(fields: &Typed, known: &[Team]) -> SetupFields {
    let typed = |name: &str| fields.get(name).to_owned();
    SetupFields {
        title: typed("title"),
        letter: typed("letter"),
        contact_name: typed("contact_name"),
        contact_phone: typed("contact_phone"),
        contact_email: typed("contact_email"),
        join_url: typed("join_url"),
        time_zone: typed("time_zone"),
        whom: typed("whom"),
        teams: whom::boxes(known.iter().map(|team| team.path.as_str()), fields),
    }
}

fn view(house: &House, page: Page, of: &Consultation, known: &[Team], fields: &Typed) -> SettingsPage {
    let typed = |name: &str| fields.get(name).to_owned();
    SettingsPage {
        page,
        action_url: links::desk_settings(&of.slug),
        fields: common(fields, known),
        summary: typed("summary"),
        identifying_words: typed("identifying_words"),
        public_draft: fields.given("public_draft").is_some(),
        public_page: typed("public_page"),
        employer_domains: typed("employer_domains"),
        address: house.links.absolute(&links::consultation(&of.slug)),
        preparing: of.state == State::Preparing,
        deadline: typed("deadline"),
        deadline_time: typed("deadline_time"),
        grace_minutes: typed("grace_minutes"),
        deadline_words: house.words.deadline_words(Language::English, of.deadline.local),
        progress_url: links::desk_progress(&of.slug),
    }
}
