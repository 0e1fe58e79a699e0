//! One slip after another, as fast as they can be typed.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::shown::{Records, newest, versions};
use super::{Clerk, Said, named, see, typed};
use crate::ids::Id;
use crate::links;
use crate::refusal::{Problems, Refusal};
use crate::responses::Source;
use crate::responses::group_response::{self, Entered, Group, NewSlip, Point, Recorder};
use crate::web::desk::Typed;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{EnteredSlip, GroupPoint, Page, SlipForm};
use crate::words::Language;

/// # Errors
/// No such pile, or not hers.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let clerk = Clerk::of(&request, &house, &slug).await?;
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let pile = Pile::of(&house, &clerk, named(&id)?).await?;
    // What stays the same from slip to slip.
    let kept = request.query_string().strip_prefix("kept=").filter(|version| version.parse::<i32>().is_ok());
    let version = kept.map_or_else(|| newest(&pile.records), str::to_owned);
    let fields = Typed(vec![("version".to_owned(), version)]);
    let notice = match request.query_string() {
        "out" => Some("groups-slip-out"),
        query if query.starts_with("kept") => Some("groups-slip-kept"),
        _ => None,
    };
    let said = Said::notice(notice);
    clerk.show(&request, &house, TEMPLATE, said, |page| pile.form(&house, &clerk, page, &fields, Vec::new()))
}

/// # Errors
/// No such pile, or not hers; too late. Mistakes come back beside their fields.
pub async fn post(
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
    let here = clerk.deed(id, "slip");
    let (pen, of) = (clerk.pen.clone(), clerk.of.clone());
    if let Some(slip) = fields.given("take_out") {
        let slip = slip.parse().map_err(|_| Failure::NotFound)?;
        house.write(move |tx| group_response::drop_slip(tx, &pen, &of, id, slip)).await?;
        return Ok(see(&format!("{here}?out")));
    }
    if fields.get("step") == "more" {
        let pile = Pile::of(&house, &clerk, id).await?;
        let said = Said::default();
        return clerk
            .show(&request, &house, TEMPLATE, said, |page| pile.form(&house, &clerk, page, &fields, Vec::new()));
    }
    let entered = match asked(&fields) {
        Ok(new) => house.write(move |tx| group_response::add_slip(tx, &pen, &of, id, &new)).await,
        Err(refusal) => Err(refusal),
    };
    match entered {
        Ok(Entered::Stored(_)) => Ok(see(&format!("{here}?kept={}", fields.get("version")))),
        Ok(Entered::Twice(points)) => {
            let pile = Pile::of(&house, &clerk, id).await?;
            let twice = pile.records.points(&slug, &points);
            let said = Said { status: StatusCode::CONFLICT, ..Said::default() };
            clerk.show(&request, &house, TEMPLATE, said, |page| pile.form(&house, &clerk, page, &fields, twice))
        }
        Err(Refusal::Invalid(problems)) => {
            let pile = Pile::of(&house, &clerk, id).await?;
            let said = Said::wrong(&problems);
            clerk.show(&request, &house, TEMPLATE, said, |page| pile.form(&house, &clerk, page, &fields, Vec::new()))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

const TEMPLATE: &str = "groups/slip.html";

fn asked(fields: &Typed) -> Result<NewSlip, Refusal> {
    let mut problems = Problems::default();
    let version = fields.get("version").trim().parse::<i32>().ok();
    if version.is_none() && !fields.get("version").trim().is_empty() {
        problems.note("version", "no-number", "Write a whole number.");
    }
    problems.none()?;
    Ok(NewSlip {
        version,
        points: typed::points(fields),
        permission: fields.get("permission").to_owned(),
        another: fields.get("step") == "another",
    })
}

struct Pile {
    records: Records,
    group: Group,
}

impl Pile {
    async fn of(house: &Data<House>, clerk: &Clerk, id: Id) -> Result<Self, Failure> {
        let (shared, of, pen, at_desk) = (house.clone(), clerk.of.clone(), clerk.pen.clone(), clerk.at_desk());
        let found = house.read(move |tx| {
            let records = Records::of(tx, &shared, &of)?;
            // What a member typed in is for negotiators to read, not for whoever keeps the desk.
            let typed_here = |one: &Group| !at_desk || one.recorded_by == Recorder::Organiser;
            let own = |one: &&Group| one.id == id && one.source == Source::Paper && pen.holds(one) && typed_here(one);
            let group = records.groups.iter().find(own).cloned().ok_or(Refusal::Unknown("pile of slips"))?;
            Ok(Self { records, group })
        });
        Ok(found.await?)
    }

    fn form(&self, house: &House, clerk: &Clerk, page: Page, fields: &Typed, twice: Vec<GroupPoint>) -> SlipForm {
        let slug = &clerk.of.slug;
        let mut slips: BTreeMap<i64, Vec<Point>> = BTreeMap::new();
        for point in &self.group.points {
            slips.entry(point.slip.unwrap_or_default()).or_default().push(point.clone());
        }
        let entered = slips
            .into_iter()
            .map(|(key, points)| EnteredSlip { key: key.to_string(), points: self.records.points(slug, &points) });
        SlipForm {
            page,
            action_url: clerk.deed(self.group.id, "slip"),
            done_url: if clerk.at_desk() { clerk.at(&self.group.id.to_string()) } else { clerk.home() },
            name: self.records.circles.name(self.group.whose),
            date_words: house.words.date_words(Language::English, self.group.held_on),
            slips: self.group.slips(),
            state: self.group.state.as_str(),
            version: fields.get("version").to_owned(),
            versions: versions(&self.records),
            points: typed::rows(fields),
            permission: fields.get("permission").to_owned(),
            twice,
            entered: entered.collect(),
        }
    }
}
