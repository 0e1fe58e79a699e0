//! Marking a member as having left, and taking that back.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::ids::Id;
use crate::links;
use crate::people::member;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::MemberLeavePage;
use crate::web::visitor;

/// # Errors
/// No such member; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id: Id = id.parse().map_err(|_| Failure::NotFound)?;
    let member = house.read(move |tx| member::by_id(tx, id)).await?;
    let (page, token) = super::page(&request, &house);
    let view = MemberLeavePage {
        page,
        name: member.name,
        action_url: links::desk_member_leave(id),
        member_url: links::desk_member(id),
    };
    super::shown(&house, "desk/member_leave.html", &view, token)
}

/// A button alone.
#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// No such member; the database fails.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (deed, id) = (visitor::deed(&request, &house)?, id.parse().map_err(|_| Failure::NotFound)?);
    house.write(move |tx| member::leave(tx, &deed, id)).await?;
    Ok(done("left"))
}

/// # Errors
/// No such member; the database fails.
pub async fn back(
    request: HttpRequest,
    house: Data<House>,
    id: Path<String>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (deed, id) = (visitor::deed(&request, &house)?, id.parse().map_err(|_| Failure::NotFound)?);
    house.write(move |tx| member::come_back(tx, &deed, id)).await?;
    Ok(done("back"))
}

fn done(what: &str) -> HttpResponse {
    let address = format!("{}?done={what}", links::DESK_MEMBERS);
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}
