//! How the teams are doing: bands, and whom mail does not reach; never who responded.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::consultations;
use crate::mail;
use crate::refusal::Refusal;
use crate::responses;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DayCount, DeliveryCount, DeskProgress, LabelProgress};
use crate::words::Language;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let keys = house.keys.clone();
    let (consultation, progress, delivery) = house
        .read(move |tx| {
            let consultation = consultations::by_slug(tx, &slug)?;
            let progress = responses::progress(tx, &keys, &consultation)?;
            let delivery = mail::of_consultation(tx, consultation.id)?;
            Ok::<_, Refusal>((consultation, progress, delivery))
        })
        .await?;
    let (page, token) = super::page_of(&request, &house, &consultation, super::Way::Progress);
    let labels = progress
        .labels
        .into_iter()
        .map(|label| LabelProgress { name: label.label, invited: label.invited, band: label.band.as_str() })
        .collect();
    let days = progress
        .trend
        .unwrap_or_default()
        .into_iter()
        .map(|(day, responses)| DayCount { day_words: house.words.date_words(Language::English, day), responses })
        .collect();
    let view = DeskProgress { page, labels, delivery: counts(&delivery), days };
    super::shown(&house, "desk/progress.html", &view, token)
}

/// Everybody once: reached by mail, waiting, failed, without an address.
fn counts(delivery: &mail::Delivery) -> Vec<DeliveryCount> {
    let sum = |of: fn(&mail::TeamDelivery) -> usize| delivery.teams.iter().map(of).sum();
    [
        ("sent", sum(|team| team.reached)),
        ("queued", sum(|team| team.waiting)),
        ("failed", sum(|team| team.failed)),
        ("no_address", sum(|team| team.no_address)),
    ]
    .into_iter()
    .map(|(state, count)| DeliveryCount { state, count })
    .collect()
}
