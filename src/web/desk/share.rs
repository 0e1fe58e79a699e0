//! What may be passed on to anybody: the public address, a text around it, a poster.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::consultations::{self, Arrival, joining};
use crate::links;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::DeskShare;
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let (of, asking) = house
        .read(move |tx| {
            let of = consultations::by_slug(tx, &slug)?;
            let asking = joining::waiting(tx, of.id, None)?.len();
            Ok((of, asking))
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &of, super::Way::Share);
    let language = Language::English;
    let address = house.links.absolute(&links::consultation(&of.slug));
    let until = house.words.deadline_words(language, of.deadline.local);
    let values = [("title", (&of.title).into()), ("deadline", until.into()), ("address", (&address).into())];
    let mut message = house.words.say(language, "share-message", &values);
    if let Some(join) = &of.join_url {
        message.push_str("\n\n");
        message.push_str(&house.words.say(language, "share-message-join", &[("address", join.into())]));
    }
    let view = DeskShare {
        page,
        public_url: links::consultation(&of.slug),
        poster_url: links::poster(&of.slug),
        pack_url: links::desk_team_pack(&of.slug, &[]),
        ask_address: (of.judge(house.clock.now()) == Arrival::OnTime)
            .then(|| house.links.absolute(&links::join_ask(&of.slug))),
        joining_url: links::desk_joining(&of.slug),
        joining: asking,
        message,
        address,
        found_by: of.public_page.as_str(),
    };
    super::shown(&house, "desk/share.html", &view, token)
}
