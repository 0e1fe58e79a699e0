//! Bringing in a member list: paste it or choose it, look at what would come of it, then import.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::member_list::{Submitted, Understood};
use crate::links;
use crate::text::Problem;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::upload::Upload;
use crate::web::view::MembersImportPage;
use crate::web::visitor;
use crate::words::Language;

/// # Errors
/// When the page cannot be made.
pub async fn get(request: HttpRequest, house: Data<House>) -> Result<HttpResponse, Failure> {
    show(&request, &house, StatusCode::OK, &Understood::default(), None)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    /// `import`, or anything else to look.
    r#do: String,
}

/// Shows what would come of the list; imports it where just that was shown before.
///
/// # Errors
/// When the database fails.
pub async fn post(request: HttpRequest, house: Data<House>, form: Upload<Pressed>) -> Result<HttpResponse, Failure> {
    let deed = visitor::deed(&request, &house)?;
    let submitted = Submitted::of(&form);
    if submitted.is_empty() {
        let nothing = Problem::new("list_file", "no-list", "Choose a file, or paste the list.");
        let mut understood = Understood::default();
        understood.problems.push(nothing);
        return show(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, &understood, None);
    }
    let understood = house.read(move |tx| submitted.understand(tx)).await?;
    let presses_import = form.value.r#do == "import";
    if !understood.problems.is_empty() {
        return show(&request, &house, StatusCode::UNPROCESSABLE_ENTITY, &understood, None);
    }
    if !presses_import {
        return show(&request, &house, StatusCode::OK, &understood, None);
    }
    if !understood.is_as_seen() {
        let look = house.words.say(Language::English, "list-look-again", &[]);
        return show(&request, &house, StatusCode::OK, &understood, Some(look));
    }
    let left_out = understood.preview().map_or(0, crate::people::import::Preview::left_out);
    let outcome = understood.apply(&house, &deed).await?;
    let (created, updated) = (outcome.created, outcome.updated);
    let address = format!("{}?created={created}&updated={updated}&left_out={left_out}", links::DESK_MEMBERS);
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish())
}

fn show(
    request: &HttpRequest,
    house: &House,
    status: StatusCode,
    understood: &Understood,
    notice: Option<String>,
) -> Result<HttpResponse, Failure> {
    let (mut page, token) = super::page(request, house);
    page.notice = notice;
    let view = MembersImportPage {
        page: super::mending(page, house, &understood.problems),
        member_list: understood.part(),
        action_url: links::DESK_MEMBERS_IMPORT.to_owned(),
        members_url: links::DESK_MEMBERS.to_owned(),
    };
    super::shown_as(status, house, "desk/members_import.html", &view, token)
}
