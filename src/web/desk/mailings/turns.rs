//! Deeds that need no page of their own: a test to oneself, pause, resume.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::{Pressed, called, id_of, see_other};
use crate::audit::Deed;
use crate::ids::Id;
use crate::links;
use crate::mail::{self, Mailing};
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::form::Form;
use crate::web::house::House;
use crate::web::visitor;

#[derive(Deserialize)]
pub struct Test {
    /// As which team reads it; empty for none in particular.
    #[serde(default)]
    team: String,
}

/// A test to the colleague's own address, and to nobody else.
///
/// # Errors
/// No such mailing or team.
pub async fn test(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    form: Form<Test>,
) -> Result<HttpResponse, Failure> {
    let team = if form.0.team.is_empty() { None } else { Some(id_of(&form.0.team)?) };
    let back = turned(&request, &house, path.into_inner(), move |tx, deed, id| mail::ask_trial(tx, deed, id, team));
    let back = back.await?;
    Ok(see_other(&format!("{back}?done=test{}", team.map(|id| format!("&team={id}")).unwrap_or_default())))
}

/// # Errors
/// When there is nothing to pause.
pub async fn pause(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let back = turned(&request, &house, path.into_inner(), |tx, deed, id| mail::pause(tx, deed, id).map(drop)).await?;
    Ok(see_other(&format!("{back}?done=paused")))
}

/// # Errors
/// When it is over.
pub async fn resume(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let back = turned(&request, &house, path.into_inner(), |tx, deed, id| mail::resume(tx, deed, id).map(drop)).await?;
    Ok(see_other(&format!("{back}?done=resumed")))
}

/// Sends again what nobody knows the fate of.
///
/// # Errors
/// When it is over.
pub async fn again(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String)>,
    _: Form<Pressed>,
) -> Result<HttpResponse, Failure> {
    let turn = |tx: &mut Tx, deed: &Deed, id| mail::send_again(tx, deed, id, None).map(drop);
    let back = turned(&request, &house, path.into_inner(), turn).await?;
    Ok(see_other(&format!("{back}?done=again")))
}

/// Does something to a mailing and answers the address of its page.
pub(super) async fn turned(
    request: &HttpRequest,
    house: &House,
    (slug, id): (String, String),
    turn: impl Fn(&mut Tx, &Deed, Id) -> Result<(), Refusal> + Send + 'static,
) -> Result<String, Failure> {
    let id = id_of(&id)?;
    let deed = visitor::deed(request, house)?;
    let back = links::desk_mailing(&slug, id);
    let turned = house.write(move |tx| {
        let (_, Mailing { id, .. }) = called(tx, &slug, id)?;
        turn(tx, &deed, id)
    });
    turned.await?;
    house.wake.notify_one();
    Ok(back)
}
