//! A meeting: recording it, and changing its record.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::shown::{Records, newest, versions};
use super::typed::{self, SEVERAL};
use super::{Clerk, Said, named, see};
use crate::ids::Id;
use crate::links;
use crate::people;
use crate::refusal::{Problems, Refusal};
use crate::responses::Source;
use crate::responses::group_response::{self, Group, NewMeeting, Recorded};
use crate::web::desk::Typed;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{GroupRow, MeetingForm, Page};

/// # Errors
/// No such consultation; the database fails.
pub async fn new(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let clerk = Clerk::of(&request, &house, &slug).await?;
    let sheet = Sheet::of(&house, &clerk, None).await?;
    let today = clerk.of.day_of(house.clock.now()).to_string();
    let fields = Typed(vec![("date".to_owned(), today), ("version".to_owned(), newest(&sheet.records))]);
    clerk.show(&request, &house, TEMPLATE, Said::default(), |page| sheet.form(&clerk, page, &fields))
}

/// # Errors
/// No such consultation; not open. Mistakes come back beside their fields.
pub async fn add(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let clerk = Clerk::of(&request, &house, &slug).await?;
    let fields = Typed(form.0);
    let sheet = Sheet::of(&house, &clerk, None).await?;
    if fields.get("step") == "more" {
        return clerk.show(&request, &house, TEMPLATE, Said::default(), |page| sheet.form(&clerk, page, &fields));
    }
    let another = fields.get("another") == "yes";
    let recorded = match asked(&fields) {
        Ok(new) => {
            let (pen, of) = (clerk.pen.clone(), clerk.of.clone());
            house.write(move |tx| group_response::record(tx, &pen, &of, &new, another)).await
        }
        Err(refusal) => Err(refusal),
    };
    match recorded {
        Ok(Recorded::Stored(group)) => {
            let address = if clerk.at_desk() { clerk.at(&group.id.to_string()) } else { clerk.home() };
            Ok(see(&format!("{address}?done=recorded")))
        }
        Ok(Recorded::Twice(twin)) => {
            let url = if clerk.at_desk() { clerk.at(&twin.id.to_string()) } else { String::new() };
            let row = sheet.records.row(&house, &twin, url);
            // How others voted is for the desks.
            let votes = row.votes.filter(|_| clerk.at_desk());
            let twice = Some(GroupRow { votes, ..row });
            let said = Said { status: StatusCode::CONFLICT, ..Said::default() };
            clerk.show(&request, &house, TEMPLATE, said, |page| MeetingForm {
                twice,
                ..sheet.form(&clerk, page, &fields)
            })
        }
        Err(Refusal::Invalid(problems)) => {
            clerk.show(&request, &house, TEMPLATE, Said::wrong(&problems), |page| sheet.form(&clerk, page, &fields))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// # Errors
/// No such record, or not hers.
pub async fn edit(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let clerk = Clerk::of(&request, &house, &slug).await?;
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let sheet = Sheet::of(&house, &clerk, Some(named(&id)?)).await?;
    let Some(group) = &sheet.group else { return Err(Failure::NotFound) };
    if group.source == Source::Paper {
        return Ok(see(&clerk.deed(group.id, "slip")));
    }
    let fields = stored(&sheet, group);
    clerk.show(&request, &house, TEMPLATE, Said::default(), |page| sheet.form(&clerk, page, &fields))
}

/// # Errors
/// No such record, or not hers; too late. Mistakes come back beside their fields.
pub async fn change(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let clerk = Clerk::of(&request, &house, &slug).await?;
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let (id, fields) = (named(&id)?, Typed(form.0));
    let sheet = Sheet::of(&house, &clerk, Some(id)).await?;
    if sheet.group.is_none() {
        return Err(Failure::NotFound);
    }
    if fields.get("step") == "more" {
        return clerk.show(&request, &house, TEMPLATE, Said::default(), |page| sheet.form(&clerk, page, &fields));
    }
    let written = match asked(&fields) {
        Ok(new) => {
            let (pen, of) = (clerk.pen.clone(), clerk.of.clone());
            house.write(move |tx| group_response::rewrite(tx, &pen, &of, id, &new)).await
        }
        Err(refusal) => Err(refusal),
    };
    match written {
        Ok(_) => {
            let address = if clerk.at_desk() { clerk.at(&id.to_string()) } else { clerk.home() };
            Ok(see(&format!("{address}?done=changed")))
        }
        Err(Refusal::Invalid(problems)) => {
            clerk.show(&request, &house, TEMPLATE, Said::wrong(&problems), |page| sheet.form(&clerk, page, &fields))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

const TEMPLATE: &str = "groups/meeting.html";

/// What is no number is told before the rest is looked at.
fn asked(fields: &Typed) -> Result<NewMeeting, Refusal> {
    let mut problems = Problems::default();
    let new = typed::meeting(&mut problems, fields);
    problems.none()?;
    Ok(new)
}

/// What the form stands on.
pub(super) struct Sheet {
    pub(super) records: Records,
    /// The record that is changed, where it is hers.
    group: Option<Group>,
    pub(super) is_rep: bool,
}

impl Sheet {
    pub(super) async fn of(house: &Data<House>, clerk: &Clerk, id: Option<Id>) -> Result<Self, Failure> {
        let (shared, of, member) = (house.clone(), clerk.of.clone(), clerk.member());
        let pen = clerk.pen.clone();
        let found = house.read(move |tx| {
            let records = Records::of(tx, &shared, &of)?;
            let group = records.groups.iter().find(|one| Some(one.id) == id && pen.holds(one)).cloned();
            let is_rep = match member {
                Some(member) => people::member::by_id(tx, member)?.teams.iter().any(|place| place.is_rep),
                None => false,
            };
            Ok(Self { records, group, is_rep })
        });
        Ok(found.await?)
    }

    fn form(&self, clerk: &Clerk, page: Page, fields: &Typed) -> MeetingForm {
        let group = self.group.as_ref();
        let form = MeetingForm {
            page,
            action_url: group.map_or_else(|| clerk.at("new"), |group| clerk.edit(group.id)),
            back_url: clerk.home(),
            changing: group.is_some(),
            at_desk: clerk.at_desk(),
            is_rep: self.is_rep,
            teams: typed::choose(self.records.teams(None), fields),
            versions: versions(&self.records),
            withdraw_url: group.map(|group| clerk.deed(group.id, "withdraw")),
            ..MeetingForm::default()
        };
        typed::fill(form, fields)
    }
}

/// A stored meeting as the fields of its form.
fn stored(sheet: &Sheet, group: &Group) -> Typed {
    let team = sheet.records.teams(Some(group.whose)).into_iter().find(|one| one.chosen);
    let number = |count: Option<i32>| count.map(|count| count.to_string()).unwrap_or_default();
    let version = group.points.first().map_or_else(|| newest(&sheet.records), |one| one.version_number.to_string());
    let mut fields: Vec<(String, String)> = [
        ("team", team.map_or_else(|| SEVERAL.to_owned(), |one| one.id)),
        ("place", group.place.clone()),
        ("date", group.held_on.to_string()),
        ("present", group.present.to_string()),
        ("in_favour", number(group.votes.map(|votes| votes.in_favour))),
        ("against", number(group.votes.map(|votes| votes.against))),
        ("unsure", number(group.votes.map(|votes| votes.unsure))),
        ("dissent", group.dissent.clone()),
        ("told_by", group.told_by.clone()),
        ("version", version),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (at, one) in sheet.records.points("", &group.points).into_iter().enumerate() {
        fields.push((format!("point_{at}_block"), one.number.unwrap_or_default()));
        fields.push((format!("point_{at}_position"), one.position));
        fields.push((format!("point_{at}_words"), one.words));
    }
    Typed(fields)
}
