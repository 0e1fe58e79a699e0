//! Who asks to take part: all of them for an organiser, those of her team for a rep.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::Answerer;
use crate::consultations::{Arrival, joining};
use crate::links;
use crate::web::around::Arrived;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::JoiningList;

/// # Errors
/// No such consultation; a member who is no rep.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let answerer = Data::new(Answerer::of(&request, &house, &slug).await?);
    let (shared, reading) = (house.clone(), answerer.clone());
    let found = house.read(move |tx| {
        let waiting = joining::waiting(tx, reading.of.id, reading.teams.as_deref())?;
        let colleagues = joining::colleagues(tx, reading.of.id)?.map(|one| one.let_in);
        Ok((reading.rows(tx, &shared, waiting)?, colleagues))
    });
    let (rows, colleagues) = found.await?;
    let notice = match request.query_string() {
        "done=member" | "done=colleague" => Some("joining-done-in"),
        "done=declined" => Some("joining-done-declined"),
        _ => None,
    };
    answerer.show(&request, &house, "joining/list.html", notice, |page| JoiningList {
        page,
        rows,
        at_desk: answerer.at_desk(),
        open: answerer.of.judge(Arrived::of(&request, &house)) == Arrival::OnTime,
        back_url: if answerer.at_desk() { links::desk_share(&slug) } else { links::group(&slug) },
        ask_address: house.links.absolute(&links::join_ask(&slug)),
        settings_url: answerer.at_desk().then(|| links::desk_settings(&slug)),
        colleagues,
    })
}
