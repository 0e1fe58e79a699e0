use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn html() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn one() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
