//! Confirming, declining and withdrawing a record: a page that says what it does, and the deed.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::shown::Records;
use super::{Clerk, Said, named, see};
use crate::links;
use crate::refusal::Refusal;
use crate::responses::group_response::{self, Group, Pen};
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::view::GroupDeed;

/// # Errors
/// No such record, or not hers.
pub async fn get(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let (clerk, id) = (Clerk::of(&request, &house, &slug).await?, named(&id)?);
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let deed = Deed::of(&request);
    let (shared, of, pen) = (house.clone(), clerk.of.clone(), clerk.pen.clone());
    let (records, group) = house
        .read(move |tx| {
            let records = Records::of(tx, &shared, &of)?;
            let own = records.groups.iter().find(|one| one.id == id && pen.holds(one)).cloned();
            let group = own.ok_or(Refusal::Unknown("group response"))?;
            Ok((records, group))
        })
        .await?;
    let rest = records.groups.iter().filter(|one| one.id != id).cloned();
    let after: Vec<Group> = match deed {
        Deed::Confirm => rest.chain([group.confirmed()]).collect(),
        Deed::Decline | Deed::Withdraw => rest.collect(),
    };
    let range = |groups: &[Group]| records.heard(groups).or(records.alone.map(|alone| (alone, alone)));
    let (now, then) = if clerk.at_desk() { (range(&records.groups), range(&after)) } else { (None, None) };
    clerk.show(&request, &house, "groups/deed.html", Said::default(), |page| GroupDeed {
        page,
        deed: deed.name(),
        row: records.row(&house, &group, String::new()),
        now,
        then,
        action_url: clerk.deed(id, deed.name()),
        back_url: if clerk.at_desk() { clerk.at(&id.to_string()) } else { clerk.edit(id) },
    })
}

#[derive(Deserialize)]
pub struct Pressed {}

/// # Errors
/// No such record, or not hers; too late.
pub async fn post(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let (slug, id) = path.into_inner();
    let (clerk, id) = (Clerk::of(&request, &house, &slug).await?, named(&id)?);
    if clerk.needs_code() {
        return Ok(see(&links::code(&slug)));
    }
    let (deed, pen, of) = (Deed::of(&request), clerk.pen.clone(), clerk.of.clone());
    house
        .write(move |tx| match (deed, &pen) {
            (Deed::Withdraw, pen) => group_response::remove(tx, pen, &of, id),
            (Deed::Confirm | Deed::Decline, Pen::Organiser(hands)) => {
                group_response::judge(tx, hands, &of, id, deed == Deed::Confirm).map(|_| ())
            }
            // No route leads a member here.
            (Deed::Confirm | Deed::Decline, Pen::Member(..)) => Err(Refusal::Unknown("page")),
        })
        .await?;
    let address = match deed {
        Deed::Withdraw => format!("{}?done=withdrawn", clerk.home()),
        Deed::Confirm => format!("{}?done=confirmed", clerk.at(&id.to_string())),
        Deed::Decline => format!("{}?done=declined", clerk.at(&id.to_string())),
    };
    Ok(see(&address))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Confirm,
    Decline,
    Withdraw,
}

impl Deed {
    /// The last part of the address.
    fn of(request: &HttpRequest) -> Self {
        match request.path().rsplit('/').next() {
            Some("confirm") => Self::Confirm,
            Some("decline") => Self::Decline,
            _ => Self::Withdraw,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
        }
    }
}
