//! Beginning a pile of paper slips: whose they are, and when they were collected.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::meeting::Sheet;
use super::typed::{self, SEVERAL};
use super::{Clerk, Said, see};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::group_response;
use crate::web::desk::Typed;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::{Page, SlipsForm};

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let clerk = Clerk::of(&request, &house, &slug).await?;
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let sheet = Sheet::of(&house, &clerk, None).await?;
    let fields = Typed(vec![("date".to_owned(), clerk.of.day_of(house.clock.now()).to_string())]);
    clerk.show(&request, &house, TEMPLATE, Said::default(), |page| form(&clerk, &sheet, page, &fields))
}

/// # Errors
/// No such consultation; not open. Mistakes come back beside their fields.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    slug: Path<String>,
    typed: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Failure> {
    let clerk = Clerk::of(&request, &house, &slug).await?;
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let fields = Typed(typed.0);
    let (pen, of, asked) = (clerk.pen.clone(), clerk.of.clone(), fields.clone());
    let begun = house.write(move |tx| {
        group_response::begin_slips(tx, &pen, &of, typed::team(&asked), asked.get("date"), asked.get("told_by"))
    });
    match begun.await {
        Ok(pile) => Ok(see(&clerk.deed(pile.id, "slip"))),
        Err(Refusal::Invalid(problems)) => {
            let sheet = Sheet::of(&house, &clerk, None).await?;
            clerk.show(&request, &house, TEMPLATE, Said::wrong(&problems), |page| form(&clerk, &sheet, page, &fields))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

const TEMPLATE: &str = "groups/slips.html";

fn form(clerk: &Clerk, sheet: &Sheet, page: Page, fields: &Typed) -> SlipsForm {
    SlipsForm {
        page,
        action_url: clerk.at("slips"),
        back_url: clerk.home(),
        at_desk: clerk.at_desk(),
        is_rep: sheet.is_rep,
        teams: typed::choose(sheet.records.teams(None), fields),
        several: fields.get("team") == SEVERAL,
        date: fields.get("date").to_owned(),
        told_by: fields.get("told_by").to_owned(),
    }
}
