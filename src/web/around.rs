//! What happens around every request: the instant of arrival, who may, failures turned into pages
//! or problem documents, headers, and one log line without anything that names a person.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use chrono::{DateTime, Utc};

use super::csrf::FormToken;
use super::desk;
use super::error::Failure;
use super::form;
use super::house::House;
use super::routes::{self, Route};
use super::site;
use super::visitor::Visitor;

/// When the head of a request arrived: the instant that counts against a deadline.
#[derive(Debug, Clone, Copy)]
pub struct Arrived(pub DateTime<Utc>);

impl Arrived {
    #[must_use]
    pub fn of(request: &HttpRequest, house: &House) -> DateTime<Utc> {
        request.extensions().get::<Self>().map_or_else(|| house.clock.now(), |arrived| arrived.0)
    }
}

/// The middleware.
///
/// # Errors
/// Only actix's own: every failure of ours is an answer.
pub async fn around(
    house: Data<House>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let method = request.method().as_str().to_owned();
    request.extensions_mut().insert(Arrived(house.clock.now()));
    let route = routes::find(&request);
    let is_api = request.path().starts_with("/api/");
    // The request must not be cloned before it is routed: the router takes it for itself.
    let mut response = match admitted(request.request(), &house, route, is_api).await {
        Ok(()) => next.call(request).await?.map_into_boxed_body(),
        Err(failure) => {
            let failure = with_words(&mut request, failure, is_api).await;
            let answer = told(request.request(), &house, &failure, is_api, route);
            request.into_response(answer)
        }
    };
    let failed = response.response().error().and_then(|error| error.as_error::<Failure>());
    if let Some(answer) = failed.map(|failure| told(response.request(), &house, failure, is_api, route)) {
        response = response.into_response(answer);
    }
    set_headers(&mut response, &house);
    let status = response.status().as_u16();
    let micros = began.elapsed().as_micros();
    tracing::info!(route = route.map_or("none", |route| route.pattern), method, status, micros, "answered");
    Ok(response)
}

/// Whoever was signed out while she wrote gets her words back.
async fn with_words(request: &mut ServiceRequest, failure: Failure, is_api: bool) -> Failure {
    match failure {
        Failure::Expired { again_url, .. } if !is_api && request.method() == Method::POST => {
            let mut payload = request.take_payload();
            Failure::Expired { kept: form::typed(request.request(), &mut payload).await, again_url }
        }
        other => other,
    }
}

async fn admitted(
    http: &HttpRequest,
    house: &House,
    route: Option<&'static Route>,
    is_api: bool,
) -> Result<(), Failure> {
    match route {
        Some(route) => Visitor::admit(http, house, route.who, is_api).await,
        None if routes::takes_other_method(http.path()) => Err(Failure::MethodNotAllowed),
        None => Err(Failure::NotFound),
    }
}

/// A failure in the form its reader understands; a fault of ours is logged here and nowhere else.
fn told(http: &HttpRequest, house: &House, failure: &Failure, is_api: bool, route: Option<&Route>) -> HttpResponse {
    // Whoever asks for a page of the desks signs in on the spot and goes on to it.
    if matches!(failure, Failure::Expired { .. })
        && !is_api
        && desk::sign_in::can_lead_on(http)
        && let Ok(form) = desk::sign_in::instead(http, house)
    {
        return form;
    }
    if let Some(fault) = failure.fault() {
        tracing::error!(route = route.map_or("none", |route| route.pattern), %fault, "failed");
    }
    let mut response = HttpResponse::build(failure.status_code());
    if failure.status_code().as_u16() == 503 {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    if is_api {
        if matches!(failure, Failure::Expired { .. }) {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        return response.content_type("application/problem+json").body(failure.problem_document().to_string());
    }
    let token = FormToken::for_page(http, &house.keys, &house.chance);
    let page = site::problem_page(http, house, failure, &token.token);
    if let Some(cookie) = token.cookie.filter(|_| http.extensions().contains::<form::Held>()) {
        response.cookie(cookie);
    }
    response.content_type("text/html; charset=utf-8").body(page)
}

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn set_headers(response: &mut ServiceResponse, house: &House) {
    use actix_web::http::header::{HeaderName, HeaderValue};
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    // What is personal, and what says it is not, must not stay in a shared browser's store.
    set(header::CACHE_CONTROL, "no-store");
    if house.links.origin().starts_with("https://") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}
